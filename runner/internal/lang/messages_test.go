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
	"fixtures", "schemas", "schemas/body", "schemas/file", "schemas/scan",
	"suites", "suites/observe", "suites/sign", "suites/wording",
	"runner", "runner/catalogue", "runner/certify", "runner/cmd/conform", "runner/credentials", "runner/diff", "runner/doctor",
	"runner/explain", "runner/filecheck", "runner/har", "runner/known", "runner/metadata", "runner/newprofile", "runner/output",
	"runner/preview", "runner/proxy", "runner/report", "runner/sdks", "runner/selftest", "runner/signing", "runner/targetfile",
	"runner/transport", "runner/internal/lang", "runner/internal/pipe", "runner/internal/progress", "runner/internal/text",
	"runner/lint", "runner/lint/ids", "runner/lint/input", "runner/lint/news", "runner/lint/parts", "runner/lint/rotation", "runner/lint/route",
	"runner/reference", "runner/reference/mock", "runner/reference/mock/recording", "runner/reference/mock/script",
	"runner/reference/wire",
}

// A source is what the code of the covered packages holds.
type source struct {
	messages map[string]string // of more than one word, with the place where each is first
	literals map[string]bool   // every text
	counted  map[string]string // nouns with a number before them, and the place
}

var prose = regexp.MustCompile(`[a-z]{2,}`)

// sourceOf reads the covered packages. A text that is put together by + is one message, with %s where a value is.
func sourceOf(t *testing.T) source {
	t.Helper()
	s := source{map[string]string{}, map[string]bool{}, map[string]string{}}
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
		case *ast.CallExpr:
			s.count(n, strings.TrimPrefix(files.Position(n.Pos()).String(), "../../../"))
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

// count notes the noun that a call of text.Count puts behind a number, in the singular and in the plural.
func (s source) count(call *ast.CallExpr, place string) {
	name := call.Fun
	if of, ok := name.(*ast.IndexExpr); ok {
		name = of.X
	}
	called, ok := name.(*ast.SelectorExpr)
	if !ok || called.Sel.Name != "Count" || len(call.Args) < 2 {
		return
	}
	if of, ok := called.X.(*ast.Ident); !ok || of.Name != "text" {
		return
	}
	noun, ok := messageOf(call.Args[1])
	if !ok {
		return
	}
	plural := noun + "s"
	if len(call.Args) > 2 {
		plural, _ = messageOf(call.Args[2])
	}
	s.counted[noun], s.counted[plural] = place, place
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
	for text, translation := range read(literals) {
		if got := Chinese.Text(text); all[text] != "" || got != translation || !code.literals[text] {
			t.Errorf("%q is %q, want %q; it has to be in the code, and in no other catalogue", text, got, translation)
		}
		delete(code.messages, text)
	}
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
	for noun, place := range code.counted {
		if all["%d "+noun] == "" {
			t.Errorf("%s: \"%%d %s\" has no translation (add it to runner/internal/lang/zh/words.json)", place, noun)
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
	t.Logf("%d messages and %d counted nouns, of which %d have a translation and %d a reason to have none", len(code.messages), len(code.counted), len(code.messages)-len(english)+len(code.counted), len(english))
}

// uses reports whether a word is in the code or on a page of it: alone, or counted, which makes a plural of it.
func (s source) uses(key string) bool {
	if onFleetPages(key) {
		return true
	}
	for _, others := range []string{"zh/kong.json", "zh/system.json", "zh/composed.json"} { // of the library that reads command lines, of the operating system, made of words
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
	for page := range pages {
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
