package runner_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func serverOf(t testing.TB, profile string, options ...reference.Option) *reference.Server {
	t.Helper()
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	return reference.New(p, options...)
}

// nonces selects few cases of which some are several requests.
func nonces(p *suites.Planned) bool {
	return (p.Clause.ID == "NONCE-1" || p.Clause.ID == "SUCCESS-4") && quickly(p)
}

// quickly leaves out the cases of a burst or of hundreds of requests: a race at most is left.
func quickly(p *suites.Planned) bool { return p.Requests() <= 8 }

func mutantOf(t testing.TB, name string) reference.Option {
	t.Helper()
	i := slices.IndexFunc(mutants.All(), func(v reference.Variant) bool { return v.Name == name })
	if i < 0 {
		t.Fatalf("no mutant is called %s", name)
	}
	return reference.With(mutants.All()[i])
}

// The first profile sends every variant, the others those of one method in JSON, unless ACSCONFORM_WHOLE is set, as in make selftest.
func TestTheRightServersPassAsGoTests(t *testing.T) {
	t.Setenv("ACSCONFORM", "a test that sets its environment cannot be parallel itself")
	for i, profile := range fixtures.Names() {
		s := serverOf(t, profile)
		every := i == 0 || os.Getenv("ACSCONFORM_WHOLE") != ""
		chosen := func(p *suites.Planned) bool {
			return quickly(p) && (every || p.Method == http.MethodGet && p.Format != schemas.XML)
		}
		runner.Test(t, runner.Target{Serve: s.Serve, File: s.Target(""), Strict: true, Select: chosen})
	}
}

func TestManyTestsAtOnceInOneProcess(t *testing.T) {
	for _, profile := range []string{"ecs", "kms", "ess"} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			s := serverOf(t, profile)
			srv := httptest.NewServer(s)
			defer srv.Close()
			runner.Test(t, runner.Target{URL: srv.URL, File: s.Target(""), Select: nonces})
		})
	}
}

// The same server, over a socket and in memory, over TLS and without: the same verdict on every case.
func TestWithoutANetworkTheVerdictsAreTheSame(t *testing.T) {
	s := serverOf(t, "ecs", mutantOf(t, "nonces-not-kept"))
	srv := httptest.NewServer(s)
	defer srv.Close()
	outcomes := func(target runner.Target) map[string]schemas.Outcome {
		t.Helper()
		target.File, target.Select = s.Target(""), func(p *suites.Planned) bool {
			return quickly(p) && p.Format == schemas.XML && p.Method == http.MethodGet
		}
		run, err := target.Conform(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]schemas.Outcome{}
		for _, c := range run.Cases {
			all[c.Name+string(c.Format)+c.Method] = c.Outcome
		}
		return all
	}
	want := outcomes(runner.Target{URL: srv.URL})
	for name, target := range map[string]runner.Target{
		"a handler":           {Handler: s},
		"a handler over TLS":  {Handler: s, URL: "https://ecs.example.test/"},
		"a server of its own": {Serve: (&http.Server{Handler: s}).Serve},
	} {
		for id, got := range outcomes(target) {
			if strings.HasPrefix(id, "plain-http") && got == schemas.Skipped {
				continue // asks for plain HTTP
			}
			if got != want[id] {
				t.Errorf("%s: %s is %s, over a socket %s", name, id, got, want[id])
			}
		}
	}
}

func TestOverTLSAHandlerIsMetByHTTP2(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1") // nothing in this process goes over a proxy
	s := serverOf(t, "ecs")
	file := s.Target("")
	file.Resolve = []string{"127.0.0.1", "127.0.0.2"}
	run, err := runner.Target{Handler: s, URL: "https://ecs.example.test/", File: file, Select: nonces}.Conform(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range run.Cases {
		if c.Exchange != nil && len(c.Exchange.Request.Raw) > 0 {
			continue // on a connection of its own, in HTTP/1.1
		}
		if c.Exchange == nil || c.Exchange.Response.Proto != "HTTP/2.0" {
			t.Fatalf("%s was answered over %+v", c.Name, c.Exchange)
		}
	}
}

func TestAPlanIsMadeBeforeTheServerIsThere(t *testing.T) {
	s := serverOf(t, "ecs")
	target := runner.Target{File: s.Target(""), Select: nonces}
	plan, err := target.Plan()
	if err != nil || len(plan) == 0 {
		t.Fatalf("%d cases, %v", len(plan), err)
	}
	ids := map[string]bool{}
	for _, p := range plan {
		if ids[p.ID()] {
			t.Errorf("%s is planned twice", p.ID())
		}
		ids[p.ID()] = true
	}
	srv := httptest.NewServer(s)
	defer srv.Close()
	target.Late = func(late *runner.Target) { late.URL = srv.URL }
	run, err := target.Conform(t.Context(), plan[1:3])
	if err != nil || len(run.Cases) != 2 || run.Cases[0].Name != plan[1].Case.Name.Text {
		t.Fatalf("%+v, %v", run, err)
	}
	target.Late = func(late *runner.Target) { late.URL, late.Profile, late.File = srv.URL, "gateway", nil }
	if _, err := target.Conform(t.Context(), plan); err == nil || !strings.Contains(err.Error(), "Late must not change") {
		t.Errorf("another profile than planned: %v", err)
	}
}

func TestFaultsOfATarget(t *testing.T) {
	handler := http.NotFoundHandler()
	for want, target := range map[string]runner.Target{
		"has no Profile":           {URL: "http://127.0.0.1:1/"},
		`no profile is called "x"`: {Profile: "x"},
		"none.yaml":                {Profile: "none.yaml"},
		"not called in style roa":  {Profile: "ecs", Style: schemas.ROA, URL: "http://127.0.0.1:1/"},
		"has no URL":               {Profile: "ecs"},
		"both Config and File":     {Profile: "ecs", Config: "x.yaml", File: &schemas.Target{}},
		"both Handler and Serve":   {Profile: "ecs", Handler: handler, Serve: (&http.Server{}).Serve},
		"x.yaml: the target file":  {Config: "x.yaml"},
		"known.yaml":               {Profile: "ecs", Known: "known.yaml"},
		"want http://":             {Profile: "ecs", URL: "ecs"},
	} {
		_, err := target.Conform(t.Context(), nil)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want a line with %q", err, want)
		}
	}
	var why *runner.Untestable
	if _, err := (runner.Target{Profile: "ecs", URL: "http://127.0.0.1:1/"}).Conform(t.Context(), nil); !errors.As(err, &why) {
		t.Errorf("a dead target: %v", err)
	}
	foreign := runner.Target{Profile: "ecs", Handler: handler, Options: runner.Options{Timeout: time.Minute}}
	if _, err := foreign.Conform(t.Context(), nil); !errors.As(err, &why) {
		t.Errorf("a handler that answers in plain text, without a key: %v", err)
	}
	foreign.Options.Force = true
	if _, err := foreign.Conform(t.Context(), nil); err != nil {
		t.Errorf("the same, by force: %v", err)
	}
}

func TestConformEndsWithItsContext(t *testing.T) {
	s := serverOf(t, "ecs")
	ctx, cancel := context.WithCancelCause(t.Context())
	target := runner.Target{Serve: s.Serve, File: s.Target(""), Options: runner.Options{Concurrency: 1, Progress: func(done, _ int) {
		if done == 3 {
			cancel(errors.New("enough"))
		}
	}}}
	run, err := target.Conform(ctx, nil)
	if err != nil || run.Verdict != schemas.Inconclusive || run.Counts.NotJudged == 0 {
		t.Errorf("%+v, %v", run, err)
	}
}
