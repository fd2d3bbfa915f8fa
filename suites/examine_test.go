package suites_test

import (
	"reflect"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Examine finds what Exchange finds, and looked at every clause that it found broken.
func TestExamineCountsLooks(t *testing.T) {
	for _, c := range fixtures.Captures() {
		p, err := fixtures.Profile(c.Profile)
		if err != nil {
			t.Fatal(err)
		}
		judge := suites.NewJudge(p, fixtures.Clauses())
		got := judge.Examine(&c.Exchange)
		if want := judge.Exchange(&c.Exchange); !reflect.DeepEqual(got.Findings, want) {
			t.Errorf("%s: Examine finds %v, Exchange %v", c.Name, got.Findings, want)
		}
		for _, f := range got.Findings {
			if got.Looks[f.Clause] == 0 {
				t.Errorf("%s: %s is broken, and nobody looked at it", c.Name, f.Clause)
			}
		}
		if got.Looks["REQUESTID-2"] != 0 || got.Looks["FORMAT-10"]+got.Looks["FORMAT-11"] > 1 {
			t.Errorf("%s: looked at %v", c.Name, got.Looks)
		}
	}
}

func TestCraftedByConditionAlone(t *testing.T) {
	for _, c := range []struct {
		profile           string
		condition         schemas.Condition
		preferred         string
		clause, parameter string
		known             bool
	}{
		{"ecs", suites.NonceReused, "NONCE-1", "NONCE-1", "SignatureNonce", true},
		{"ecs", suites.NonceReused, "FORMAT-10", "NONCE-1", "SignatureNonce", true}, // the book exercises FORMAT-10 by nothing of its own
		{"ecs", suites.WrongSignature, "", "SIGN-1", "Signature", true},
		{"ecs", suites.WrongSignature, "SIGN-2", "SIGN-2", "Signature", true},
		{"ecs", suites.NonceReused, "SIGN-2", "NONCE-1", "SignatureNonce", true},
		{"ecs", schemas.Sound, "", "SUCCESS-4", "", true},
		{"kms", suites.NonceRaced, "", "", "SignatureNonce", false},
		{"ecs", "no-such-condition", "", "", "", false},
	} {
		p, err := fixtures.Profile(c.profile)
		if err != nil {
			t.Fatal(err)
		}
		got, known := suites.NewJudge(p, fixtures.Clauses()).Crafted(c.condition, c.preferred)
		if got.Clause != c.clause || got.Parameter != c.parameter || known != c.known || got.Condition != c.condition {
			t.Errorf("%s, %s for %q: %+v, %v", c.profile, c.condition, c.preferred, got, known)
		}
	}
}
