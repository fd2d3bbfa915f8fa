package mock

import (
	"crypto/sha256"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
)

// adapt makes a published sample fit to be answered with: what is masked is filled, the ids and names of the call are in
// their places, a list is counted as long as it is, and no pager is told to go on.
func adapt(object map[string]any, call parameters) {
	rewrite(object, func(name string, value any) any {
		text, ok := value.(string)
		switch word := spelling(name); {
		case word == "istruncated" || word == "hasnext" || word == "hasmore" || word == "hasnextpage":
			if value == true {
				return false
			}
			if text == "true" {
				return "false"
			}
		case !ok:
		case word == "requestid":
			return server.NewUUID()
		case word == "nexttoken" || word == "nextmarker" || word == "marker":
			return ""
		default:
			return unmask(text)
		}
		return value
	})
	call.echo(object)
	cut := map[*place]bool{}
	for _, p := range count(object, nil) {
		if !cut[p] {
			p.object[p.name], cut[p] = call.page(p.list()), true
		}
	}
}

// rewrite puts what change returns in the place of every text, number and truth value. Items of a list have its name.
func rewrite(object map[string]any, change func(name string, value any) any) {
	for name, value := range object {
		object[name] = rewritten(name, value, change)
	}
}

func rewritten(name string, value any, change func(name string, value any) any) any {
	switch v := value.(type) {
	case map[string]any:
		rewrite(v, change)
	case []any:
		for i := range v {
			v[i] = rewritten(name, v[i], change)
		}
	default:
		return change(name, value)
	}
	return value
}

var masks = regexp.MustCompile(`\*{2,}`)

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyz0123456789"
)

// unmask fills the masked parts of a text, always in the same way: an id that is masked alike in two samples is the same in
// both answers. It fills as many characters, of the kind that the rest of the text is of.
func unmask(text string) string {
	if !strings.Contains(text, "**") {
		return text
	}
	from, sum := letters, sha256.Sum256([]byte(text))
	rest := masks.ReplaceAllLiteralString(text, "")
	switch lower := strings.ContainsFunc(rest, unicode.IsLower); {
	case !strings.ContainsFunc(rest, unicode.IsLetter) && strings.ContainsFunc(rest, unicode.IsDigit):
		from = digits
	case !lower && strings.ContainsFunc(rest, unicode.IsUpper):
		from = strings.ToUpper(letters)
	}
	n := 0
	return masks.ReplaceAllStringFunc(text, func(run string) string {
		filled := []byte(run)
		for i := range filled {
			filled[i] = from[int(sum[n%len(sum)])%len(from)]
			n++
		}
		if from == digits { // no number begins with a zero, and none of three digits is too great for a part of an address
			filled[0] = '1'
		}
		return string(filled)
	})
}

// echo puts the ids, names and page of the call where the result has them. A member that has several values in one result
// is left as it is: it lists what there is, and is not what was asked for.
func (all parameters) echo(object map[string]any) {
	values := map[string]map[any]bool{}
	rewrite(object, func(name string, value any) any {
		if word := spelling(name); all.echoed(word) {
			if values[word] == nil {
				values[word] = map[any]bool{}
			}
			values[word][value] = true
		}
		return value
	})
	rewrite(object, func(name string, value any) any {
		if word := spelling(name); len(values[word]) == 1 {
			return ofKind(value, all[word])
		}
		return value
	})
}

func (all parameters) echoed(word string) bool {
	switch _, there := all[word]; {
	case !there || word == "requestid":
		return false
	case word == "pagenumber" || word == "pagesize":
		return true
	default:
		return strings.HasSuffix(word, "id") || strings.HasSuffix(word, "name")
	}
}

var integer = regexp.MustCompile(`^(0|[1-9]\d{0,17})$`)

// ofKind returns a parameter as a value of the kind that is there, and the value that is there where it cannot be one.
func ofKind(value any, parameter string) any {
	switch value.(type) {
	case string:
		return parameter
	case json.Number:
		if integer.MatchString(parameter) {
			return json.Number(parameter)
		}
	}
	return value
}

func unescaped(part string) string {
	if text, err := url.PathUnescape(part); err == nil {
		return text
	}
	return part
}
