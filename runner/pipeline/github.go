package pipeline

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// mostAnnotations is how many of a kind GitHub shows of a step: what is beyond it is dropped without a word.
const mostAnnotations = 10

// GitHub writes the issues as workflow commands, from which GitHub Actions makes annotations: an error for a MUST and for
// what could not be judged, a warning for a SHOULD. Known failures are left out, and a notice sums each run up.
func (l *Issues) GitHub(w io.Writer) error {
	out := bufio.NewWriter(w)
	a := &annotations{out: out}
	for _, fault := range l.Faults {
		a.errors = append(a.errors, annotation{title: "conform " + l.Command + ": could not judge", text: fault, place: l.Place})
	}
	for _, i := range l.List {
		one := annotation{title: i.Rule, text: i.Text, place: i.Places[0]}
		if c, known := schemas.ClauseByID(l.Clauses, i.Rule); known {
			one.title += ": " + wording.Clip(c.Text(), 90)
		}
		switch {
		case i.Known != "":
		case i.Level == schemas.Must:
			a.errors = append(a.errors, one)
		default:
			a.warnings = append(a.warnings, one)
		}
	}
	a.write("error", a.errors)
	a.write("warning", a.warnings)
	var notices []annotation
	for _, line := range l.Summary {
		notices = append(notices, annotation{title: "conform " + l.Command, text: line})
	}
	a.write("notice", notices)
	return out.Flush()
}

type annotations struct {
	out              *bufio.Writer
	errors, warnings []annotation
}

type annotation struct {
	title, text string
	place       Place
}

// write writes the annotations of a kind; the last that is shown says how many are not.
func (a *annotations) write(kind string, list []annotation) {
	if n := len(list); n > mostAnnotations {
		list = append(list[:mostAnnotations-1:mostAnnotations-1], annotation{title: "conform",
			text: fmt.Sprintf("%d more of the kind are not shown here: GitHub shows %d; the report has all", n-mostAnnotations+1, mostAnnotations)})
	}
	for _, one := range list {
		var properties []string
		add := func(name, value string) {
			if value != "" {
				properties = append(properties, name+"="+property(value))
			}
		}
		add("file", one.place.File)
		if one.place.Line > 0 {
			add("line", fmt.Sprint(one.place.Line))
		}
		add("title", one.title)
		_, _ = fmt.Fprintf(a.out, "::%s %s::%s\n", kind, strings.Join(properties, ","), data(one.text))
	}
}

// data writes a text behind a workflow command, and property one that comes before the second pair of colons. Plain has
// parted by then what the runner would take for a command of its own.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(wording.Plain(s))
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}
