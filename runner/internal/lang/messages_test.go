package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// covered are the packages whose texts people read in their language.
var covered = []string{
	"suites", "suites/wording", "schemas", "schemas/file",
	"runner", "runner/report", "runner/explain", "runner/doctor", "runner/catalogue", "runner/diff", "runner/cmd/conform",
	"runner/targetfile", "runner/credentials", "runner/known", "runner/preview", "runner/output", "runner/filecheck", "runner/selftest",
	"runner/transport", "runner/newprofile", "runner/lint", "runner/sdks", "runner/internal/lang",
}

// A source is what the code of the covered packages holds.
type source struct {
	messages map[string]string // of more than one word, with the place where each is first
	literals map[string]bool   // every text
}

var prose = regexp.MustCompile(`[a-z]{2,}`)

// sourceOf reads the covered packages. A text that is put together by + is one message, with %s where a value is.
func sourceOf(t *testing.T) source {
	t.Helper()
	s := source{map[string]string{}, map[string]bool{}}
	for _, dir := range covered {
		names, err := filepath.Glob(filepath.Join("../../..", dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s has no code: %v", dir, err)
		}
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") {
				s.read(t, name)
			}
		}
	}
	return s
}

func (s source) read(t *testing.T, name string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	code, err := parser.ParseFile(files, name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(code, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			if n.Tag != nil {
				tag, _ := strconv.Unquote(n.Tag.Value)
				s.add(variable.ReplaceAllString(reflect.StructTag(tag).Get("help"), "%s"), files.Position(n.Pos()).String())
				return false
			}
		case *ast.BinaryExpr, *ast.BasicLit:
			message, ok := messageOf(n.(ast.Expr))
			if ok {
				s.add(message, files.Position(n.Pos()).String())
			}
			return !ok
		}
		return true
	})
}

// variable is a value in the help of a flag.
var variable = regexp.MustCompile(`\$\{[a-z]+\}`)

// add notes the lines of a text.
func (s source) add(text, place string) {
	s.literals[text] = true
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r")
		s.literals[line] = true
		bare := verb.ReplaceAllString(line, "")
		if strings.Contains(strings.TrimSpace(line), " ") && prose.MatchString(bare) && !statement.MatchString(line) {
			if _, there := s.messages[line]; !there {
				s.messages[line] = strings.TrimPrefix(place, "../../../")
			}
		}
	}
}

// messageOf returns the text of an expression; it reports whether any part of it is a text.
func messageOf(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.ParenExpr:
		return messageOf(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			left, one := messageOf(e.X)
			right, other := messageOf(e.Y)
			return left + right, one || other
		}
	}
	return "%s", false
}

// Every message of the covered packages has a translation, or a reason to have none; every translation is of a message that
// is there, and takes the same values.
func TestEveryMessageIsTranslated(t *testing.T) {
	code, all, english := sourceOf(t), pairs(), read(verbatim)
	for message, place := range code.messages {
		_, translated := all[message]
		if _, kept := english[message]; !translated && !kept {
			t.Errorf("%s: %q has no translation (add it to a catalogue in runner/internal/lang/zh, or to verbatim.json with the reason)", place, message)
		} else if translated && kept {
			t.Errorf("%q is translated, and in verbatim.json too; leave it out there", message)
		}
	}
	for key, translation := range all {
		if a, b := valuesOf(key), valuesOf(translation); !reflect.DeepEqual(a, b) {
			t.Errorf("%q takes the values %v, and its translation %q takes %v", key, a, translation, b)
		}
		if _, there := code.messages[key]; !there && !code.uses(key) {
			t.Errorf("%q is translated and nowhere in the code; remove it", key)
		}
	}
	for message, reason := range english {
		if _, there := code.messages[message]; !there {
			t.Errorf("verbatim.json has %q, which is nowhere in the code; remove it", message)
		}
		if strings.TrimSpace(reason) == "" {
			t.Errorf("verbatim.json has no reason for %q", message)
		}
	}
	t.Logf("%d messages, %d translated, %d kept in English, %d words", len(code.messages), len(code.messages)-len(english), len(english), len(all)-len(code.messages)+len(english))
}

// uses reports whether a word is in the code or on a page of it: alone, or counted, which makes a plural of it.
func (s source) uses(key string) bool {
	if onFleetPages(key) {
		return true
	}
	for _, others := range []string{"zh/kong.json", "zh/system.json"} { // of the library that reads command lines, of the operating system
		if _, ok := read(others)[key]; ok {
			return true
		}
	}
	word := strings.TrimPrefix(strings.TrimPrefix(key, "and "), "%d ")
	for _, w := range []string{key, word, strings.TrimSuffix(word, "s"), strings.TrimPrefix(word, "1 ")} {
		if s.literals[w] {
			return true
		}
	}
	for _, page := range []string{"../../report/page.html", "../../diff/diff.html", "../htmlpage/page.html"} {
		if text, err := os.ReadFile(page); err == nil && strings.Contains(string(text), `"`+key+`"`) {
			return true
		}
	}
	return false
}

// A message is in one catalogue, and once in it: of two translations, one would be shown by chance.
func TestNoMessageIsTranslatedTwice(t *testing.T) {
	names, err := filepath.Glob("zh/*.json")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d catalogues are found: %v", len(names), err)
	}
	in := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			key := entry.FindString(line)
			if key == "" {
				continue
			}
			if other, there := in[key]; there {
				t.Errorf("%s is in %s and in %s", key, other, name)
			}
			in[key] = name
		}
	}
}

// entry is the key of a line of a catalogue.
var entry = regexp.MustCompile(`^ "(?:[^"\\]|\\.)*":`)
