package server

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// crafted makes each condition out of the sound request.
func crafted() map[schemas.Condition]func(*ask) {
	cases := map[schemas.Condition]func(*ask){
		UnknownAction:           func(a *ask) { a.set("Action", "NoSuchAction") },
		UnknownVersion:          func(a *ask) { a.set("Version", "1999-01-01") },
		UnknownAccessKey:        func(a *ask) { a.set("AccessKeyId", "nobody") },
		DisabledAccessKey:       func(a *ask) { a.as(schemas.InactiveKey) },
		STSWithoutToken:         func(a *ask) { a.as(schemas.STSKey).drop("SecurityToken") },
		MalformedToken:          func(a *ask) { a.as(schemas.STSKey).set("SecurityToken", "garbage") },
		ExpiredToken:            func(a *ask) { a.as(schemas.ExpiredKey) },
		MismatchedToken:         func(a *ask) { a.as(schemas.MismatchedKey) },
		WrongSignature:          func(a *ask) { a.secret = "another" },
		SignatureNotBase64:      func(a *ask) { a.unsaid = true; a.set("Signature", "***") },
		UnknownSignatureMethod:  func(a *ask) { a.set("SignatureMethod", "HMAC-MD5") },
		UnknownSignatureVersion: func(a *ask) { a.set("SignatureVersion", "9.9") },
		MalformedTimestamp:      func(a *ask) { a.set("Timestamp", "2026-01-01 00:00:00") },
		StaleTimestamp:          func(a *ask) { a.set("Timestamp", at(-16*time.Minute)) },
		UnsupportedMethod:       func(a *ask) { a.method = "PUT" },
		UnknownFormat:           func(a *ask) { a.set("Format", "YAML") },
		AcceptUnsupported:       func(a *ask) { a.header.Set("Accept", "text/html") },
		ContentMD5Mismatch:      func(a *ask) { a.header.Set("Content-MD5", "AAAA") },
		UnknownRegion:           func(a *ask) { a.set("RegionId", "nowhere-1") },
		UnknownHost:             func(a *ask) { a.host = "no.such.product.test" },
		OwnerIDAndAccount:       func(a *ask) { a.set("OwnerId", ownerID).set("OwnerAccount", ownerAccount) },
		InvalidOwnerAccount:     func(a *ask) { a.set("OwnerAccount", "nobody") },
		InvalidOwnerID:          func(a *ask) { a.set("OwnerId", "nobody") },

		InvalidResourceOwnerAccount: func(a *ask) { a.set("ResourceOwnerAccount", "nobody") },
	}
	for name := range Kebab {
		cases[Missing(name)] = func(a *ask) { a.skipped = []string{name} }
		if Empty(name) != Missing(name) {
			cases[Empty(name)] = func(a *ask) { a.unsaid = name == "Signature"; a.set(name, "") }
		}
	}
	return cases
}

func TestConditionsAreRefused(t *testing.T) {
	for _, name := range profileNames {
		p := profileOf(t, name)
		s := New(p)
		for condition, craft := range crafted() {
			if slices.Contains(p.Inapplicable, condition) || slices.Contains(p.Ignores, condition) {
				continue
			}
			for _, method := range []string{"GET", "POST"} {
				a := sound(s)
				a.method = method
				craft(a)
				got := a.serve()
				if fits(t, p, got); got.status < 400 || got.status > 499 {
					t.Errorf("%s %s: %d %s", name, condition, got.status, got.body)
				}
				if !slices.Contains(p.Silent, condition) && !documents(p, condition, got) {
					t.Errorf("%s %s: %d %s", name, condition, got.status, got.body)
				}
			}
		}
	}
}

// documents reports whether the profile returns that code with that status for the condition.
func documents(p *schemas.Profile, condition schemas.Condition, got answer) bool {
	return slices.ContainsFunc(p.Codes, func(r schemas.Row) bool {
		family, _, _ := strings.Cut(r.Code, "{")
		return slices.Contains(r.Answers, condition) && r.Status.Holds(got.status) &&
			(r.Code == got.code() || family != r.Code && strings.HasPrefix(got.code(), family))
	})
}

// Every condition that a profile documents must be one that the server knows, or one of those named here.
func TestEveryDocumentedConditionIsKnown(t *testing.T) {
	known := crafted()
	for _, condition := range []schemas.Condition{
		NonceReused, "nonce-raced", FormatXML, ContentLengthMismatch, PlainHTTP, Throttled, ClientTokenMismatch, ClientTokenInProgress,
	} {
		known[condition] = nil
	}
	for _, name := range profileNames {
		for _, row := range profileOf(t, name).Codes {
			for _, condition := range row.Answers {
				if _, ok := known[condition]; !ok {
					t.Errorf("%s: %s answers %q, which the server does not tell apart", name, row.Code, condition)
				}
			}
		}
	}
}

// The server spells conditions as the book does.
func TestConditionsAreTheBooks(t *testing.T) {
	for condition := range crafted() {
		if !slices.Contains(suites.Conditions(), condition) {
			t.Errorf("the book has no condition %q", condition)
		}
	}
}

func TestMissingIsNamed(t *testing.T) {
	for _, c := range []struct{ profile, name, code, message string }{
		{"gateway", "Version", "MissingVersion", "Version is mandatory for this action."},
		{"ecs", "Action", "MissingParameter", `The input parameter "Action" that is mandatory for processing this request is not supplied`},
		{"ecs", "SignatureNonce", "MissingParameter", `The input parameter "SignatureNonce" that is mandatory for processing this request is not supplied`},
		{"kms", "Signature", "MissingParameter", `The parameter "Signature" is needed but not provided.`},
		{"kms-legacy", "Timestamp", "MissingParameter", `The parameter "Timestamp" is needed but not provided.`},
		{"ess", "Version", "MissingParameter", "The input parameter Version that is mandatory for processing this request is not supplied."},
	} {
		a := sound(New(profileOf(t, c.profile)))
		a.skipped = []string{c.name}
		if got := a.serve(); got.code() != c.code || got.members["Message"] != c.message {
			t.Errorf("%s without %s: %s %q, want %s %q", c.profile, c.name, got.code(), got.members["Message"], c.code, c.message)
		}
	}
}

func TestHostIdIsTheHostAddressed(t *testing.T) {
	for profile, want := range map[string]string{"ess": "ess.example.test", "kms-legacy": "ess.example.test", "ecs": "ess.example.test"} {
		a := sound(New(profileOf(t, profile))).drop("Action")
		a.host = "ess.example.test:8080"
		if got := a.serve(); got.members["HostId"] != want {
			t.Errorf("%s: HostId %q, want %q", profile, got.members["HostId"], want)
		}
	}
}

func TestClockWindow(t *testing.T) {
	for _, name := range profileNames {
		s := New(profileOf(t, name))
		for offset, served := range map[time.Duration]bool{
			-14 * time.Minute: true, 14 * time.Minute: true, -16 * time.Minute: false, 16 * time.Minute: false,
		} {
			if got := sound(s).set("Timestamp", at(offset)).serve(); (got.status == 200) != served {
				t.Errorf("%s, %s off: %d %s", name, offset, got.status, got.body)
			}
		}
	}
}

func TestPublicParametersStandOnce(t *testing.T) {
	for _, name := range profileNames {
		for _, twice := range []string{"Action", "Format"} {
			a := sound(New(profileOf(t, name)))
			a.params[twice] = []string{"JSON", "XML"}
			if got := a.serve(); got.status != 400 {
				t.Errorf("%s, %s twice: %d %s", name, twice, got.status, got.body)
			}
		}
	}
}

func TestEveryRowCanBeProvoked(t *testing.T) {
	for _, name := range profileNames {
		p := profileOf(t, name)
		s := New(p)
		for _, r := range s.Target("http://127.0.0.1").Recipes {
			a := sound(s).by(cmp.Or(r.Method, "GET")).set("Action", cmp.Or(r.Action, s.Service.Sound.Action))
			if r.Credentials != "" {
				a.as(r.Credentials)
			}
			status, err := suites.TableStatus(p, r.Code, r.Status, r.Message)
			if err != nil {
				t.Errorf("%s: the recipe of %s: %v", name, r.Code, err)
			}
			a.drop("RegionId")
			for name, value := range r.Params {
				a.set(name, value)
			}
			got := a.serve()
			if fits(t, p, got); got.code() != r.Code || !status.Holds(got.status) {
				t.Errorf("%s: want %s %s, got %d %s", name, status, r.Code, got.status, got.body)
			}
		}
		if len(p.Codes) != len(s.reached())+len(s.Target("").Recipes) {
			t.Errorf("%s: %d rows, %d reached, %d recipes", name, len(p.Codes), len(s.reached()), len(s.Target("").Recipes))
		}
	}
}
