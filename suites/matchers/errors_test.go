package matchers_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/matchers"
)

// Used in a wrong way, a matcher is an error that says what to do, and fails NotTo as well.
func TestErrorsOfUse(t *testing.T) {
	read := response(strings.NewReader(""))
	read.ContentLength, read.Request = 10, httptest.NewRequest("GET", "/", nil)
	zipped := response(strings.NewReader("\x1f\x8b"))
	zipped.Header.Set("Content-Encoding", "gzip")
	of := func(name string) *schemas.Exchange {
		x := fixtures.Captures()[0].Exchange
		x.Intent.Profile, x.Intent.Condition = name, "missing-version"
		return &x
	}
	setup := of("ecs")
	setup.Intent.Setup, setup.Intent.Condition, setup.Intent.Clause = true, "sound", "NONCE-1"
	served := of("ecs") // to hostile input, of whose envelope nothing is said where it may be served
	served.Intent = schemas.Intent{Profile: "ecs", Condition: "hostile", MayServe: true}
	served.Response = &schemas.Response{Status: 200, Body: schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`)}
	a := answer(400, good)
	for want, c := range map[string]struct {
		matcher types.GomegaMatcher
		actual  any
	}{
		`Keep: no clause is called "EROR-1" (did you mean ERROR-1?)`:                            {matchers.For("ecs").Keep("EROR-1"), a},
		`Keep: no clause is called "a very long word" (conform list clauses shows them)`:        {matchers.For("ecs").Keep("a very long word"), a},
		`BeErrorEnvelope: no profile is called "ec" (there are gateway,`:                        {matchers.BeErrorEnvelope("ec", ""), a},
		`BeSuccessEnvelope: ./none.yaml: the profile cannot be read`:                            {matchers.BeSuccessEnvelope("./none.yaml"), a},
		`Keep: the answer does not name its profile (name it: matchers.For("ecs").Keep(…))`:     {matchers.Keep("ERROR-1"), a},
		`Keep: the exchange names the profile "own", which is none of gateway,`:                 {matchers.Keep("ERROR-1"), of("own")},
		`Keep: the exchange names the profile "./own.yaml", which is none of`:                   {matchers.Keep("ERROR-1"), of("./own.yaml")},
		`Keep: no condition is called "nonce-resued" (did you mean nonce-reused?)`:              {matchers.For("ecs").Given("nonce-resued").Keep("NONCE-1"), a},
		`Keep: the exchange states the condition missing-version, not sound (leave Given`:       {matchers.For("ecs").Given("sound").Keep("ERROR-1"), of("ecs")},
		`Keep: profile kms says nothing of the condition nonce-raced (leave Given out)`:         {matchers.For("kms").Given("nonce-raced").Keep("NONCE-2"), a},
		`HaveRequestID: it wants a *http.Response, an *httptest.ResponseRecorder or a`:          {matchers.HaveRequestID(), good},
		`HaveRequestID: it wants an answer, and the *http.Response is nil (look at the err`:     {matchers.HaveRequestID(), (*http.Response)(nil)},
		`HaveRequestID: it wants an answer, and the *httptest.ResponseRecorder is nil`:          {matchers.HaveRequestID(), (*httptest.ResponseRecorder)(nil)},
		`HaveRequestID: the body was read before (let the matcher look first;`:                  {matchers.HaveRequestID(), read},
		`HaveRequestID: the body is still encoded, as "gzip" (decode it,`:                       {matchers.HaveRequestID(), zipped},
		`BeErrorEnvelope: no complete answer came: no answer (send the request again)`:          {matchers.BeErrorEnvelope("ecs", ""), &schemas.Exchange{}},
		`BeSuccessEnvelope: no complete answer came: no answer (send the request again)`:        {matchers.BeSuccessEnvelope("ecs"), &schemas.Exchange{}},
		`HaveRequestID: no complete answer came: no answer (send the request again)`:            {matchers.HaveRequestID(), &schemas.Exchange{}},
		`Keep: ERROR-4 was not looked at, and so is not kept: profile ecs is not judged by i`:   {matchers.For("ecs").Keep("ERROR-4"), a},
		`Keep: REQUESTID-2 was not looked at, and so is not kept: it concerns several answer`:   {matchers.For("ecs").Keep("REQUESTID-2"), a},
		`Keep: FORMAT-11 was not looked at, and so is not kept: profile gateway is no`:          {matchers.For("gateway").Keep("FORMAT-11"), a},
		`Keep: FORMAT-11 was not looked at, and so is not kept: the answer has nothing that `:   {matchers.For("ecs").Keep("FORMAT-11"), a},
		`BeSuccessEnvelope: SUCCESS-1 was not looked at, and so is not kept: the answer has no`: {matchers.BeSuccessEnvelope("ecs"), served},
		`Keep: NONCE-1 was not looked at, and so is not kept: the request only prepares for `:   {matchers.Keep("NONCE-1"), setup},
		`Keep: NONCE-1 was not looked at, and so is not kept: the book exercises it by reque`:   {matchers.Keep("NONCE-1"), of("ecs")},
	} {
		word, text := outcome(c.matcher, c.actual)
		if word != "error" || !strings.HasPrefix(text, want) || strings.Contains(text, "\n") || !strings.HasSuffix(text, ")") {
			t.Errorf("want an error in a line that begins with %q, with a remedy behind it; it is %s: %s", want, word, text)
		}
		if negated, err := gomega.Not(c.matcher).Match(c.actual); negated || err == nil {
			t.Errorf("%s: NotTo is met", want)
		}
	}
}
