package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// was makes a case of an outcome; words behind it are clauses that it breaks, in lower case those it warns of.
func was(name string, o schemas.Outcome, clauses ...string) schemas.CaseResult {
	c := schemas.CaseResult{Name: name, Clause: "NONCE-1", Format: schemas.JSON, Method: "GET", Outcome: o, Why: "because"}
	for _, id := range clauses {
		level := schemas.Must
		if strings.ToUpper(id) != id {
			level = schemas.Should
		}
		c.Findings = append(c.Findings, schemas.Finding{Clause: strings.ToUpper(id), Level: level, Got: "got", Want: "want"})
	}
	return c
}

func sideWith(cases ...schemas.CaseResult) Side {
	run := schemas.Run{Target: schemas.RunTarget{URL: "http://x/", Profile: "ecs", Style: schemas.RPC}, Cases: cases}
	return Side{"x", &schemas.Report{Runs: []schemas.Run{run}}}
}

// told returns in one word each what a diff reports of a case.
func told(d *schemas.Diff) string {
	var words []string
	for word, list := range map[string][]schemas.CaseDiff{"regressed": d.Regressions, "gone": d.Gone, "leftout": d.LeftOut, "fixed": d.Fixed, "new": d.Added} {
		for _, c := range list {
			words = append(words, word+clausesOf(c))
		}
	}
	for _, o := range d.Drift {
		words = append(words, "drift:"+o.Before+">"+o.After)
	}
	if len(d.Unsteady) > 0 {
		words = append(words, "unsteady")
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

func clausesOf(c schemas.CaseDiff) string {
	var ids []string
	for _, f := range c.Findings {
		ids = append(ids, f.Clause)
	}
	if len(ids) == 0 {
		return ""
	}
	return ":" + strings.Join(ids, ",")
}

func TestWhatBecomesOfACase(t *testing.T) {
	kept, broken := was("a", schemas.Kept), was("a", schemas.Broken, "NONCE-1")
	for i, c := range []struct {
		base, fresh *schemas.CaseResult
		want        string
		verdict     schemas.DiffVerdict
	}{
		{&kept, &kept, "", schemas.Same},
		{&broken, &broken, "", schemas.Same},
		{&kept, &broken, "regressed:NONCE-1", schemas.Regressed},
		{&broken, &kept, "fixed:NONCE-1", schemas.Same},
		{&kept, nil, "gone", schemas.Regressed},
		{&broken, nil, "gone", schemas.Regressed},
		{&kept, ptr(was("a", schemas.Skipped)), "gone", schemas.Regressed},
		{&kept, ptr(was("a", schemas.NotJudged)), "gone", schemas.Regressed},
		{&kept, ptr(leftOut("a")), "leftout", schemas.Same},
		{&broken, ptr(leftOut("a")), "leftout", schemas.Same},
		{ptr(was("a", schemas.Skipped)), ptr(leftOut("a")), "", schemas.Same},
		{ptr(leftOut("a")), &kept, "new", schemas.Same},
		{ptr(was("a", schemas.Skipped)), nil, "", schemas.Same},
		{ptr(was("a", schemas.Skipped)), &kept, "new", schemas.Same},
		{ptr(was("a", schemas.Skipped)), ptr(was("a", schemas.NotJudged)), "", schemas.Same},
		{nil, &kept, "new", schemas.Same},
		{nil, &broken, "regressed:NONCE-1", schemas.Regressed},
		{nil, ptr(was("a", schemas.Known, "NONCE-1")), "new", schemas.Same},
		{&broken, ptr(was("a", schemas.Broken, "NONCE-1", "ERROR-1")), "regressed:ERROR-1", schemas.Regressed},
		{ptr(was("a", schemas.Broken, "NONCE-1", "ERROR-1")), &broken, "fixed:ERROR-1", schemas.Same},
		{&broken, ptr(was("a", schemas.Broken, "ERROR-1")), "regressed:ERROR-1", schemas.Regressed},
		{&kept, ptr(was("a", schemas.Warned, "error-11")), "drift:kept>warned (ERROR-11)", schemas.Drifted},
		{ptr(was("a", schemas.Warned, "error-11")), &kept, "fixed:ERROR-11", schemas.Same},
		{ptr(was("a", schemas.Warned, "nonce-1")), &broken, "regressed:NONCE-1", schemas.Regressed},
		{&broken, ptr(was("a", schemas.Warned, "nonce-1")), "fixed:NONCE-1", schemas.Same},
		{&kept, ptr(was("a", schemas.Known, "NONCE-1")), "drift:kept>known (NONCE-1)", schemas.Drifted},
		{ptr(was("a", schemas.Known, "NONCE-1")), &broken, "drift:known (NONCE-1)>broken (NONCE-1)", schemas.Drifted},
		{ptr(was("a", schemas.Known, "NONCE-1")), ptr(was("a", schemas.Broken, "NONCE-1", "ERROR-1")), "regressed:ERROR-1", schemas.Regressed},
		{ptr(was("a", schemas.Known, "NONCE-1")), &kept, "fixed:NONCE-1", schemas.Same},
	} {
		d := Of(sideWith(there(c.base)...), sideWith(there(c.fresh)...), nil)
		fits(t, d)
		if told(d) != c.want || d.Verdict != c.verdict {
			t.Errorf("%d: got %q, %s, want %q, %s", i, told(d), d.Verdict, c.want, c.verdict)
		}
	}
}

func ptr(c schemas.CaseResult) *schemas.CaseResult { return &c }

// leftOut makes a case that a run had no time left for.
func leftOut(name string) schemas.CaseResult {
	c := was(name, schemas.Skipped)
	c.Limit, c.Why = "max-time", "left out: the run may take 2m0s (--max-time)"
	return c
}

// A limit of NEW is no change of the server: what it leaves out is shown in every form, and fails nothing.
func TestWhatALimitLeavesOutIsShown(t *testing.T) {
	d := Of(sideWith(was("a", schemas.Kept), was("b", schemas.Kept)), sideWith(was("a", schemas.Kept), leftOut("b")), nil)
	if d.Verdict != schemas.Same || d.Compared != 1 {
		t.Errorf("got %s with %d compared, want same with 1", d.Verdict, d.Compared)
	}
	for format, want := range map[string][]string{
		"text":     {"? 1 case left out by a limit of NEW  ecs/rpc\n", "left out: the run may take 2m0s (--max-time)\n", "    b [JSON, GET]\n", "\nsame  ·  1 case compared, 1 left out\n"},
		"markdown": {"## 1 case left out by a limit of NEW (ecs/rpc)\n", "\n- b &#91;JSON, GET&#93;\n"},
		"html":     {"<h2>1 case left out by a limit of NEW (ecs/rpc)</h2>", "<code>b [JSON, GET]</code>"},
		"json":     {`"left_out":`, `"b [JSON, GET]"`},
	} {
		text := written(t, d, format)
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q in\n%s", format, part, text)
			}
		}
	}
}

func there(c *schemas.CaseResult) []schemas.CaseResult {
	if c == nil {
		return nil
	}
	return []schemas.CaseResult{*c}
}

// What BASE does once this way and once that way is noise, whatever NEW does; what it never did is not.
func TestSecondLookAtBase(t *testing.T) {
	kept, broken, unjudged := was("a", schemas.Kept), was("a", schemas.Broken, "NONCE-1"), was("a", schemas.NotJudged)
	for i, c := range []struct {
		base, again, fresh schemas.CaseResult
		want               string
	}{
		{kept, kept, broken, "regressed:NONCE-1"},
		{kept, broken, broken, "unsteady"},
		{broken, kept, kept, "unsteady"},
		{kept, broken, was("a", schemas.Broken, "ERROR-1"), "regressed:ERROR-1"},
		{kept, unjudged, unjudged, "unsteady"},
		{kept, kept, unjudged, "gone"},
	} {
		if d := Of(sideWith(c.base), sideWith(c.fresh), sideWith(c.again).Report); told(d) != c.want {
			t.Errorf("%d: got %q, want %q", i, told(d), c.want)
		}
	}
}

// answered returns a case with an answer of its own.
func answered(name, message, server string) schemas.CaseResult {
	c := was(name, schemas.Kept)
	c.Exchange = &schemas.ExchangeReport{Response: &schemas.Response{Proto: "HTTP/1.1", Status: 400,
		Header: schemas.Header{{Name: "Server", Value: server}, {Name: "Date", Value: "today"}},
		Body:   fmt.Appendf(nil, `{"Code":"Bad","Message":%q,"RequestId":"x"}`, message)}}
	return c
}

func TestNoiseOfTheAnswersIsLeftOut(t *testing.T) {
	base := sideWith(answered("a", "one", "a"), answered("b", "same", "a"))
	again := sideWith(answered("a", "two", "a"), answered("b", "same", "b"))
	fresh := sideWith(answered("a", "three", "c"), answered("b", "other", "c"))
	d := Of(base, fresh, again.Report)
	if told(d) != "drift:same>other unsteady" {
		t.Errorf("got %q %v, want the message of b alone", told(d), d.Unsteady)
	}
	if d := Of(base, fresh, nil); told(d) != "drift:a>c drift:one>three drift:same>other" {
		t.Errorf("got %q, want everything", told(d))
	}
}

func TestIdsNumbersAndTimesAreNoDrift(t *testing.T) {
	base := answered("a", "Request 4C467B38-3910-447D-87BC-AC049166F216 of 2026-01-02T03:04:05Z took 12 ms", "node-1")
	fresh := answered("a", "Request 0A467B38-3910-447D-87BC-AC049166F2FF of 2026-11-12T13:14:15Z took 7 ms", "node-22")
	if d := Of(sideWith(base), sideWith(fresh), nil); d.Verdict != schemas.Same {
		t.Errorf("got %+v", d.Drift)
	}
}

func TestLatencyBeyondNoise(t *testing.T) {
	timed := func(ms ...float64) Side {
		var cases []schemas.CaseResult
		for i := range 40 {
			c := answered(fmt.Sprint("c", i), "m", "s")
			c.Seconds = ms[i%len(ms)] / 1000
			cases = append(cases, c)
		}
		return sideWith(cases...)
	}
	for i, c := range []struct {
		base, fresh Side
		want        string
	}{
		{timed(5, 6, 7, 8), timed(25, 26, 27, 28), "drift:7.0 ms>27.0 ms"},
		{timed(25, 26, 27, 28), timed(5, 6, 7, 8), "drift:27.0 ms>7.0 ms"},
		{timed(5, 6, 7, 8), timed(12, 13, 14, 15), ""},
		{timed(5, 20, 40, 80), timed(15, 30, 60, 90), ""},
	} {
		if d := Of(c.base, c.fresh, nil); told(d) != c.want {
			t.Errorf("%d: got %q, want %q", i, told(d), c.want)
		}
	}
	if d := Of(timed(5, 6, 7, 8), timed(25, 26, 27, 28), timed(22, 24, 26, 28).Report); told(d) != "" {
		t.Errorf("got %q, though BASE was as slow when it was looked at again", told(d))
	}
}

// Where a case sends several requests, how many are answered in which way is left to chance.
func TestAnswersOfSeveralRequests(t *testing.T) {
	several := func(codes ...string) schemas.CaseResult {
		c := was("a", schemas.Kept)
		for _, code := range codes {
			c.Answers = append(c.Answers, schemas.Answer{Status: 400, Code: code})
		}
		return c
	}
	for i, c := range []struct {
		base, fresh schemas.CaseResult
		want        string
	}{
		{several("", "Used"), several("Used"), ""},
		{several("Used"), several("", "Used"), ""},
		{several("", "Used"), several("", "Reused"), "drift:Used>Reused"},
		{several("", "Used"), several("Reused"), "drift:none | Used>Reused"},
	} {
		if d := Of(sideWith(c.base), sideWith(c.fresh), nil); told(d) != c.want {
			t.Errorf("%d: got %q, want %q", i, told(d), c.want)
		}
	}
}
