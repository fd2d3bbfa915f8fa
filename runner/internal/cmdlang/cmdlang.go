// Package cmdlang puts a command line of package kong, whose own words are English, into the language of its user.
package cmdlang

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// Settle returns the language of a command line: that of --lang, else that of the environment. It is settled before the command
// line is parsed, since its errors are reported in that language too.
func Settle(args []string, env func(string) string) (lang.Language, error) {
	language := lang.OfEnvironment(env)
	for i, arg := range args {
		word, given := strings.CutPrefix(arg, "--lang=")
		switch {
		case arg == "--":
			return language, nil
		case arg == "--lang" && i+1 < len(args):
			word, given = args[i+1], true
		}
		if !given {
			continue
		}
		named, err := lang.Parse(word)
		if err != nil {
			return language, err
		}
		language = named
	}
	return language, nil
}

// Translate puts the help of a command, of its flags and of the commands below it into the language.
func Translate(language lang.Language, node *kong.Node) {
	if language == lang.English {
		return
	}
	node.Help, node.Detail = parted(language, node.Help), parted(language, node.Detail)
	for _, flag := range node.Flags {
		flag.Help = parted(language, flag.Help)
	}
	for _, argument := range node.Positional {
		argument.Help = parted(language, argument.Help)
	}
	for _, child := range node.Children {
		Translate(language, child)
	}
}

// What parts a translated text for package kong, which wraps between blanks and counts letters: a blank behind each wide letter,
// and another sort of blank in the place of the text's own there.
const (
	ownBlank  = '\ue000'
	noneAhead = "，。；：、）”"
)

// parted translates a text paragraph by paragraph, and parts it.
func parted(language lang.Language, text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		letters := []rune(language.Text(p))
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

// Joined returns a text of the help as it is read, where [Translate] has put it into the language.
func Joined(text string) string {
	return strings.ReplaceAll(blanks.ReplaceAllString(text, "$1"), string(ownBlank), " ")
}

// Help returns what prints the usage in the language: that of package kong is English.
func Help(language lang.Language) kong.HelpPrinter {
	if language == lang.English {
		return kong.DefaultHelpPrinter
	}
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		var text bytes.Buffer
		out := ctx.Stdout
		ctx.Stdout = &text
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = out
		for line := range strings.Lines(text.String()) {
			if _, failed := out.Write([]byte(said(language, strings.TrimRight(line, "\n")) + "\n")); failed != nil {
				return failed
			}
		}
		return err
	}
}

// said is a line of the usage in the language.
func said(language lang.Language, line string) string {
	line = blanks.ReplaceAllString(line, "$1")
	body := strings.TrimLeft(line, " "+string(ownBlank))
	indent := line[:len(line)-len(body)]
	body = strings.ReplaceAll(body, string(ownBlank), " ")
	if usage, ok := strings.CutPrefix(body, "Usage: "); ok {
		body = language.Text("Usage:") + usage
	} else {
		body = language.Text(body)
	}
	return strings.ReplaceAll(indent, string(ownBlank), "") + body
}
