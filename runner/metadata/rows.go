package metadata

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/schemas"
)

// published is a row of the metadata, its values trimmed.
type published struct {
	status        int
	code, message string
}

func (p published) compare(q published) int {
	return cmp.Or(cmp.Compare(p.code, q.code), cmp.Compare(p.status, q.status), cmp.Compare(p.message, q.message))
}

// LeftOut is a row that makes no sense.
type LeftOut struct{ Status, Code, Message, Why string }

// rows returns the distinct rows of all operations, by code, status and message, and those that make no sense.
func (d *document) rows() (rows []schemas.Row, out []LeftOut) {
	sound, odd := map[published]bool{}, map[LeftOut]bool{}
	for _, a := range d.APIs {
		if a == nil {
			continue
		}
		for word, list := range a.ErrorCodes {
			status, err := strconv.Atoi(strings.TrimSpace(word))
			for _, r := range list {
				code, message := strings.TrimSpace(string(r.Code)), strings.TrimSpace(string(r.Message))
				switch {
				case err != nil || status < 400 || status > 599:
					odd[LeftOut{word, code, message, "no status of an error"}] = true
				case code == "":
					odd[LeftOut{word, code, message, "no code"}] = true
				default:
					sound[published{status, code, message}] = true
				}
			}
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(sound), published.compare) {
		rows = append(rows, p.row())
	}
	out = slices.SortedFunc(maps.Keys(odd), func(a, b LeftOut) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return rows, out
}

// row writes the placeholders in the spelling of the suite. A row that is changed by that says how it is published, so that
// two rows which differ by it remain two.
func (p published) row() schemas.Row {
	r := schemas.Row{Code: unify(p.code), Status: schemas.Exactly(p.status), Message: unify(p.message), AnyText: !strings.ContainsFunc(p.message, unicode.IsLetter)}
	if r.Code != p.code || r.Message != p.message {
		r.Published = strings.TrimSpace(p.code + " " + p.message)
	}
	return r
}

// ours is how the suite spells the name of a parameter that a table leaves open.
const ours = "{ParameterName}"

// holes matches the spellings of metadata: %s, %1$s, {0}, {name}, ${name}, <name>, $1.
var holes = regexp.MustCompile(`%(?:\d{1,2}\$)?[sd]|\$\{[\w .-]{0,64}\}|\{[\w .-]{0,64}\}|<\s*[A-Za-z_][\w .-]{0,64}>|\$\d{1,2}\b`)

func unify(text string) string {
	if !strings.ContainsAny(text, "%{<$") {
		return text
	}
	return holes.ReplaceAllLiteralString(text, ours)
}
