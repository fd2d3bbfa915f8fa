package report_test

import (
	"bytes"
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/gateways"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// nginx starts the real one before a server, as its beginner's guide has it.
func nginx(t *testing.T, profile *schemas.Profile, upstream string) string {
	t.Helper()
	g, err := gateways.Named("nginx")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Path(); err != nil {
		t.Skip(err)
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(upstream, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	running, err := g.Run(gateways.Default, profile, port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	return running.URL
}

// A gateway whose error pages are HTML is one finding that names it, with the conditions it hits.
func TestPagesOfNginxAreOneFindingThatNamesIt(t *testing.T) {
	profile, err := fixtures.Profile("kms")
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(profile)
	listening, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Close()
	brief := suites.Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: server.Target(nginx(t, profile, listening.URL()))}
	ctx := context.Background()
	session, err := runner.Open(ctx, brief, runner.Options{Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	session.Start(ctx, session.Plan())
	run := session.Finish()
	var out bytes.Buffer
	r := report.Assemble(schemas.Suite{}, time.Now(), []schemas.Run{run})
	if err := (report.Terminal{Clauses: fixtures.Clauses()}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	pages := 0
	for _, block := range strings.Split(text, "\n\n") {
		if strings.Contains(block, "HTML page") && strings.HasPrefix(block, "×") {
			pages++
			if !strings.Contains(block, "nginx") || !strings.Contains(block, "more cases") {
				t.Errorf("the finding does not name nginx and its cases:\n%s", block)
			}
		}
	}
	if pages != 1 {
		t.Errorf("%d findings about pages of HTML, want 1:\n%s", pages, text)
	}
}
