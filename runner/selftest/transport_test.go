package selftest

import (
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// How an answer travels has no say in whether it is right: TLS with HTTP/2, and IPv6. One variant of each case is sent; with
// ACSCONFORM_WHOLE set, as in make selftest, every variant.
func TestTheRightServerOverHTTP2AndIPv6(t *testing.T) {
	for name, start := range map[string]func(*reference.Server) (*reference.Listening, error){
		"HTTP/2": func(s *reference.Server) (*reference.Listening, error) { return s.StartTLS("127.0.0.1:0") },
		"IPv6":   func(s *reference.Server) (*reference.Listening, error) { return s.Start("[::1]:0") },
	} {
		t.Run(name, func(t *testing.T) {
			profile, err := fixtures.Profile("ecs")
			if err != nil {
				t.Fatal(err)
			}
			server := reference.New(profile)
			listening, err := start(server)
			if err != nil {
				t.Skipf("this machine cannot: %v", err)
			}
			defer listening.Close()
			session, err := runner.Open(t.Context(), suites.Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: server.Target(listening.URL())},
				runner.Options{Insecure: true, Timeout: time.Minute})
			if err != nil {
				t.Fatal(err)
			}
			plan := briefly(session.Plan())
			if !isWhole() {
				plan = thinly(plan, 1)
			}
			session.Start(t.Context(), plan)
			run := session.Finish()
			if run.Verdict != schemas.Conformant || run.Counts.NotJudged > 0 {
				t.Errorf("%s, %+v", run.Verdict, run.Counts)
			}
			for _, c := range run.Cases {
				for _, f := range c.Findings {
					t.Errorf("%s [%s, %s]: %s: got %s, want %s", c.Name, c.Format, c.Method, f.Clause, f.Got, f.Want)
				}
			}
			if name == "HTTP/2" && run.Cases[0].Exchange.Response.Proto != "HTTP/2.0" {
				t.Errorf("it was spoken to in %s", run.Cases[0].Exchange.Response.Proto)
			}
		})
	}
}
