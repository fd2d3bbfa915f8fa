package main

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// capturedCase is what is expected of one file of captured traffic, a line of expected.jsonl. What is null is not held.
type capturedCase struct {
	File, Profile string
	Map           *string
	Exit          *int
	Must, Should  [][]string // of each list one clause has to be found; "" allows that none is
	Judged        *int64
	NotJudged     *int64 `json:"not_judged"`
	Findings      *int64
	Omitted       map[schemas.OmittedWhy]int64 // nil: not held
	Note          string
}

// Kinds of captured traffic, each with what is judged in it, what is left out and what is found.
func TestCapturedTraffic(t *testing.T) {
	folder, err := filepath.Abs("../../../fixtures/captures/traffic")
	if err != nil {
		t.Fatal(err)
	}
	holdCaptured(t, folder)
}

// The same of a folder of somebody else.
func TestCapturedTrafficOfOthers(t *testing.T) {
	folder := os.Getenv("ACSCONFORM_CASES")
	if folder == "" {
		t.Skip("ACSCONFORM_CASES names no folder with an expected.jsonl")
	}
	holdCaptured(t, folder)
}

func holdCaptured(t *testing.T, folder string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "expected.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range bytes.Lines(text) {
		var c capturedCase
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		n++
		t.Run(c.File, func(t *testing.T) {
			args := []string{"lint", "--profile", c.Profile, "-o", "json"}
			if c.Map != nil {
				args = append(args, "--map", *c.Map)
			}
			code, out, errs := conform(t, folder, append(args, c.File)...)
			if code == exitUsage && strings.Contains(errs, c.Profile+":") && strings.Contains(c.Note, "refused with its line") {
				return // the profile is what is refused
			}
			var r schemas.Lint
			if err := json.Unmarshal([]byte(out), &r); err != nil {
				t.Fatalf("exit %d, %v\n%s", code, err, errs)
			}
			c.hold(t, code, &r)
		})
	}
	if n == 0 {
		t.Error("expected.jsonl is empty")
	}
}

// hold holds a result against what is expected.
func (c *capturedCase) hold(t *testing.T, code int, r *schemas.Lint) {
	t.Helper()
	found, total := map[schemas.Level][]string{}, int64(0)
	for _, f := range r.Findings {
		found[f.Level] = append(found[f.Level], f.Clause)
		total += f.Count
	}
	if c.Exit != nil && code != *c.Exit {
		t.Errorf("exit %d, want %d", code, *c.Exit)
	}
	for level, wanted := range map[schemas.Level][][]string{schemas.Must: c.Must, schemas.Should: c.Should} {
		for _, one := range wanted {
			if !slices.Contains(one, "") && !slices.ContainsFunc(one, func(id string) bool { return slices.Contains(found[level], id) }) {
				t.Errorf("found %s %v, want one of %v", level, found[level], one)
			}
		}
	}
	if c.Exit != nil && len(c.Must) == 0 && len(found[schemas.Must]) > 0 {
		t.Errorf("found MUST %v, want none", found[schemas.Must])
	}
	for _, count := range []struct {
		what string
		got  int64
		want *int64
	}{{"judged", r.Judged, c.Judged}, {"not judged", r.NotJudged, c.NotJudged}, {"findings", total, c.Findings}} {
		if count.want != nil && count.got != *count.want {
			t.Errorf("%s: %d, want %d", count.what, count.got, *count.want)
		}
	}
	if c.Omitted == nil {
		return
	}
	omitted := map[schemas.OmittedWhy]int64{}
	for _, o := range r.Omitted {
		omitted[o.Why] += o.Count
	}
	for _, why := range []schemas.OmittedWhy{schemas.OmittedUnanswered, schemas.OmittedFiltered, schemas.OmittedPacked, schemas.OmittedStream, schemas.OmittedNoText, schemas.OmittedConvention, schemas.OmittedOther} {
		if omitted[why] != c.Omitted[why] {
			t.Errorf("left out as %s: %d, want %d: %+v", why, omitted[why], c.Omitted[why], r.Omitted)
		}
	}
}

// A filter that is none is one line, whichever door it comes by.
func TestFiltersThatAreNone(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log.jsonl")
	if err := os.WriteFile(log, []byte(goodLine(1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for text, says := range map[string]string{
		"hots=x":                    "is it host?",
		"host":                      "has no = in it",
		"method=":                   "there is no pattern",
		"path=health":               "write path=/health",
		"path=/health?x=1":          "a path has no query",
		"host=https://api.test/":    "write host=api.example.com",
		"host=api.test:443":         "without scheme, port and path",
		"type=html":                 "write type=text/html",
		"type=text/html;charset=un": "a type has no parameters",
		"method=GET,POST":           "letters only",
	} {
		for _, flag := range []string{"--only", "--skip"} {
			code, out, errs := conform(t, dir, "lint", "--profile", "ecs", flag, text, log)
			if code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, flag) || !strings.Contains(errs, says) {
				t.Errorf("%s %s: exit %d, want 2 and one line with %q\n%s%s", flag, text, code, says, out, errs)
			}
		}
		mapping := filepath.Join(dir, "map.yaml")
		if err := os.WriteFile(mapping, []byte("status: s\nbody: b\nskip:\n  - '"+text+"'\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := conform(t, dir, "lint", "--profile", "ecs", "--map", "map.yaml", log)
		if code != exitUsage || out != "" || !strings.Contains(errs, "map.yaml:4:5: skip[0]: ") || !strings.Contains(errs, says) {
			t.Errorf("skip: %s: exit %d, want 2 and the place\n%s%s", text, code, out, errs)
		}
	}
}

// What is left out is named in every form of the result.
func TestWhatIsLeftOutIsNamed(t *testing.T) {
	folder, err := filepath.Abs("../../../fixtures/captures/traffic")
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"text", "markdown", "html", "json"} {
		code, out, errs := conform(t, folder, "lint", "--profile", "gateway", "-o", form, "--skip", "host=console.example.net", "browser-with-a-portal.har")
		for _, word := range []string{"1 record not judged: nothing was answered to a call (OPTIONS)", "--skip host=console.example.net", "stats.example.org without a type"} {
			if form == "markdown" {
				out = html.UnescapeString(out) // where what could be markup is written by its number
			}
			if code != exitBroken || !strings.Contains(out, word) {
				t.Errorf("-o %s: exit %d, want 1 and %q\n%s%s", form, code, word, out, errs)
			}
		}
	}
	code, out, _ := conform(t, folder, "lint", "--profile", "gateway", "--only", "host=stats.example.org", "browser-with-a-portal.har")
	if code != exitUntested || !strings.Contains(out, "none of this is of the convention") {
		t.Errorf("traffic of another kind: exit %d\n%s", code, out)
	}
}
