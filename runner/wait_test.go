package runner

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// Every request of a run, those of the preflight included, waits for a pace that runs share, and a run that may not send
// any more ends without a verdict on the target.
func TestEveryRequestWaitsForASharedPace(t *testing.T) {
	profile, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(profile)
	file := server.Target(memoryURL)
	var asked atomic.Int64
	target := Target{Serve: server.Serve, Profile: "gateway", File: file, Options: Options{MaxRequests: 60}}
	target.Options.Wait = func(_ context.Context, n int) error { asked.Add(int64(n)); return nil }
	run, err := target.Conform(t.Context(), nil)
	if err != nil || run.Verdict != schemas.Conformant {
		t.Fatalf("got %v, %v", run, err)
	}
	if n := asked.Load(); n < 40 || n > 60 {
		t.Errorf("%d requests waited, want nearly the 60 that the run may send", n)
	}

	asked.Store(0)
	over := errors.New("over")
	target.Options.Wait = func(_ context.Context, n int) error {
		if asked.Add(int64(n)) > 20 {
			return over
		}
		return nil
	}
	run, err = target.Conform(t.Context(), nil)
	if err != nil || run.Counts.Broken > 0 || run.Counts.NotJudged == 0 {
		t.Errorf("got %+v, %v; want cases that were not judged, and none that is broken", run, err)
	}
}
