package proxy_test

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/proxy"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// trial is the whole book tried on a server through a proxy.
type trial struct {
	run        schemas.Run
	result     *lint.Result
	tally      proxy.Tally
	transcript []byte
}

// tried tries the book on a server, through a proxy that judges what passes. Wanted says which cases are sent.
func tried(t *testing.T, p *schemas.Profile, style schemas.Style, wanted pick, options ...reference.Option) trial {
	t.Helper()
	server := reference.New(p, options...)
	listening, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Close()
	upstream, err := url.Parse(listening.URL())
	if err != nil {
		t.Fatal(err)
	}
	var out trial
	var transcript bytes.Buffer
	in, pipe := io.Pipe()
	w := proxy.NewWatch(io.MultiWriter(&transcript, pipe), p.Name, 256<<20)
	px, err := proxy.Listen("127.0.0.1:0", proxy.Options{Upstream: upstream, Timeout: time.Minute, Watch: w})
	if err != nil {
		t.Fatal(err)
	}
	reading := lint.Start(t.Context(), []*input.Input{input.From("in", in)}, judged(p))
	out.run = conducted(t, p, server.TargetIn(px.URL(), style), wanted, nil)
	px.Close(t.Context())
	w.Close()
	_ = pipe.Close()
	if out.result, err = reading.Wait(); err != nil {
		t.Fatal(err)
	}
	out.tally, out.transcript = w.Tally(), transcript.Bytes()
	return out
}

func judged(p *schemas.Profile) lint.Options {
	return lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), Profile: p}
}

// A pick says which cases of a plan are sent.
type pick func([]*suites.Planned) []*suites.Planned

func all(plan []*suites.Planned) []*suites.Planned { return plan }

// few picks every case once, in its variants by turns, but for those of many equal requests, which are more than all
// others together, and of the many alterations of what is signed one of eight, unless whole is set.
func few(plan []*suites.Planned) []*suites.Planned {
	if full {
		return plan
	}
	variants := map[string]int{}
	for _, p := range plan {
		variants[p.Case.Name.Text]++
	}
	turn, seen := 0, map[string]int{}
	return slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool {
		name := p.Case.Name.Text
		if seen[name] == 0 {
			turn++
		}
		seen[name]++
		return p.Requests() > 8 || !whole && p.Case.IsTampering() && p.Place%8 > 0 || seen[name]-1 != turn%variants[name]
	})
}

// half picks every other of few, unless whole is set: enough for what shows in most answers.
func half(plan []*suites.Planned) []*suites.Planned {
	n := 0
	return slices.DeleteFunc(few(plan), func(*suites.Planned) bool { n++; return n%2 == 0 && !whole })
}

// conducted runs the book against a target, over the network where no other way to it is given.
func conducted(t *testing.T, p *schemas.Profile, target *schemas.Target, wanted pick, network *pipe.Listener) schemas.Run {
	t.Helper()
	o := runner.Options{Version: "test", Timeout: time.Minute, VerdictOnly: true}
	if network != nil {
		o.Dial = network.Dial
	}
	s, err := runner.Open(t.Context(), suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}, o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start(t.Context(), wanted(s.Plan()))
	return s.Finish()
}

// broken lists the clauses of which a result has findings.
func broken(r *lint.Result) (clauses []string) {
	for _, f := range r.Findings {
		clauses = append(clauses, f.Clause)
	}
	slices.Sort(clauses)
	return slices.Compact(clauses)
}

// outcomes lists what became of every case of a run.
func outcomes(r schemas.Run) (list []string) {
	for _, c := range r.Cases {
		list = append(list, fmt.Sprintf("%s [%s, %s] %s", c.Name, c.Format, c.Method, c.Outcome))
	}
	slices.Sort(list)
	return list
}

func variant(t *testing.T, list []reference.Variant, name string) reference.Variant {
	t.Helper()
	i := slices.IndexFunc(list, func(v reference.Variant) bool { return v.Name == name })
	if i < 0 {
		t.Fatalf("there is no %s", name)
	}
	return list[i]
}

// full has every profile and style tried, and every variant that makes sense. Where whole is not set, as it is in make
// selftest, some are left out.
var (
	full  = os.Getenv("ACSCONFORM_ALL") != ""
	whole = full || os.Getenv("ACSCONFORM_WHOLE") != ""
)

// The right server is as right behind a proxy, and the proxy finds nothing in what passed.
func TestTheRightServerIsRightThroughAProxy(t *testing.T) {
	for _, p := range fixtures.Profiles() {
		for i, style := range p.Styles {
			if i > 0 && !full || !whole && p.Name != "gateway" {
				continue
			}
			wanted := pick(few)
			if whole && p.Name == "gateway" {
				wanted = all
			}
			t.Run(fmt.Sprintf("%s-%s", p.Name, style), func(t *testing.T) {
				server := reference.New(p)
				network := pipe.Listen()
				go server.Serve(network)
				defer network.End()
				direct := conducted(t, p, server.TargetIn("http://127.0.0.1/", style), wanted, network)
				through := tried(t, p, style, wanted)
				if through.run.Verdict != direct.Verdict || !slices.Equal(outcomes(through.run), outcomes(direct)) {
					t.Errorf("%s through the proxy, %s without it", through.run.Verdict, direct.Verdict)
				}
				checkQuiet(t, through)
			})
		}
	}
}

// checkQuiet wants nothing found, something judged, and every request accounted for.
func checkQuiet(t *testing.T, x trial) {
	t.Helper()
	if clauses := broken(x.result); len(clauses) > 0 {
		t.Errorf("found %q: %+v", clauses, x.result.Findings[0].Examples)
	}
	left := x.tally.Exchanges - x.result.Records
	for _, n := range x.tally.NotJudged {
		left -= n
	}
	if x.result.Judged < 100 || left != 0 || x.tally.NotJudged[proxy.Behind]+x.tally.NotJudged[proxy.NoRoom] > 0 {
		t.Errorf("%d judged, %d lost, %q", x.result.Judged, left, x.tally.Notes())
	}
}

// What is wrong with a server is found in what passes, under the clause that the mutant is known to break, and again in
// the transcript.
func TestAProxyNamesTheClause(t *testing.T) {
	for i, c := range []struct{ profile, mutant string }{
		{"gateway", "html-error-page"}, {"gateway", "success-without-request-id"}, {"ecs", "error-root-error-response"},
		{"ecs", "errors-as-html"}, {"ecs", "error-with-200"}, {"ecs", "status-of-another-row"}, {"kms", "request-ids-in-pairs"}, {"ecs", "post-in-xml"},
		{"kms", "http-status-of-its-own"}, {"ess", "no-host-id"}, {"ess", "code-is-a-number"},
		{"gateway", "error-with-result"}, {"ecs", "host-id-of-the-backend"}, {"gateway", "one-byte-too-many"}, {"ecs", "second-answer"},
	} {
		if !whole && i%2 > 0 {
			continue
		}
		t.Run(c.mutant, func(t *testing.T) {
			p, err := fixtures.Profile(c.profile)
			if err != nil {
				t.Fatal(err)
			}
			m := variant(t, mutants.All(), c.mutant)
			x := tried(t, p, p.Styles[0], half, reference.With(m))
			if got := broken(x.result); !slices.Equal(got, []string{m.Clause}) {
				t.Errorf("a server that %s broke %q, want %s", m.Description, got, m.Clause)
			}
			again, err := lint.Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(x.transcript))}, judged(p))
			if err != nil {
				t.Fatal(err)
			}
			again.Recalled = x.result.Recalled
			if fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", x.result) {
				t.Errorf("the transcript shows %+v\nwant %+v", again, x.result)
			}
		})
	}
}

func TestOdditiesPassAProxyUnnoticed(t *testing.T) {
	some := []string{"chunked", "closes-after-every-answer", "http-1.0", "gzip-when-asked", "resets-now-and-then", "members-of-practice", "long-results"}
	for _, o := range oddities.All() {
		for _, p := range fixtures.Profiles() {
			if o.Name == "members-of-its-own" { // without the conditions, its Hints look like result data to ERROR-8
				continue
			}
			if !o.MakesSense(p.Name, p.Styles[0]) || !full && (p.Name != "ecs" || !slices.Contains(some, o.Name)) {
				continue
			}
			t.Run(o.Name+"-"+p.Name, func(t *testing.T) { checkQuiet(t, tried(t, p, p.Styles[0], half, reference.With(o))) })
		}
	}
}
