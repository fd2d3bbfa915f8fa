package read

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/interop/clients"
	"github.com/acsconform/acsconform/runner/sdks"
	"github.com/acsconform/acsconform/runner/selftest"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// findings are what judging again with the SDKs' readings adds to what was found without, each once: clause and what
// came of it.
func findings(t *testing.T, trial selftest.Trial) []string {
	t.Helper()
	var added []string
	r := selftest.Try(t.Context(), trial, func(_ selftest.Trial, judged []*suites.Judged) {
		judge := suites.NewJudge(trial.Profile, fixtures.Clauses())
		for _, d := range judged {
			var xs []*schemas.Exchange
			for _, e := range d.Observations {
				x := *e.Exchange()
				if x.Response != nil && x.Fault == nil && x.Request.Method != "HEAD" {
					x.Readings = Read(sdks.Question{Style: x.Intent.Style, Format: x.Intent.Format, Response: *x.Response})
				}
				xs = append(xs, &x)
			}
			for _, f := range judge.Case(d.Planned, xs).Result.Findings {
				text := f.Clause + " " + f.Got
				if !slices.ContainsFunc(d.Result.Findings, func(g schemas.Finding) bool { return g.Clause == f.Clause && g.Got == f.Got }) &&
					!slices.Contains(added, text) {
					added = append(added, text)
				}
			}
		}
	})
	if r.Cause != nil {
		t.Errorf("%s: %s", trial, r.Cause)
	}
	return added
}

// bySDKs keeps what names an SDK.
func bySDKs(found []string) []string {
	return slices.DeleteFunc(found, func(f string) bool { return !strings.Contains(f, clients.V1) && !strings.Contains(f, clients.V2) })
}

// A conforming server, however odd, is accused of nothing on behalf of an SDK: the right server in every profile and
// style, and every oddity once; with ACSCONFORM_ALL=1 in all of them.
func TestRightServersAndOdditiesAreUnderstood(t *testing.T) {
	seen := map[string]bool{}
	var trials sync.WaitGroup
	gate := make(chan bool, 4)
	for _, trial := range selftest.Trials() {
		if trial.Variant != nil {
			if !trial.Oddity || seen[trial.Variant.Name] && os.Getenv("ACSCONFORM_ALL") == "" {
				continue
			}
			seen[trial.Variant.Name] = true
		}
		trials.Go(func() {
			gate <- true
			defer func() { <-gate }()
			for _, f := range bySDKs(findings(t, trial)) {
				t.Errorf("%s: %s", trial, f)
			}
		})
	}
	trials.Wait()
}

// Every sort of finding is seen red. Each line is a mutant, and what is found for the SDKs' sake beside what was found
// of it without them.
func TestMutantsAreMisread(t *testing.T) {
	for _, c := range []struct{ profile, mutant, want string }{
		{"gateway", "code-is-a-number", "CLIENT-2 alibaba-cloud-sdk-go: panics (interface conversion: interface {} is float64, not string)"},
		{"gateway", "recommend-is-a-number", "CLIENT-2 alibaba-cloud-sdk-go: panics (interface conversion: interface {} is float64, not string)"},
		{"gateway", "access-denied-detail-is-text", "CLIENT-2 alibaba-cloud-sdk-go: panics (interface conversion: interface {} is string, not map[string]interface {})"},
		{"gateway", "html-error-page", "CLIENT-2 alibaba-cloud-sdk-go: loses Code, Message, RequestId; darabonba-openapi DoRPCRequest, darabonba-openapi CallApi: loses all (invalid character '<' looking for beginning of value)"},
		{"gateway", "empty-error-body", "CLIENT-2 alibaba-cloud-sdk-go, darabonba-openapi DoRPCRequest, darabonba-openapi CallApi: loses Code, Message, RequestId"},
		{"gateway", "error-with-200", "CLIENT-3 200 InvalidAccessKeyId.NotFound, a success to alibaba-cloud-sdk-go, darabonba-openapi DoRPCRequest, darabonba-openapi CallApi"},
		{"gateway", "error-without-request-id", "CLIENT-2 alibaba-cloud-sdk-go, darabonba-openapi DoRPCRequest, darabonba-openapi CallApi: loses RequestId"},
		{"gateway", "success-is-an-array", "loses RequestId"},
		{"gateway", "members-in-lower-case", "CLIENT-2 alibaba-cloud-sdk-go: loses Code, RequestId"},
		{"ecs", "errors-in-one-format", "CLIENT-2 alibaba-cloud-sdk-go: loses Code, Message, RequestId; darabonba-openapi DoRPCRequest: loses all (invalid character '<' looking for beginning of value)"},
		{"ecs", "application-xml", "CLIENT-1 application/xml;charset=utf-8; "},
	} {
		i := slices.IndexFunc(selftest.Trials(), func(trial selftest.Trial) bool {
			return trial.Profile.Name == c.profile && trial.Style == schemas.RPC && trial.Variant != nil && trial.Variant.Name == c.mutant
		})
		if i < 0 {
			t.Errorf("%s has no mutant %s", c.profile, c.mutant)
			continue
		}
		found := bySDKs(findings(t, selftest.Trials()[i]))
		if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, c.want) }) {
			t.Errorf("%s, %s: found\n\t%s\nwant\n\t%s", c.profile, c.mutant, strings.Join(found, "\n\t"), c.want)
		}
	}
}
