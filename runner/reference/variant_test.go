package reference_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/mutants/uncovered"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

func TestVariantsAreNamedOnce(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9.]+(-[a-z0-9.]+)*$`)
	seen := map[string]bool{}
	for _, v := range slices.Concat(mutants.All(), uncovered.All(), oddities.All()) {
		if seen[v.Name] || !kebab.MatchString(v.Name) || v.Description == "" || v.Apply == nil {
			t.Errorf("%q: want a name of its own in kebab case, and a sentence", v.Name)
		}
		seen[v.Name] = true
		makesSense := func(p *schemas.Profile) bool {
			return slices.ContainsFunc(p.Styles, func(style schemas.Style) bool { return v.MakesSense(p.Name, style) })
		}
		if !slices.ContainsFunc(fixtures.Profiles(), makesSense) {
			t.Errorf("%s makes sense nowhere", v.Name)
		}
	}
}

func TestMutantsBreakClausesOfTheirProfiles(t *testing.T) {
	clauses := map[string]schemas.Clause{}
	for _, c := range fixtures.Clauses() {
		clauses[c.ID] = c
	}
	for _, v := range mutants.All() {
		c, ok := clauses[v.Clause]
		if !ok {
			t.Errorf("%s breaks %q, which is no clause", v.Name, v.Clause)
			continue
		}
		for _, p := range fixtures.Profiles() {
			if v.MakesSense(p.Name, p.Styles[0]) && !c.AppliesTo(p) {
				t.Errorf("%s breaks %s, which %s is not judged by: leave it out of Profiles", v.Name, v.Clause, p.Name)
			}
		}
	}
	for _, v := range oddities.All() {
		if v.Clause != "" {
			t.Errorf("%s breaks %s: an oddity breaks nothing", v.Name, v.Clause)
		}
	}
}

// A clause without a mutant is one of which nobody knows whether the book would notice.
func TestEveryClauseHasAMutant(t *testing.T) {
	all := append(mutants.All(), mutants.Operations()...)
	for _, c := range fixtures.Clauses() {
		has := slices.ContainsFunc(all, func(v reference.Variant) bool { return v.Clause == c.ID })
		if !has && c.Level != schemas.May && c.Untested == "" {
			t.Errorf("%s has no mutant", c.ID)
		}
	}
}

// Each variant is of one profile that it makes sense for, by turns; with ACSCONFORM_WHOLE set, as in make selftest, of all.
func TestVariantsServeAndRefuseWithoutPanic(t *testing.T) {
	for _, p := range fixtures.Profiles() {
		s, w := reference.New(p), httptest.NewRecorder()
		if s.ServeHTTP(w, signed(s, func(url.Values, *string) {})); w.Code != http.StatusOK {
			t.Fatalf("the right server of %s: %d %s", p.Name, w.Code, w.Body)
		}
	}
	for i, v := range append(mutants.All(), oddities.All()...) {
		fitting := slices.DeleteFunc(slices.Clone(fixtures.Profiles()), func(p *schemas.Profile) bool { return !v.MakesSense(p.Name, schemas.RPC) })
		if len(fitting) > 0 && os.Getenv("ACSCONFORM_WHOLE") == "" {
			fitting = []*schemas.Profile{fitting[i%len(fitting)]}
		}
		for _, p := range fitting {
			s := reference.New(p, reference.With(v))
			for _, craft := range []func(params url.Values, secret *string){
				func(url.Values, *string) {},
				func(params url.Values, _ *string) { params.Del("Action") },
				func(_ url.Values, secret *string) { *secret = "another" },
			} {
				w := httptest.NewRecorder()
				s.ServeHTTP(w, signed(s, craft))
				if w.Code == http.StatusInternalServerError {
					t.Errorf("%s of %s: %d %s", v.Name, p.Name, w.Code, w.Body)
				}
			}
		}
	}
}

// signed returns the sound request of the server's target file in style rpc, changed before it is signed.
func signed(s *reference.Server, craft func(params url.Values, secret *string)) *http.Request {
	target := s.TargetIn("http://127.0.0.1:8080", schemas.RPC)
	key := target.Credentials[schemas.DefaultKey]
	params, secret := url.Values{
		"Action": {target.Request.Action}, "Version": {target.Request.Version}, "AccessKeyId": {key.AccessKeyID}, "SignatureMethod": {"HMAC-SHA1"},
		"SignatureVersion": {"1.0"}, "SignatureNonce": {rand.Text()}, "Timestamp": {time.Now().UTC().Format(time.RFC3339)},
	}, key.AccessKeySecret
	for name, value := range target.Request.Params {
		params.Set(name, value)
	}
	craft(params, &secret)
	var list []sign.Param
	for name := range params {
		list = append(list, sign.Param{Name: name, Value: params.Get(name)})
	}
	_, signature := sign.RPC(http.MethodGet, list, secret)
	params.Set("Signature", signature)
	return httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/?"+params.Encode(), nil)
}
