package gateways

import (
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// document is what make gateways writes.
const document = "../gateways.md"

// wanted skips the test of a gateway that is not installed, except in continuous integration. There all gateways are
// tried; elsewhere nginx alone, which costs the least: each of them is a process, and the whole suite passes through it twice.
func wanted(t *testing.T, g Gateway) {
	t.Helper()
	all := os.Getenv("CI") == "true"
	if !all && g.Name != "nginx" {
		t.Skip("with CI=true every gateway is tried")
	}
	if _, err := g.Path(); err != nil {
		if g.CI && all {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// What the document says of a gateway is what is measured, and with care nothing breaks but what the list says.
func TestTheDocumentSaysWhatIsMeasured(t *testing.T) {
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range All() {
		t.Run(g.Name, func(t *testing.T) {
			wanted(t, g)
			t.Parallel()
			g.brief = true
			r, err := g.MeasureBoth(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			part, found := Part(text, g.Name)
			if !found {
				t.Fatalf("%s has no part about %s", document, g.Title)
			}
			compare(t, r, part)
			conformant(t, r.Careful)
			explained(t, r)
		})
	}
}

// compare holds the columns of the document that do not hang on the version against what was measured.
func compare(t *testing.T, r Both, part string) {
	t.Helper()
	_, table, _ := strings.Cut(part, "| fixed by |\n|---|---|---|---|\n")
	var said, measured []string
	for line := range strings.Lines(table) {
		columns := strings.Split(line, " | ")
		said = append(said, steady(r.Gateway, columns[0]+" | "+columns[1]+" |")...)
	}
	for _, row := range r.Rows() {
		measured = append(measured, steady(r.Gateway, row.Key())...)
	}
	if !slices.Equal(said, measured) {
		t.Errorf("%s says\n%s\nmeasured was, with %s %s:\n%s\nRun: make gateways", document, strings.Join(said, "\n"),
			r.Gateway.Title, r.Version, strings.Join(measured, "\n"))
	}
}

// racing names the case of each gateway that is answered in more than one way: Caddy sees the end of a body that is too
// short now before and now after the answer of the service.
var racing = map[string]string{"caddy": "`content-length-longer`"}

// steady returns the row without the case whose answer is a race, and no row where it has no other case.
func steady(g Gateway, key string) []string {
	name := racing[g.Name]
	if name == "" || !strings.Contains(key, name) {
		return []string{key}
	}
	rest := strings.NewReplacer(name+", ", "", ", "+name, "").Replace(key)
	if strings.Contains(rest, name) {
		return nil
	}
	return []string{rest}
}

// conformant wants every trial to have been made, and nothing to be broken but what is excused.
func conformant(t *testing.T, r Result) {
	t.Helper()
	for _, trial := range r.Trials {
		if trial.Closed != "" {
			t.Errorf("%s: %s", trial.Way, trial.Closed)
			continue
		}
		for _, run := range []schemas.Run{*trial.Tested.Run, trial.Gone} {
			if run.Verdict == schemas.Conformant {
				continue
			}
			t.Errorf("%s, careful, %s: %s %s %+v", r.Gateway.Name, trial.Way, run.Verdict, run.Why, run.Counts)
			for _, c := range run.Cases {
				if c.Outcome == schemas.Broken {
					t.Errorf("%s: %+v", c.Name, c.Findings)
				}
			}
		}
	}
}

// explained wants lines that fix whatever is broken by default, or a reason why there are none, and a use for every
// word of a block.
func explained(t *testing.T, r Both) {
	t.Helper()
	fixes, err := r.Gateway.fixes()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, b := range r.Default.Breaks() {
		if r.remedy(fixes, b) == "" {
			t.Errorf("%s breaks %s in %q by default, and neither a block of its careful configuration nor its list names it", r.Gateway.Name, b.Clause, b.Case)
		}
		words = append(words, append(b.Ways, b.Clause, b.Case)...)
	}
	for _, m := range fixes {
		for _, word := range m.Words {
			if !slices.Contains(words, word) {
				t.Errorf("%s: the block %q fixes %s, which nothing breaks", r.Gateway.Name, m.Text, word)
			}
		}
	}
}
