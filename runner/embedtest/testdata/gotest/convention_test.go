package service

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// newService stands for the service under test.
func newService() *reference.Server {
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		panic(err)
	}
	return reference.New(profile)
}

// small leaves out the cases of many equal requests.
func small(p *suites.Planned) bool { return p.Requests() <= 8 }

func TestConvention(t *testing.T) {
	service := newService()
	runner.Test(t, runner.Target{Serve: service.Serve, Profile: "ecs", Key: service.Target("").Credentials[schemas.DefaultKey],
		Options: runner.Options{Timeout: time.Minute}, Select: small})
}

func TestConventionOverTheNetwork(t *testing.T) {
	service := newService()
	srv := httptest.NewUnstartedServer(nil)
	defer srv.Close()
	go service.Serve(srv.Listener)
	run, err := runner.Target{URL: "http://" + srv.Listener.Addr().String(), File: service.Target(""), Select: small}.Conform(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d kept", run.Verdict, run.Counts.Kept)
}
