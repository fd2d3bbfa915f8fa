package embedtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// The command that the manual names, from the top of the module: of two processes, one sends the plan, once.
func TestTheBookUnderGinkgosCommand(t *testing.T) {
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(profile)
	var preflights, requests atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch agent := r.UserAgent(); {
		case strings.Contains(agent, "(case preflight"):
			preflights.Add(1)
		case strings.Contains(agent, "(case nonce-used-twice"):
			requests.Add(1)
		default:
			t.Errorf("a request of %s", agent)
		}
		server.ServeHTTP(w, r)
	}))
	defer srv.Close()
	key := server.Target("").Credentials[schemas.DefaultKey]
	env := []string{"GOFLAGS=", "CONFIG=", "TARGET=" + srv.URL, "PROFILE=ecs", "ALIBABA_CLOUD_ACCESS_KEY_ID=" + key.AccessKeyID, "ALIBABA_CLOUD_ACCESS_KEY_SECRET=" + key.AccessKeySecret}
	out, ok := run(t, "../..", env, "go", "tool", "ginkgo", "--no-color", "-p", "--procs=2", "--label-filter=/^nonce-used-twice$/ && JSON && GET", "./suites/specs")
	if !ok || !strings.Contains(out, "Running in parallel across 2 processes") || !strings.Contains(out, "1 Passed | 0 Failed") {
		t.Errorf("passed is %v:\n%s", ok, out)
	}
	if preflights.Load() != 1 || requests.Load() != 2 {
		t.Errorf("%d first requests and %d of the case were sent, want 1 and 2", preflights.Load(), requests.Load())
	}
}
