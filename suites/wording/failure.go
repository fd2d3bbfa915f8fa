package wording

import (
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// MaxLines is the length of the longest failure.
const MaxLines = 15

// Failure is one finding with what somebody needs to act on it. Only ID, Clause and Level have to be there.
type Failure struct {
	ID        string // of the planned case: "nonce-used-twice [XML, GET]"
	Clause    string
	Level     schemas.Level
	Statement string // of the clause
	Source    string // of the clause: which document, and where in it
	Want, Got string
	RequestID string
	Place     string                   // where the case stands: "suites/nonce.go:21"
	Again     string                   // the command that sends the case again and judges it; shown whole, in one line
	Curl      string                   // shown where there is no such command
	Word      string                   // what to ask conform explain for
	More      []string                 // further cases with the same finding
	Language  func(text string) string // what labels are shown in; nil: English
}

// Lines words the failure in at most MaxLines lines of at most so many columns (60 at the least). The first line
// begins with a cross for a MUST and an exclamation mark for anything less.
func (f Failure) Lines(cols int) []string {
	cols = max(cols, 60)
	lines := f.heading(cols)
	add := func(label, text string, most int) {
		if text = Plain(text); text == "" {
			return
		}
		indent := strings.Repeat(" ", 2+Width(label))
		for i, line := range Wrap(text, cols-len(indent), most) {
			if i == 0 {
				lines = append(lines, "  "+label+line)
				continue
			}
			lines = append(lines, indent+line)
		}
	}
	lines = append(lines, f.statement(cols)...)
	add(f.label("want"), f.Want, 2)
	add(f.label("got"), f.Got, 3)
	lines = append(lines, f.place(cols)...)
	if line := f.rerunLine(); line != "" {
		lines = append(lines, "  "+line)
	}
	if line := f.explained(); line != "" {
		add("", line, 1)
	}
	add("", f.more(2*(cols-2)-40), 2)
	return lines
}

// say returns one of the labels in the language of the failure.
func (f Failure) say(text string) string {
	if f.Language == nil {
		return text
	}
	return f.Language(text)
}

// label returns what comes before a text, as wide as the other label.
func (f Failure) label(word string) string {
	word = f.say(word)
	return word + strings.Repeat(" ", max(1, 6-Width(word)))
}

// heading is the first line: the case at the left, the clause at the right, or below where the line is too narrow.
func (f Failure) heading(cols int) []string {
	mark := "! "
	if f.Level == schemas.Must {
		mark = "× "
	}
	right := Plain(f.Clause) + " " + f.say(string(f.Level))
	id := wholeID(Plain(f.ID), cols-4-Width(right))
	if 2+Width(id)+2+Width(right) > cols {
		return []string{mark + id, "  " + right}
	}
	return []string{mark + apart(id, right, cols-2)}
}

// wholeID cuts an id to so many columns where it is too wide to be one.
func wholeID(id string, cols int) string {
	if Width(id) <= maxWhole {
		return id
	}
	return Clip(id, cols)
}

// statement is what the clause says, with its source at the right of the last line where there is room.
func (f Failure) statement(cols int) []string {
	if f.Statement == "" {
		return nil
	}
	text := Wrap(Plain(f.Statement), cols-2, 2)
	end := len(text) - 1
	source := Plain(f.Source)
	if source != "" && Width(text[end])+2+Width(source) <= cols-2 {
		text[end] = apart(text[end], source, cols-2)
	}
	for i := range text {
		text[i] = "  " + text[i]
	}
	return text
}

// maxCurl is how long a curl command may be that is shown in a failure: it is not cut, and a longer one is not shown.
const maxCurl = 2 << 10

// rerunLine returns the line to paste, whatever its width.
func (f Failure) rerunLine() string {
	switch {
	case f.Again != "":
		return Plain(f.Again)
	case len(f.Curl) <= maxCurl:
		return Plain(f.Curl)
	}
	return ""
}

// explained names the command that explains the case.
func (f Failure) explained() string {
	switch {
	case f.Word == "" || f.Again == "" && f.Curl == "":
		return ""
	case f.Again != "":
		return f.say("(conform explain " + f.Word + ")")
	}
	return f.say("(secrets left out; conform explain " + f.Word + ")")
}

// place is the request id and where the case is, in one line where that is wide enough.
func (f Failure) place(cols int) []string {
	var parts []string
	if f.RequestID != "" {
		parts = append(parts, "  "+f.say("request id")+" "+wholeID(Plain(f.RequestID), 40))
	}
	if f.Place != "" {
		parts = append(parts, "  "+Plain(f.Place))
	}
	if line := strings.Join(parts, "  ·"); Width(line) <= cols && len(parts) > 0 {
		return []string{line}
	}
	return parts
}

// more names as many of the further cases as have room.
func (f Failure) more(room int) string {
	if len(f.More) == 0 {
		return ""
	}
	names := make([]string, 0, len(f.More))
	for _, name := range f.More {
		if room -= Width(name) + 2; room < 0 {
			names = append(names, "…")
			break
		}
		names = append(names, name)
	}
	count := "and %d more cases:"
	if len(f.More) == 1 {
		count = "and %d more case:"
	}
	lead := f.say(fmt.Sprintf(count, len(f.More)))
	if !strings.HasSuffix(lead, "：") { // which is as wide as a colon with its blank
		lead += " "
	}
	return lead + strings.Join(names, ", ")
}

// apart sets two texts at the ends of a line; the left one yields.
func apart(left, right string, cols int) string {
	left = Clip(left, cols-2-Width(right))
	return left + strings.Repeat(" ", max(2, cols-Width(left)-Width(right))) + right
}
