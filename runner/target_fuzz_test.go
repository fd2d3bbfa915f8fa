package runner

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// faultLine is how a fault of a file is told: the file, the line where one can be named, and what is wrong.
var faultLine = regexp.MustCompile(`^target\.yaml(?::[1-9][0-9]*:[1-9][0-9]*)?: [^\n]+$`)

const fuzzedTarget = `url: https://ecs.example.test:8443/api
profile: ecs
style: rpc
request: {action: DescribeRegions, version: "2014-05-26", params: {RegionId: "cn-${CITY}", Text: "$${CITY} and $5"}}
body_request: {method: POST, path: /echo, body: '{"a":1}', content_type: application/json}
credentials:
  default: {access_key_id: LTAI1, access_key_secret: "${SECRET}"}
  inactive: {access_key_id: LTAI2, access_key_secret: s2}
  sts: {access_key_id: STS.1, access_key_secret: s3, security_token: t}
recipes:
  - {code: Forbidden.KeyNotFound, status: 404, action: DescribeKey, params: {KeyId: "${CITY}"}, credentials: inactive}
idempotency: {action: RunInstances, token_param: ClientToken, params: {A: b}, slow_params: {Slow: "true"}}
tls_only: {action: SecretOp, version: "1"}
limits: {concurrency: 4, rate: 2.5, timeout: 3s, throttle: {action: Burst, requests: 50, per: 1s}}
skip: [{case: throttled-burst, reason: shared, until: 2027-01-31}]
`

// FuzzLoad loads anything as a target file: nothing panics, each fault is one line that a terminal can be shown
// and that names the file, and a target that is taken can be planned, crafted, and asked for its secrets.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(fuzzedTarget))
	for _, old := range []string{
		"https://", "ecs.example.test", ":8443", "rpc", "DescribeRegions", "${CITY}", "LTAI1", "404", "3s", "50", "2.5", "2027-01-31", "/echo",
		"default", "Forbidden.KeyNotFound", "ClientToken", "POST", "\"2014-05-26\"", "s2", "inactive",
	} {
		for _, other := range []string{"", "\"\\e[31m\"", "\"\\u202e\\n\"", "[]", "-1", "1e400", "${}", "roa", "'% %41?#'", "99999999999999h"} {
			f.Add([]byte(strings.Replace(fuzzedTarget, old, other, 1)))
		}
	}
	f.Add([]byte("url: &a [*a]\n"))
	f.Add([]byte(strings.Repeat("url: ", 50)))
	f.Add([]byte("? {a: 1}\n: 2\n"))
	path := filepath.Join(f.TempDir(), "target.yaml")
	env := envOf(map[string]string{"CITY": "hangzhou", "SECRET": "a:{b}\"c#d"})
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		target, err := targetfile.Load(path, env)
		if (target == nil) == (err == nil) {
			t.Fatalf("got %v and %v", target, err)
		}
		if err != nil {
			told := strings.ReplaceAll(err.Error(), path, "target.yaml")
			for line := range strings.SplitSeq(told, "\n") {
				if !faultLine.MatchString(line) || len(line) > 4<<10 {
					t.Errorf("a fault is told as %.4200q", line)
				}
			}
			return
		}
		useTarget(t, target)
	})
}

// useTarget plans and crafts for a target that was taken, and redacts what was crafted.
func useTarget(t *testing.T, target *schemas.Target) {
	t.Helper()
	moment := suites.Moment{Now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), Seed: strings.Repeat("0f", 16)}
	redactor := redact.New(target)
	for _, name := range []string{"gateway", "ecs"} {
		b := suites.Brief{Profile: profileOf(t, name), Clauses: fixtures.Clauses(), Target: target, Today: "2026-11-23"}
		suites.Probes(b)
		suites.Pings(b)
		plan := suites.Plan(b)
		if maxDuration(plan, Options{}.withDefaults(target.Limits)) <= 0 {
			t.Errorf("a run of %+v has no time", target.Limits)
		}
		for n, p := range plan {
			if p.Skip != "" || n%16 != 0 && p.Case.Base == suites.BaseSound && p.Recipe == nil {
				continue
			}
			x := p.Craft(0, 0, moment)
			redactor.Exchange(x)
			redact.Curl(x.Request)
		}
	}
}
