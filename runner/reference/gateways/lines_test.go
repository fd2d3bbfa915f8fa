package gateways

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/schemas"
)

// examples fills in the ports that the lines of the clauses have.
var examples = strings.NewReplacer("@PORT@", "8080", "@UPSTREAM@", "8081")

// linesOf returns the lines that a clause shows of a gateway.
func linesOf(c schemas.Clause, g Gateway) []string {
	var lines []string
	for _, l := range c.Gateways.List() {
		if l.Gateway == g.Title {
			lines = append(lines, l.Text)
		}
	}
	return lines
}

// careful returns the lines of the careful configuration, without indentation, and the arguments that belong to it.
func careful(t *testing.T, g Gateway) []string {
	t.Helper()
	text, err := fs.ReadFile(files, g.Name+"/"+Careful+".conf")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.SplitSeq(examples.Replace(string(text)), "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	for i := 0; i+1 < len(g.Careful); i += 2 {
		lines = append(lines, g.Careful[i]+" "+g.Careful[i+1])
	}
	return lines
}

// What a clause shows of a gateway is in its careful configuration, which is measured.
func TestLinesOfClausesAreThoseOfCarefulConfigurations(t *testing.T) {
	shown := 0
	for _, g := range All() {
		lines := careful(t, g)
		for _, c := range fixtures.Clauses() {
			for _, line := range linesOf(c, g) {
				shown++
				if !slices.Contains(lines, line) {
					t.Errorf("%s shows %q of %s, which its careful configuration does not have", c.ID, line, g.Title)
				}
			}
		}
	}
	all := 0
	for _, c := range fixtures.Clauses() {
		all += len(c.Gateways.List())
	}
	if shown != all {
		t.Errorf("of %d lines %d are of a gateway that is here", all, shown)
	}
}

// clausesOf returns the clauses that a word of a block stands for.
func clausesOf(t *testing.T, word string) []string {
	t.Helper()
	switch {
	case word == GoneWord:
		return []string{"ERROR-1"}
	case strings.Contains(word, "/"): // a way that serves nothing
		return []string{"SUCCESS-4"}
	case slices.ContainsFunc(fixtures.Clauses(), func(c schemas.Clause) bool { return c.ID == word }):
		return []string{word}
	}
	for _, c := range catalogue.Cases(fixtures.Profiles()) {
		if c.Name == word {
			return c.Clauses
		}
	}
	t.Fatalf("%s is neither a clause nor a case", word)
	return nil
}

// What a block of a careful configuration fixes has a line of it in the clauses concerned.
func TestClausesShowTheLinesThatFixThem(t *testing.T) {
	for _, g := range All() {
		fixes, err := g.fixes()
		if err != nil {
			t.Fatal(err)
		}
		lines := careful(t, g)
		for _, m := range fixes {
			block := lines[len(lines)-len(g.Careful)/2:] // arguments
			if m.First <= m.Last {
				block = lines[m.First-1 : m.Last]
			}
			for _, word := range m.Words {
				ids := clausesOf(t, word)
				if !slices.ContainsFunc(fixtures.Clauses(), func(c schemas.Clause) bool {
					return slices.Contains(ids, c.ID) && slices.ContainsFunc(linesOf(c, g), func(l string) bool { return slices.Contains(block, l) })
				}) {
					t.Errorf("%s: %s of %q has no line in %s", g.Title, word, m.Text, strings.Join(ids, ", "))
				}
			}
		}
	}
}
