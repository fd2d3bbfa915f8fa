package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// outputs are the forms a result is written in.
func outputs() map[string]func(io.Writer, *Result) error {
	return map[string]func(io.Writer, *Result) error{
		"text": Text{Clauses: fixtures.Clauses(), Show: 5}.Write, "all text": Text{Clauses: fixtures.Clauses()}.Write,
		"json": WriteJSON, "line": WriteLine[Result], "markdown": Markdown{}.Write, "html": HTML{Clauses: fixtures.Clauses()}.Write,
	}
}

func written(t *testing.T, write func(io.Writer, *Result) error, r *Result) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// mixed is a log with something of everything: findings of many sorts, hosts and actions, repeated ids, no records.
func mixed(t *testing.T) []byte {
	t.Helper()
	text := logged(t, sample.Kind{Seed: 12, XML: 0.2, Bad: 0.03}, 7000, false)
	return append(text, []byte("no record\n"+string(text[:6000])+"\n")...)
}

func TestNoOutputDependsOnTheNumberOfWorkers(t *testing.T) {
	text := mixed(t)
	har := inputFile(t, "browser.har")
	for _, most := range []int64{0, 40} {
		results := map[int]*Result{}
		for _, workers := range []int{1, 2, 7} {
			o := Options{Profile: ecs(t), Map: sampleMap(t), Workers: workers, MaxFindings: most}.withBook()
			r, err := Run(t.Context(), []*input.Input{input.From("a.log", bytes.NewReader(text)), input.From("b.har", bytes.NewReader(har)), input.From("c.log", bytes.NewReader(text[:90_000]))}, o)
			if cut := (*input.CutError)(nil); err != nil && !errors.As(err, &cut) { // the last line of the third is cut
				t.Fatal(err)
			}
			results[workers] = r
		}
		for name, write := range outputs() {
			one := written(t, write, results[1])
			if len(one) < 500 {
				t.Errorf("%s: only %q", name, one)
			}
			for _, workers := range []int{2, 7} {
				if written(t, write, results[workers]) != one {
					t.Errorf("%s differs with %d workers", name, workers)
				}
			}
		}
	}
}

var (
	making  sync.Once
	members []*Result
)

// allMembers are results that have every member there is between them. They are made once, and only read.
func allMembers(t *testing.T) []*Result {
	t.Helper()
	making.Do(func() { members = withAllMembers(t) })
	return members
}

func withAllMembers(t *testing.T) []*Result {
	t.Helper()
	mutant := mutants.All()[0]
	for _, m := range mutants.All() {
		if m.Clause == "ERROR-1" && m.MakesSense("ecs", "rpc") {
			mutant = m
		}
	}
	_, transcript := recorded(t, ecs(t), "rpc", thin, reference.With(mutant))
	o := Options{Profile: ecs(t), Map: sampleMap(t), MaxFindings: 30}
	list := []*Result{
		linted(t, Options{}, transcript), linted(t, o, mixed(t)), linted(t, Options{Profile: ecs(t), Map: sampleMap(t)}, mixed(t)),
		linted(t, Options{Profile: ecs(t)}, inputFile(t, "browser.har")), linted(t, Options{}, nil),
		linted(t, Options{}, []byte(`{"response":{"status":200,"body":""}}`)),
	}
	list[0].Guess = "of the first 2 answers 2 are in order by ecs"
	return list
}

func TestResultsFitTheirSchema(t *testing.T) {
	members := map[string]bool{}
	for _, r := range allMembers(t) {
		for _, name := range []string{"json", "line"} {
			text := written(t, outputs()[name], r)
			if err := file.CheckJSON(file.Lint, []byte(text)); err != nil {
				t.Errorf("%v\n%.2000s", err, text)
			}
			for _, m := range regexp.MustCompile(`"([a-z_]+)":`).FindAllStringSubmatch(text, -1) {
				members[m[1]] = true
			}
		}
	}
	for _, m := range []string{"profile", "guess", "first_malformed", "stopped", "places", "runs", "worst", "more_places", "first", "last"} {
		if !members[m] {
			t.Errorf("no result has %q", m)
		}
	}
	if err := file.CheckJSON(file.Lint, []byte(`{"schema":"acsconform/lint/1"}`)); err == nil {
		t.Error("a result with nothing in it fits")
	}
}

// hostileText is what traffic may hold in the hope that a reader of the result obeys it.
const hostileText = "<script>alert(1)</script>\x1b[2J\u009b2J\u202e`x`|[y](javascript:z)\x00\"'><img src=x onerror=y>"

func TestOutputsObeyNothingOfTheTraffic(t *testing.T) {
	e := Example{File: hostileText, Line: 3, Got: hostileText, Want: hostileText}
	r := &Result{
		Profile: "ecs", Guess: hostileText, Inputs: []string{hostileText}, Judged: 1, Records: 1, Notes: []string{hostileText},
		First: &Malformed{File: hostileText, Line: 2, Why: hostileText},
		Findings: []Finding{{Clause: "ERROR-1", Level: schemas.Must, Code: hostileText, Count: 1, Share: 1, Examples: []Example{e},
			Places: []FindingPlace{{Host: hostileText, Action: hostileText, Count: 1}}}},
		Places: []Place{{Host: hostileText, Action: hostileText, Records: 1, Broken: 1, Share: 1, Worst: "ERROR-1"}},
	}
	for name, write := range outputs() {
		text := written(t, write, r)
		for _, c := range text {
			if c != '\n' && !unicode.IsPrint(c) && c != '\u200b' {
				t.Errorf("%s has %U", name, c)
				break
			}
		}
		if (name == "html" || name == "markdown") && strings.Contains(text, "<script>") || name == "html" && strings.Contains(text, "<img") {
			t.Errorf("%s has markup of the traffic's", name)
		}
	}
}

func TestTheHTMLPageIsWhole(t *testing.T) {
	for i, r := range allMembers(t) {
		text := written(t, outputs()["html"], r)
		if found := regexp.MustCompile(`(?i)<(link|iframe|object|embed|img|script)|@import|url\(|\son[a-z]+=|style=`).FindString(text); found != "" {
			t.Errorf("the page has %q", found)
		}
		if !strings.Contains(text, `content="default-src &#39;none&#39;; style-src &#39;sha256-`) {
			t.Error("there is no content security policy")
		}
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(`\bid="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if seen[m[1]] {
				t.Errorf("id %q is there twice", m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if !seen[m[1]] {
				t.Errorf("a link leads to #%s, which is not there", m[1])
			}
		}
		if len(seen) != len(r.Findings) {
			t.Errorf("result %d: %d findings on the page, want %d", i, len(seen), len(r.Findings))
		}
	}
}

// The hosts and actions: each record counts once, and what only shows beside others counts too.
func TestHostsAndActions(t *testing.T) {
	line := func(host, action, body string, status int) string {
		return fmt.Sprintf(`{"host":%q,"action":%q,"status":%d,"type":"application/json","body":%q}`+"\n", host, action, status, body)
	}
	id := func(n int) string { return fmt.Sprintf(`{"RequestId":"4C467B38-3910-447D-87BC-AC04%08X"}`, n) }
	bad := `{"Code":"NoSuch","Message":"No."}`
	text := line("a", "One", id(1), 200) + line("a", "One", bad, 404) + line("a", "One", bad, 404) + line("a", "Two", id(2), 200) +
		line("b", "One", id(2), 200) + line("b", "One", id(2), 200) + line("", "", bad, 404) + line("c", "", id(3), 200)
	r := linted(t, Options{Profile: ecs(t), Map: sampleMap(t)}, []byte(text))
	got := fmt.Sprint(r.Places)
	want := "[{a One  3 2 0.6666666666666666 ERROR-1} {b One  2 2 1 REQUESTID-2} {a Two  1 0 0 } {c   1 0 0 }]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	table := written(t, outputs()["text"], r)
	for _, want := range []string{
		"host  action  records  broken    share  worst\n",
		"a     One           3       2   66.7 %  ERROR-1\n",
		"b     One           2       2  100.0 %  REQUESTID-2\n",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the text lacks %q:\n%s", want, table)
		}
	}
	if strings.Contains(table, "a     Two") {
		t.Error("the table has a place where nothing was found")
	}
}

func TestSummariesOfAnEarlyStop(t *testing.T) {
	for why, want := range map[string]string{schemas.StopEnough: "stopped early, at x:7:", schemas.StopInterrupted: "interrupted", schemas.StopError: "could not be read"} {
		r := &Result{Stopped: &Stop{Why: why, File: "x", Line: 7}}
		if got := strings.Join(Summary(r), "\n"); !strings.Contains(got, want) {
			t.Errorf("%s: %q", why, got)
		}
	}
}
