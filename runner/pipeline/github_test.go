package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/schemas"
)

// runnerCommand is a line as the runner of GitHub Actions reads it.
type runnerCommand struct {
	name       string
	properties map[string]string
	data       string
}

// command reads a line by the runner's rules: :: at its beginning, a name, a blank, properties parted by commas up to the
// next ::, then data; what is escaped is read back last, the percent sign after all else.
func command(line string) (c runnerCommand, ok bool) {
	text, found := strings.CutPrefix(strings.TrimLeft(line, " \t"), "::")
	if !found {
		return c, false
	}
	head, data, found := strings.Cut(text, "::")
	if !found {
		return c, false
	}
	name, properties, _ := strings.Cut(head, " ")
	c = runnerCommand{name, map[string]string{}, read(data, "%0D", "\r", "%0A", "\n")}
	for part := range strings.SplitSeq(properties, ",") {
		if key, value, found := strings.Cut(part, "="); found {
			c.properties[strings.TrimSpace(key)] = read(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
		}
	}
	return c, slices.Contains([]string{"error", "warning", "notice"}, c.name)
}

func read(s string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return strings.ReplaceAll(s, "%25", "%")
}

func TestAnnotationsAsTheRunnerReadsThem(t *testing.T) {
	r := reported()
	r.Runs[0].Cases[0].Findings[0].Got = "50% of\r\n::error::it, with a: b"
	l := issues(r)
	var got []string
	for line := range strings.Lines(written(t, l.GitHub)) {
		c, ok := command(strings.TrimSuffix(line, "\n"))
		if !ok {
			t.Fatalf("the runner takes %q for no annotation", line)
		}
		got = append(got, fmt.Sprintf("%s|%s|%s|%s", c.name, c.properties["file"], c.properties["title"], c.data))
	}
	want := []string{
		`error|conf/target file.yaml|NONCE-1: ` + statement("NONCE-1") + `|NONCE-1 MUST: got 50% of\r\n:<U+003A>error::it, with a: b, want 400 SignatureNonceUsed ` +
			`(ecs/rpc, nonce-used-twice [XML, GET] and 2 more cases; conform run --config target.yaml --case nonce-used-twice)`,
		`warning|conf/target file.yaml|FORMAT-8: ` + statement("FORMAT-8") + `|FORMAT-8 SHOULD: got text/plain, want text/xml (ecs/rpc, type-of-xml [XML, POST]; conform run --config target.yaml --case type-of-xml)`,
		`notice||conform run|ecs/rpc https://api.example.test/: non-conformant, 0 kept, 3 broken`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func statement(id string) string {
	for _, c := range fixtures.Clauses() {
		if c.ID == id {
			return c.Text()
		}
	}
	return ""
}

// many is a run with that many issues.
func many(n int) *schemas.Report {
	r := reported()
	r.Runs[0].Cases = nil
	for i := range n {
		c := nonce(fmt.Sprintf("case-%d", i), schemas.XML, schemas.Broken, schemas.FoundWrongCode)
		c.Findings[0].Subject = fmt.Sprintf("Code%d", i)
		r.Runs[0].Cases = append(r.Runs[0].Cases, c)
	}
	return r
}

// GitHub drops the annotations of a step beyond ten of a kind; the tenth says so.
func TestNoAnnotationIsDropped(t *testing.T) {
	for n, want := range map[int]string{10: "case-9 ", 11: "2 more", 300: "291 more"} {
		var errors []string
		for line := range strings.Lines(written(t, issues(many(n)).GitHub)) {
			if c, _ := command(line); c.name == "error" {
				errors = append(errors, c.data)
			}
		}
		if len(errors) != 10 || !strings.Contains(errors[9], want) {
			t.Errorf("%d issues: %d errors, the last %q, want %q", n, len(errors), errors[len(errors)-1], want)
		}
	}
}

// What could not be judged is an error of its own, in every form.
func TestNothingJudgedIsNotGreen(t *testing.T) {
	r := reported()
	r.Runs[0].Cases, r.Runs[0].Verdict, r.Runs[0].Why = nil, schemas.Inconclusive, "no reply"
	for form, write := range forms(issues(r)) {
		got := written(t, write)
		want := map[string]string{"GitHub": "::error file=conf/target file.yaml,title=conform run%3A could not judge::", "GitLab": `"severity": "blocker"`, "SARIF": `"executionSuccessful":false`}[form]
		if !strings.Contains(got, want) || !strings.Contains(got, "no reply") {
			t.Errorf("%s: %q is not in %s", form, want, got)
		}
	}
	empty := pipeline.OfLint(&schemas.Lint{}, schemas.Suite{}, nil)
	if !strings.Contains(written(t, empty.GitHub), "nothing was judged") {
		t.Error("lint: nothing judged, and no annotation")
	}
	nothing := pipeline.OfDiff(&schemas.Diff{Verdict: schemas.Same}, schemas.Suite{}, nil)
	if !strings.Contains(written(t, nothing.GitLab), "nothing could be compared") {
		t.Error("diff: nothing compared, and no issue")
	}
}
