package suites_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/sign"
)

var moment = suites.Moment{Now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Seed: "0123456789abcdef0123456789abcdef"}

func brief(t *testing.T, profile string, style schemas.Style) suites.Brief {
	t.Helper()
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	key := schemas.Credential{AccessKeyID: "testid", AccessKeySecret: "testsecret"}
	token := schemas.Credential{AccessKeyID: "STS.testid", AccessKeySecret: "testsecret", SecurityToken: "testtoken"}
	return suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: &schemas.Target{
		URL: "http://127.0.0.1:8080/", Style: style,
		Request:     schemas.SoundRequest{Action: "DescribeRegions", Version: "2014-05-26", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		Credentials: map[string]schemas.Credential{"default": key, "inactive": key, "sts": token, "sts_expired": token, "sts_mismatched": token},
		Idempotency: &schemas.Idempotency{Action: "RunInstances", Params: map[string]string{"ImageId": "img"}, TokenParam: "ClientToken", SlowParams: map[string]string{"Amount": "9"}},
		Recipes:     []schemas.Recipe{{Code: "ChargeTypeViolation", Status: schemas.Exactly(403), Action: "StopInstance"}},
		Limits:      schemas.Limits{Throttle: &schemas.Throttle{Action: "BurstOp", Requests: 5}},
	}}
}

// query reads the parameters of an rpc request back from where they travel.
func query(t *testing.T, r schemas.Request) url.Values {
	t.Helper()
	u, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	text := u.RawQuery
	if r.Method == "POST" {
		text = string(r.Body)
	}
	values, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func find(t *testing.T, plan []*suites.Planned, id string) *suites.Planned {
	t.Helper()
	i := slices.IndexFunc(plan, func(p *suites.Planned) bool { return p.ID() == id })
	if i < 0 {
		t.Fatalf("no case %s in the plan", id)
	}
	return plan[i]
}

func TestChangesKeepTheSignatureAndSpoilsDoNot(t *testing.T) {
	plan := suites.Plan(brief(t, "ecs", schemas.RPC))
	for id, fits := range map[string]bool{
		"sound-request [XML, GET]":                 true,
		"sound-request [JSON, POST]":               true,
		"version-missing [JSON, GET]":              true,
		"timestamp-a-day-old [XML, POST]":          true,
		"sdk-values [XML, GET]":                    true,
		"parameters-reordered [JSON, GET]":         true,
		"parameter-added-after-signing [XML, GET]": false,
		"signature-case-changed [XML, POST]":       false,
		"signed-for-the-other-method [XML, GET]":   false,
		"signed-with-another-secret [JSON, POST]":  false,
	} {
		p := find(t, plan, id)
		r := p.Craft(len(p.Steps())-1, 0, moment).Request
		values := query(t, r)
		var params []sign.Param
		for name, list := range values {
			for _, v := range list {
				if name != "Signature" {
					params = append(params, sign.Param{Name: name, Value: v})
				}
			}
		}
		_, want := sign.RPC(r.Method, params, "testsecret")
		if got := values.Get("Signature"); (got == want) != fits {
			t.Errorf("%s: signature %s, recomputed %s, want them equal: %v", id, got, want, fits)
		}
	}
}

func TestNoncesOfACase(t *testing.T) {
	plan := suites.Plan(brief(t, "ecs", schemas.RPC))
	nonce := func(id string, step, copy int) string {
		r := find(t, plan, id).Craft(step, copy, moment).Request
		if _, form, raw := strings.Cut(string(r.Raw), "\r\n\r\n"); raw {
			r.Body = schemas.Body(form)
		}
		return query(t, r).Get("SignatureNonce")
	}
	if a, b := nonce("nonce-used-twice [XML, GET]", 0, 0), nonce("nonce-used-twice [XML, GET]", 1, 0); a != b {
		t.Errorf("nonce-used-twice sends %s and %s, want one nonce", a, b)
	}
	if a, b := nonce("nonce-raced [XML, GET]", 0, 0), nonce("nonce-raced [XML, GET]", 0, 7); a != b {
		t.Errorf("nonce-raced sends %s and %s, want one nonce", a, b)
	}
	form := regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	fresh := map[string]bool{}
	for step := range 8 {
		for i := range 26 {
			n := nonce("nonces-fresh [XML, GET]", step, i)
			if !form.MatchString(n) {
				t.Errorf("nonce %s has not the form of a UUID", n)
			}
			fresh[n] = true
		}
	}
	if len(fresh) != 208 {
		t.Errorf("nonces-fresh sends %d nonces, want 208", len(fresh))
	}
}

// Craft has to be pure, and its requests must be such that a client can send them: a URL that parses, or raw bytes.
func TestEveryCaseCanBeCrafted(t *testing.T) {
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			for _, planned := range suites.Plan(brief(t, p.Name, style)) {
				for step, s := range planned.Steps() {
					one, two := planned.Craft(step, 0, moment), planned.Craft(step, 0, moment)
					if one.Request.URL != two.Request.URL || string(one.Request.Body) != string(two.Request.Body) || string(one.Request.Raw) != string(two.Request.Raw) {
						t.Errorf("%s, %s: %s: two crafts of one moment differ", p.Name, style, planned.ID())
					}
					if _, err := url.Parse(one.Request.URL); err != nil && len(one.Request.Raw) == 0 {
						t.Errorf("%s, %s: %s: %v", p.Name, style, planned.ID(), err)
					}
					if planned.Condition != schemas.Sound && planned.Description() == "the sound request" && s.Parallel+s.Sequential == 0 {
						t.Errorf("%s: does not say what it changes", planned.ID())
					}
				}
			}
		}
	}
}

func TestASkippedCaseNamesTheLineItNeeds(t *testing.T) {
	b := brief(t, "ecs", schemas.RPC)
	b.Target = &schemas.Target{URL: "http://127.0.0.1:8080/", Request: b.Target.Request, Credentials: map[string]schemas.Credential{"default": {AccessKeyID: "a", AccessKeySecret: "b"}}}
	plan := suites.Plan(b)
	for id, want := range map[string]string{
		"key-disabled [XML, GET]":                       "credentials.inactive: {",
		"row [XML, GET]":                                "recipes: [{",
		"throttled-burst [XML, GET]":                    "limits.throttle: {",
		"client-token-with-other-parameters [XML, GET]": "idempotency: {",
	} {
		if p := find(t, plan, id); !strings.Contains(p.Skip, want) {
			t.Errorf("%s: skip %q, want it to name %q", id, p.Skip, want)
		}
	}
	b.Target.Credentials = nil
	for _, p := range suites.Plan(b) {
		if p.Condition == schemas.Sound && !strings.Contains(p.Skip, "credentials.default") {
			t.Errorf("%s: skip %q without credentials, want it to name credentials.default", p.ID(), p.Skip)
		}
	}
	b.Target.Skip = []schemas.Skip{{Case: "version-missing", Reason: "under repair", Until: "2026-12-31"}}
	for today, skipped := range map[string]bool{"2026-12-31": true, "2027-01-01": false} {
		b.Today = today
		if got := find(t, suites.Plan(b), "version-missing [XML, GET]").Skip != ""; got != skipped {
			t.Errorf("version-missing on %s: skipped %v, want %v", today, got, skipped)
		}
	}
}

// The name of a family skips every case of it, and no other.
func TestAFamilyIsSkipped(t *testing.T) {
	b := brief(t, "gateway", schemas.RPC)
	b.Target.Skip = []schemas.Skip{{Case: "tampered", Reason: "under repair"}}
	const why = "the target file skips it: under repair"
	tampered := 0
	for _, p := range suites.Plan(b) {
		if p.Case.IsTampering() {
			tampered++
		}
		if p.Case.IsTampering() != (p.Skip == why) {
			t.Errorf("%s: skip %q", p.ID(), p.Skip)
		}
	}
	if tampered < 20 {
		t.Errorf("%d cases are tampered with", tampered)
	}
}

// A literal must not be read as a layout of the time package, whatever the hour.
func TestSpelledTimestamps(t *testing.T) {
	plan := suites.Plan(brief(t, "gateway", schemas.RPC))
	for id, want := range map[string]string{
		"timestamp-month-13 [JSON, GET]":  "2026-13-23T01:00:00Z",
		"timestamp-second-61 [JSON, GET]": "2026-11-23T01:00:61Z",
	} {
		at := suites.Moment{Now: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC), Seed: moment.Seed}
		if got := query(t, find(t, plan, id).Craft(0, 0, at).Request).Get("Timestamp"); got != want {
			t.Errorf("%s sends %s, want %s", id, got, want)
		}
	}
}
