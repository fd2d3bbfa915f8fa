package matchers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/matchers"
	"github.com/acsconform/acsconform/suites/sign"
	"github.com/acsconform/acsconform/suites/wording"
	"github.com/onsi/gomega/types"
)

func firstLines(text string, n int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[:min(n, len(lines))], "\n")
}

// outcome is what a matcher says of an answer in a word: met, failed or error, with its message.
func outcome(m types.GomegaMatcher, actual any) (word, text string) {
	switch ok, err := m.Match(actual); {
	case err != nil:
		return "error", err.Error()
	case ok:
		return "met", m.NegatedFailureMessage(actual)
	}
	return "failed", m.FailureMessage(actual)
}

// The captures say which clauses they break: those are failed, and no other clause is. One that nobody looked at is an error.
func TestKeepAgreesWithTheCaptures(t *testing.T) {
	met := 0
	for _, c := range fixtures.Captures() {
		looks := suites.NewJudge(profile(t, c.Profile), fixtures.Clauses()).Examine(&c.Exchange).Looks
		for _, clause := range fixtures.Clauses() {
			word, text := outcome(matchers.For(c.Profile).Keep(clause.ID), &c.Exchange)
			want := "met"
			switch {
			case slices.Contains(c.Breaks, clause.ID), slices.Contains(c.Warns, clause.ID) && clause.Level == schemas.Should:
				want = "failed"
			case looks[clause.ID] == 0:
				want = "error"
			}
			if word != want {
				t.Errorf("%s: Keep(%s) is %s, want %s: %s", c.Name, clause.ID, word, want, text)
			}
			switch {
			case word == "met":
				met++
			case word == "failed" && (strings.Count(text, "\n") >= wording.MaxLines || !strings.Contains(text, clause.ID+" "+string(clause.Level)) || !strings.Contains(text, "  got   ")):
				t.Errorf("%s: Keep(%s) fails with\n%s", c.Name, clause.ID, text)
			case word == "error" && !strings.Contains(text, clause.ID+" was not looked at, and so is not kept: "):
				t.Errorf("%s: Keep(%s): %s", c.Name, clause.ID, text)
			}
		}
	}
	if met < 100 {
		t.Errorf("only %d clauses were met in all captures", met)
	}
}

func TestEnvelopesOfTheCaptures(t *testing.T) {
	for _, c := range fixtures.Captures() {
		status, code := c.Exchange.Response.Status, ""
		if e := body.Open(c.Exchange.Response.Body); e != nil && status >= 400 {
			code = e.Text("Code")
		}
		sound := len(c.Breaks) == 0
		for name, check := range map[string]struct {
			matcher types.GomegaMatcher
			met     bool
		}{
			"any error":     {matchers.BeErrorEnvelope(c.Profile, ""), sound && status >= 400},
			"its error":     {matchers.BeErrorEnvelope(c.Profile, code), sound && status >= 400},
			"another error": {matchers.BeErrorEnvelope(c.Profile, code+"X"), false},
			"a success":     {matchers.BeSuccessEnvelope(c.Profile), sound && status < 300},
		} {
			word, text := outcome(check.matcher, &c.Exchange)
			if want := map[bool]string{true: "met", false: "failed"}[check.met]; word != want {
				t.Errorf("%s: %s is %s, want %s:\n%s", c.Name, name, word, want, text)
			}
			if lines := strings.Split(text, "\n"); len(lines) > wording.MaxLines || word == "failed" && !strings.HasPrefix(text, "× ") {
				t.Errorf("%s: %s:\n%s", c.Name, name, text)
			}
		}
	}
}

func profile(t *testing.T, name string) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ecs is the reference server of that profile, as the mutant named; the right one without a name.
func ecs(t *testing.T, mutant string) *reference.Server {
	t.Helper()
	if mutant == "" {
		return reference.New(profile(t, "ecs"))
	}
	for _, v := range mutants.All() {
		if v.Name == mutant {
			return reference.New(profile(t, "ecs"), reference.With(v))
		}
	}
	t.Fatalf("no mutant %s", mutant)
	return nil
}

// signed is a sound call of the reference server, with that nonce.
func signed(s *reference.Server, nonce string) *http.Request {
	target := s.Target("")
	key := target.Credentials[schemas.DefaultKey]
	params := []sign.Param{{Name: "Action", Value: target.Request.Action}, {Name: "Version", Value: target.Request.Version},
		{Name: "Format", Value: "JSON"}, {Name: "AccessKeyId", Value: key.AccessKeyID}, {Name: "SignatureMethod", Value: "HMAC-SHA1"},
		{Name: "SignatureVersion", Value: "1.0"}, {Name: "SignatureNonce", Value: nonce},
		{Name: "Timestamp", Value: time.Now().UTC().Format("2006-01-02T15:04:05Z")}}
	for name, value := range target.Request.Params {
		params = append(params, sign.Param{Name: name, Value: value})
	}
	_, signature := sign.RPC("GET", params, key.AccessKeySecret)
	r := httptest.NewRequest("GET", "http://ecs.example.test/", nil)
	q := r.URL.Query()
	for _, p := range append(params, sign.Param{Name: "Signature", Value: signature}) {
		q.Set(p.Name, p.Value)
	}
	r.URL.RawQuery = q.Encode()
	return r
}

func call(s *reference.Server, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// A test of one endpoint, against the right server and against mutants of it.
func TestOneEndpoint(t *testing.T) {
	own := matchers.For("ecs")
	again := own.Given("nonce-reused")
	for _, c := range []struct {
		mutant  string
		matcher types.GomegaMatcher
		first   bool // of the answer to the first use of the nonce, not the second
		want    string
	}{
		{"", own.BeSuccessEnvelope(), true, "met"},
		{"", own.Given("sound").Keep("SUCCESS-4"), true, "met"},
		{"", own.BeErrorEnvelope("SignatureNonceUsed"), false, "met"},
		{"", again.Keep("NONCE-1"), false, "met"},
		{"", again.BeErrorEnvelope("SignatureNonceUsed"), false, "met"},
		{"", matchers.HaveRequestID(), false, "met"},
		{"", again.Keep("NONCE-1"), true, "failed"}, // as if the first had been the second
		{"", own.Keep("NONCE-1"), false, "error"},
		{"nonces-not-kept", again.Keep("NONCE-1"), false, "failed"},
		{"nonces-not-kept", own.BeErrorEnvelope("SignatureNonceUsed"), false, "failed"},
		{"success-is-an-array", own.BeSuccessEnvelope(), true, "failed"},
	} {
		s := ecs(t, c.mutant)
		first, second := call(s, signed(s, "n-1")), call(s, signed(s, "n-1"))
		actual := second
		if c.first {
			actual = first
		}
		if word, text := outcome(c.matcher, actual); word != c.want {
			t.Errorf("%s: %T is %s, want %s:\n%s", c.mutant, c.matcher, word, c.want, text)
		}
	}
}

// A stated condition is judged in whatever is expected: this one is refused for another reason than what was wrong.
func TestAnEnvelopeOfTheWrongReason(t *testing.T) {
	refused := matchers.For("ecs").Given("missing-version")
	if word, text := outcome(refused.BeErrorEnvelope("InvalidParameter"), answer(400, good)); word != "failed" || !strings.Contains(text, "PARAM-1 MUST") {
		t.Errorf("%s: %s", word, text)
	}
	if word, text := outcome(matchers.BeErrorEnvelope("ecs", "InvalidParameter"), answer(400, good)); word != "met" {
		t.Errorf("without the condition: %s: %s", word, text)
	}
}

func TestAProfileOfOnesOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.yaml")
	text := "name: own\ntitle: Own\nextends: ecs\nenvelope: {mandatory: [RequestId, Code, Message, Shop]}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	own := matchers.For(path)
	if word, text := outcome(own.BeErrorEnvelope("InvalidParameter"), answer(400, good)); word != "failed" || !strings.Contains(text, "no Shop") {
		t.Errorf("%s: %s", word, text)
	}
	if word, text := outcome(own.BeErrorEnvelope("InvalidParameter"), answer(400, strings.Replace(good, "{", `{"Shop":"s",`, 1))); word != "met" {
		t.Errorf("%s: %s", word, text)
	}
}

// Whatever an answer holds, its message has no escapes, no secrets of the request and few lines.
func TestMessagesOfHostileAnswers(t *testing.T) {
	res := response(strings.NewReader(`{"RequestId":"` + strings.Repeat(`\u001b[2J`, 500) + `","Code":"` + strings.Repeat("x ", 2000) + `","Message":5}`))
	res.Request = httptest.NewRequest("GET", "http://h.example.test/?Action=A&Signature=s3cret", nil)
	for _, m := range []types.GomegaMatcher{matchers.BeErrorEnvelope("ess", "X"), matchers.BeSuccessEnvelope("ess"), matchers.HaveRequestID(), matchers.For("ess").Keep("ERROR-1")} {
		word, text := outcome(m, res)
		if lines := strings.Split(text, "\n"); word != "failed" || len(lines) > wording.MaxLines || strings.ContainsAny(text, "\x1b") || strings.Contains(text, "s3cret") {
			t.Errorf("%s, in %d lines:\n%s", word, len(lines), text)
		}
		if !strings.Contains(text, "GET http://h.example.test/") {
			t.Errorf("the request is not named:\n%s", text)
		}
	}
}

func TestNegatedMessagesNameTheAnswer(t *testing.T) {
	_, text := outcome(matchers.BeErrorEnvelope("ecs", "InvalidParameter"), answer(400, good))
	if want := fmt.Sprintf("the answer is an error envelope with InvalidParameter by profile ecs, and was not to: %s", "400 InvalidParameter"); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}
