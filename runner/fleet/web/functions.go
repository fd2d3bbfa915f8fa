package web

import (
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// functions are those of the templates.
var functions = template.FuncMap{
	"when":   func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") },
	"took":   func(d time.Duration) string { return d.Round(time.Millisecond).String() },
	"span":   func(from, to time.Time) string { return to.Sub(from).Round(time.Second).String() },
	"age":    age,
	"link":   link,
	"state":  func(row view.Row, clause string) cell { return cellOf(row.States[clause]) },
	"strip":  stripOf,
	"word":   wordOf,
	"bar":    barOf,
	"some":   func(names []string) []string { return names[:min(len(names), named)] },
	"beyond": func(names []string) int { return max(0, len(names)-named) },
	"few":    func(list []view.Change) []view.Change { return list[:min(len(list), maxChanges)] },
	"rest":   func(list []view.Change) int { return max(0, len(list)-maxChanges) },
	"labels": func(labels map[string]string) (words []string) {
		for _, name := range slices.Sorted(maps.Keys(labels)) {
			if len(words) == maxWords {
				return append(words, fmt.Sprintf("and %d more", len(labels)-maxWords))
			}
			words = append(words, name+": "+labels[name])
		}
		return words
	},
	"join": strings.Join,
	"next": func(n int64, by int) int64 { return n + int64(by) },
	"last": func(total int) int { return (total - 1) / view.PageSize },
	"cut": func(text string, n int) string {
		if letters := []rune(text); len(letters) > n {
			return string(letters[:n]) + "…"
		}
		return text
	},
}

const (
	named      = 20  // targets of a cause
	maxChanges = 200 // targets of a list of changes
	maxWords   = 6   // labels of a target
)

// age is how old something is, roughly.
func age(now, then time.Time) string {
	switch d := now.Sub(then); {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s ago", max(0, int(d.Seconds())))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	default:
		return fmt.Sprintf("%d days ago", int(d.Hours()/24))
	}
}

// link makes the address of a page: a path, and names with their values.
func link(path string, pairs ...any) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if value := fmt.Sprint(pairs[i+1]); value != "" {
			q.Set(fmt.Sprint(pairs[i]), value)
		}
	}
	return path + "?" + q.Encode()
}

// address is the address that was asked for; from it, links lead to its neighbours.
type address struct{ url *url.URL }

// With is the address with another value of a name, on the first page unless the name is page.
func (a address) With(name string, value any) string {
	q := a.url.Query()
	q.Set(name, fmt.Sprint(value))
	if name != "page" {
		q.Del("page")
	}
	return "?" + q.Encode()
}

// Without is the address without a label, or without all values of another name.
func (a address) Without(name, value string) string {
	q := a.url.Query()
	kept := slices.DeleteFunc(q[name], func(v string) bool { return value == "" || v == value })
	q.Del("page")
	if q[name] = kept; len(kept) == 0 {
		q.Del(name)
	}
	return "?" + q.Encode()
}

// Plus is the address with one more label.
func (a address) Plus(name, value string) string {
	q := a.url.Query()
	if word := name + "=" + value; !slices.Contains(q["label"], word) {
		q.Add("label", word)
	}
	q.Del("page")
	return "?" + q.Encode()
}

// cell is one of the matrix: its class, its sign, and the word of what is not kept.
type cell struct{ Class, Sign, Word string }

func cellOf(state string) cell {
	switch state {
	case string(schemas.Kept):
		return cell{"k", "✓", ""}
	case string(schemas.Broken):
		return cell{"b", "×", state}
	case string(schemas.Warned):
		return cell{"w", "!", state}
	case string(schemas.Known):
		return cell{"n", "=", state}
	case string(schemas.NotJudged):
		return cell{"o", "?", "not judged"}
	case "":
		return cell{"o", "", ""}
	}
	return cell{"o", "·", ""} // not applicable, skipped or not exercised
}

// stripPart is a stretch of rounds with one outcome.
type stripPart struct{ Class, Signs string }

// strip is the past of a target, for eyes and in words.
type strip struct {
	Parts []stripPart
	Words string
}

func stripOf(past []view.Past) (s strip) {
	counts := map[string]int{}
	for _, p := range past {
		class, sign := "a", "·"
		switch p.Outcome {
		case work.Green:
			class, sign = "k", "▂"
		case work.Red:
			class, sign = "b", "█"
		case work.Untested:
			class, sign = "w", "▅"
		}
		counts[class]++
		if n := len(s.Parts); n > 0 && s.Parts[n-1].Class == class {
			s.Parts[n-1].Signs += sign
			continue
		}
		s.Parts = append(s.Parts, stripPart{class, sign})
	}
	s.Words = fmt.Sprintf("of the last %d rounds %d with nothing broken, %d broken, %d not tested", len(past)-counts["a"], counts["k"], counts["b"], counts["w"])
	return s
}

// wordOf is how a page calls an outcome.
func wordOf(outcome string) string {
	switch outcome {
	case work.Green:
		return "nothing broken"
	case work.Red:
		return "broken"
	case work.Untested:
		return "not tested"
	}
	return outcome
}

// piece is one piece of a stacked bar, in thousandths.
type piece struct {
	Class    string
	At, Wide int
}

func barOf(c view.Counts) (pieces []piece) {
	at, all := 0, max(1, c.All())
	for _, p := range []struct {
		class string
		n     int
	}{{"b-broken", c.Red}, {"b-warned", c.Untested}, {"b-kept", c.Green}} {
		wide := (p.n*1000 + all - 1) / all
		pieces = append(pieces, piece{p.class, at, min(wide, 1000-at)})
		at += min(wide, 1000-at)
	}
	return pieces
}
