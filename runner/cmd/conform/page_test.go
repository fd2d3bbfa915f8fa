package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// top is the top of the module, seen from this package.
const top = "../../.."

// page is a page written by hand: its path below the top, its text, and of the text the code and the rest.
type page struct {
	name, text string
	code       []string // lines that are indented or fenced, without the indent
	prose      string
}

// pages returns every page that is written by hand.
func pages(t *testing.T) (list []page) {
	t.Helper()
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(top, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "conform-report"):
			return filepath.SkipDir
		case filepath.Ext(name) != ".md" || name == "suites/README.md":
			return nil
		}
		text, err := os.ReadFile(path)
		list = append(list, readPage(filepath.ToSlash(name), string(text)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// readPage separates code from prose. A line that ends in a backslash is one with the next.
func readPage(name, text string) page {
	p := page{name: name, text: text}
	fenced := false
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\\\n", " "), "\n") {
		indented := strings.HasPrefix(line, "    ")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced || indented:
			p.code = append(p.code, strings.TrimSpace(line))
		default:
			p.prose += line + "\n"
		}
	}
	return p
}

// shownBlock returns the indented block of a page that begins with the given text.
func shownBlock(t *testing.T, name, begins string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.ReplaceAll(string(text), "\n    ", "\n")
	_, rest, found := strings.Cut(plain, "\n"+begins)
	if !found {
		t.Fatalf("%s shows no block that begins with %q", name, begins)
	}
	block, _, _ := strings.Cut(begins+rest, "\n\n")
	return block + "\n"
}

var (
	span  = regexp.MustCompile("`([^`\n]+(?:\n[^`\n]+)?)`")
	token = regexp.MustCompile(`\|\|?|&&|[0-9]?>>?|(?:'[^']*'|"[^"]*"|[^\s'"|&>])+`)
	lead  = regexp.MustCompile(`^(?:\$ |- run: |- )`)
)

// spans returns the inline code of a page.
func (p page) spans() (list []string) {
	for _, found := range span.FindAllStringSubmatch(p.prose, -1) {
		list = append(list, strings.ReplaceAll(found[1], "\n", " "))
	}
	return list
}

// shellCommands splits a line of a shell, or of a pipeline's file, into commands of words. It knows quotes, comments, pipes,
// && and ||, and leaves redirections out.
func shellCommands(line string) (commands [][]string) {
	var words []string
	redirected := false
	for _, word := range token.FindAllString(lead.ReplaceAllString(line, ""), -1) {
		switch {
		case strings.HasPrefix(word, "#"):
			return append(commands, words)
		case word == "|" || word == "||" || word == "&&":
			commands, words = append(commands, words), nil
		case strings.HasSuffix(word, ">"):
			redirected = true
		case redirected:
			redirected = false
		default:
			words = append(words, strings.NewReplacer("'", "", `"`, "").Replace(word))
		}
	}
	return append(commands, words)
}

// isConform reports whether a command is conform, and isMake whether it is make; each with something after it.
func isConform(words []string) bool {
	return len(words) > 1 && (words[0] == ".build/conform" || words[0] == "conform")
}

func isMake(words []string) bool { return len(words) > 1 && words[0] == "make" }

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
)

// links returns where the links of a page lead that lead to files or headings of the module.
func (p page) links() (list []string) {
	for _, found := range link.FindAllStringSubmatch(p.prose, -1) {
		if !strings.Contains(found[1], "://") {
			list = append(list, found[1])
		}
	}
	return list
}

// anchors returns the names that links to the headings of a page have.
func (p page) anchors() (names []string) {
	for _, found := range heading.FindAllStringSubmatch(p.prose, -1) {
		names = append(names, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, found[1]))
	}
	return names
}

// leads reports whether a link of the page leads to a file that exists, and to a heading of it where it names one.
func (p page) leads(to string) bool {
	path, anchor, named := strings.Cut(to, "#")
	target := p
	if path != "" {
		name := filepath.Join(filepath.Dir(p.name), path)
		text, err := os.ReadFile(filepath.Join(top, name))
		if info, statErr := os.Stat(filepath.Join(top, name)); statErr != nil || err != nil && !info.IsDir() {
			return false
		}
		target = readPage(name, string(text))
	}
	return !named || slices.Contains(target.anchors(), anchor)
}
