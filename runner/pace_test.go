package runner

import (
	"net/http"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// clockedRun tests a server of a profile in this process, by a clock of its own. Nothing is waited for.
func clockedRun(t *testing.T, profile string, chosen func(*suites.Planned) bool, options ...reference.Option) *schemas.Run {
	t.Helper()
	time.Sleep(27 * 365 * 24 * time.Hour) // the clock of a test begins in 2000, when the expired token was good
	server := reference.New(profileOf(t, profile), options...)
	run, err := Target{Serve: server.Serve, Profile: profile, File: server.Target(""), Select: chosen}.Conform(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// findings lists what is not as it is with a right server.
func checkRight(t *testing.T, run *schemas.Run) {
	t.Helper()
	for _, r := range run.Cases {
		if len(r.Findings) > 0 || r.Outcome == schemas.NotJudged {
			t.Errorf("%s [%s, %s]: %s %s %+v", r.Name, r.Format, r.Method, r.Outcome, r.Why, r.Findings)
		}
	}
}

// A modest limit costs time, not coverage, and is no finding, whatever it counts by and however it says so. All but
// the hundreds of nonces of the book is sent, half of it by one method; with ACSCONFORM_WHOLE set, as in make selftest, all of it
// by all, and the whole book against three of the limits, and with ACSCONFORM_ALL against all.
func TestALimitCostsTimeAndNotCoverage(t *testing.T) {
	whole := map[string]bool{"40 a second, by 429": true, "20 a second without a burst, by 400": true, "20 in the last second, refused ones counted": true}
	selftest := os.Getenv("ACSCONFORM_WHOLE") != ""
	bursts := func(p *suites.Planned) bool {
		return p.Requests() <= 64 && (selftest || p.Method == http.MethodGet && p.Place%4 < 2)
	}
	for name, l := range map[string]reference.Limit{
		"40 a second, by 429":                         {PerSecond: 40, Burst: 10, Status: 429, Code: "Throttling.User"},
		"20 a second, by 400":                         {PerSecond: 20, Burst: 10, Status: 400, Code: "Throttling"},
		"20 a second without a burst, by 400":         {PerSecond: 20, Burst: 2, Status: 400, Code: "Throttling.Api"},
		"20 a second after the nonce, by 400":         {PerSecond: 20, Burst: 10, After: true, Status: 400, Code: "Throttling"},
		"5 a second, by 503 and seconds":              {PerSecond: 5, Burst: 5, Status: 503, Code: "ServiceUnavailable", Hint: reference.HintSeconds},
		"5 a second, by 503 without a hint":           {PerSecond: 5, Burst: 5, Status: 503, Code: "ServiceUnavailable"},
		"5 a second of a key, by 429":                 {PerSecond: 5, Burst: 5, PerKey: true, Status: 429, Code: "Throttling.User"},
		"40 in each second, by 429 and milliseconds":  {PerSecond: 40, Window: reference.Fixed, Status: 429, Code: "Throttling.User", Hint: reference.HintMilliseconds},
		"20 in each second, by 503 and a date":        {PerSecond: 20, Window: reference.Fixed, Status: 503, Code: "Throttling.User", Hint: reference.HintDate},
		"20 in the last second, by 429":               {PerSecond: 20, Window: reference.Sliding, Status: 429, Code: "Throttling.User"},
		"20 in the last second, refused ones counted": {PerSecond: 20, Window: reference.Strict, Status: 429, Code: "Throttling"},
		"6 in the last second, by 400":                {PerSecond: 6, Window: reference.Sliding, Status: 400, Code: "Throttling"},
	} {
		profile := "gateway" // whose table has codes of throttling
		if l.PerSecond == 40 {
			profile = "kms" // whose table has none
		}
		chosen := bursts
		if whole[name] && selftest || os.Getenv("ACSCONFORM_ALL") != "" {
			chosen = nil
		}
		t.Run(name+", "+profile, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run := clockedRun(t, profile, chosen, reference.Limited(l))
				checkRight(t, run)
				if run.Pace == nil || run.Pace.Rate < l.PerSecond/3 || run.Pace.Rate > 1.5*l.PerSecond && !l.PerKey {
					t.Errorf("found %v, want a rate near %v", run.Pace, l.PerSecond)
				}
			})
		})
	}
}
