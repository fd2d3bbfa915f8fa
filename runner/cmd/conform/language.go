package main

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// speak settles the language of a command line before it is parsed, since its errors are reported in that language too.
func (w *env) speak(args []string) error {
	w.lang = lang.OfEnvironment(w.env)
	for i, arg := range args {
		word, given := strings.CutPrefix(arg, "--lang=")
		switch {
		case arg == "--":
			return nil
		case arg == "--lang" && i+1 < len(args):
			word, given = args[i+1], true
		}
		if !given {
			continue
		}
		named, err := lang.Parse(word)
		if err != nil {
			return wrong("%s", err)
		}
		w.lang = named
	}
	return nil
}

// translateHelp puts the help of a command, of its flags and of the commands below it into the language.
func (w *env) translateHelp(node *kong.Node) {
	if w.lang == lang.English {
		return
	}
	node.Help, node.Detail = w.parted(node.Help), w.parted(node.Detail)
	for _, flag := range node.Flags {
		flag.Help = w.parted(flag.Help)
	}
	for _, argument := range node.Positional {
		argument.Help = w.parted(argument.Help)
	}
	for _, child := range node.Children {
		w.translateHelp(child)
	}
}

// What parts a translated text for package kong, which wraps between blanks and counts letters: a blank behind each wide letter,
// and another sort of blank in the place of the text's own there.
const (
	ownBlank  = '\ue000'
	noneAhead = "，。；：、）”"
)

// parted translates a text paragraph by paragraph, and parts it.
func (w *env) parted(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		letters := []rune(w.lang.Text(p))
		var b strings.Builder
		for j, r := range letters {
			if r == ' ' && j > 0 && wide(letters[j-1]) {
				r = ownBlank
			}
			b.WriteRune(r)
			if wide(r) && (j+1 == len(letters) || !strings.ContainsRune(noneAhead, letters[j+1])) {
				b.WriteRune(' ')
			}
		}
		paragraphs[i] = strings.TrimSpace(b.String())
	}
	return strings.Join(paragraphs, "\n\n")
}

func wide(r rune) bool { return wording.Width(string(r)) == 2 }

// blanks are those that parted put behind wide letters.
var blanks = regexp.MustCompile(`([\p{Han}，。；：、（）“”～！？·]) `)

// joinedAgain undoes parted.
func joinedAgain(text string) string {
	return strings.ReplaceAll(blanks.ReplaceAllString(text, "$1"), string(ownBlank), " ")
}

// help prints the usage in the language: that of package kong is English.
func (w *env) help(options kong.HelpOptions, ctx *kong.Context) error {
	if w.lang == lang.English {
		return kong.DefaultHelpPrinter(options, ctx)
	}
	var text bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &text
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	for line := range strings.Lines(text.String()) {
		line = blanks.ReplaceAllString(strings.TrimRight(line, "\n"), "$1")
		body := strings.TrimLeft(line, " "+string(ownBlank))
		indent := line[:len(line)-len(body)]
		body = strings.ReplaceAll(body, string(ownBlank), " ")
		if usage, ok := strings.CutPrefix(body, "Usage: "); ok {
			body = w.lang.Text("Usage:") + usage
		} else {
			body = w.lang.Text(body)
		}
		line = strings.ReplaceAll(indent, string(ownBlank), "") + body
		if _, failed := out.Write([]byte(line + "\n")); failed != nil {
			return failed
		}
	}
	return err
}

// sentences is translated for a table in which single words are names.
func (w *env) sentences(rows [][]string) [][]string {
	for n, row := range rows {
		for i, cell := range row {
			if n == 0 || strings.Contains(cell, " ") {
				row[i] = w.lang.Text(cell)
			}
		}
	}
	return rows
}

// translated puts the cells of a table into the language. Names are no messages, and stay.
func (w *env) translated(rows [][]string) [][]string {
	for _, row := range rows {
		for i := range row {
			row[i] = w.lang.Text(row[i])
		}
	}
	return rows
}
