package web

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/work"
	texts "github.com/acsconform/acsconform/runner/internal/text"
)

// functions are those of the templates, in a language.
func functions(s speech) template.FuncMap {
	return template.FuncMap{
		"t":      s.shown,
		"say":    s.Say,
		"zh":     func() bool { return s.Tag() != "en" },
		"when":   func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") },
		"took":   func(d time.Duration) string { return d.Round(time.Millisecond).String() },
		"span":   func(from, to time.Time) string { return to.Sub(from).Round(time.Second).String() },
		"age":    s.age,
		"link":   s.link,
		"cells":  s.cells,
		"heat":   s.heatCells,
		"strip":  s.strip,
		"line":   s.line,
		"word":   func(outcome string) string { return s.Text(wordOf(outcome)) },
		"some":   func(names []string) []string { return names[:min(len(names), named)] },
		"beyond": func(names []string) int { return max(0, len(names)-named) },
		"few":    func(list []view.Change) []view.Change { return list[:min(len(list), maxChanges)] },
		"rest":   func(list []view.Change) int { return max(0, len(list)-maxChanges) },
		"labels": s.labels,
		"join":   strings.Join,
		"traits": func(words []string) string { return texts.Clip(strings.Join(s.Each(words), ", "), 200) },
		"next":   func(n int64, by int) int64 { return n + int64(by) },
		"last":   func(total int) int { return (total - 1) / view.PageSize },
		"first": func(firsts []int64, i int) int64 {
			if i < len(firsts) {
				return firsts[i]
			}
			return 0
		},
		"percent": func(n, of int) string { return fmt.Sprintf("%.0f%%", 100*float64(n)/float64(max(of, 1))) },
		"cut":     texts.Clip,

		"headline": func(o *outcome.Outcome) string { return o.Headline(s.Language) },
	}
}

const (
	named      = 20  // targets of a cause
	maxChanges = 200 // targets of a list of changes
	maxWords   = 6   // labels of a target
)

func (s speech) labels(labels map[string]string) (words []string) {
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if len(words) == maxWords {
			return append(words, s.Say("and %d more", len(labels)-maxWords))
		}
		words = append(words, name+": "+labels[name])
	}
	return words
}

// age is how old something is, roughly.
func (s speech) age(now, then time.Time) string {
	switch d := now.Sub(then); {
	case d < 2*time.Minute:
		return s.Say("%d s ago", max(0, int(d.Seconds())))
	case d < 2*time.Hour:
		return s.Say("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return s.Say("%d h ago", int(d.Hours()))
	default:
		return s.Say("%d days ago", int(d.Hours()/24))
	}
}

// stripPart is a stretch of rounds with one outcome.
type stripPart struct{ Class, Signs string }

// strip is the past of a target, for eyes and in words.
type strip struct {
	Parts []stripPart
	Words string
	Red   int
	Of    int // rounds that it was tested in
}

func (s speech) strip(past []view.Past) (out strip) {
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
		if n := len(out.Parts); n > 0 && out.Parts[n-1].Class == class {
			out.Parts[n-1].Signs += sign
			continue
		}
		out.Parts = append(out.Parts, stripPart{class, sign})
	}
	out.Red, out.Of = counts["b"], counts["b"]+counts["k"]
	out.Words = s.Say("of the last %d rounds %d with nothing broken, %d broken, %d not tested", len(past)-counts["a"], counts["k"], counts["b"], counts["w"])
	return out
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
