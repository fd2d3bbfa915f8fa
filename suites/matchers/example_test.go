package matchers_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/onsi/gomega"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/matchers"
)

// shown prints what would fail a test.
func shown() gomega.Gomega {
	return gomega.NewGomega(func(message string, _ ...int) { fmt.Println(message) })
}

// One endpoint, tested with nothing but Gomega: the response is enough.
func Example() {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"127.0.0.1",`+
			`"Code":"InvalidInstanceId.NotFound","Message":"The specified InstanceId does not exist."}`)
	}))
	defer srv.Close()
	res, err := http.Get(srv.URL + "/?Action=DescribeInstances&InstanceId=i-none")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()

	g := shown()
	fmt.Println(g.Expect(res).To(matchers.BeErrorEnvelope("ecs", "InvalidInstanceId.NotFound")))
	fmt.Println(g.Expect(res).To(matchers.HaveRequestID()))
	body, _ := io.ReadAll(res.Body) // it was put back
	fmt.Println(len(body) > 0)
	// Output:
	// true
	// true
	// true
}

// answer is what a handler wrote.
func answer(status int, body string) *httptest.ResponseRecorder {
	r := httptest.NewRecorder()
	r.Header().Set("Content-Type", "application/json;charset=utf-8")
	r.WriteHeader(status)
	io.WriteString(r, body)
	return r
}

func ExampleBeErrorEnvelope() {
	got := answer(404, `{"requestId":"4C467B38-3910-447D-87BC-AC049166F216","Code":"InvalidInstanceId.NotFound","Message":"No such instance."}`)
	shown().Expect(got).To(matchers.BeErrorEnvelope("ecs", "InvalidInstanceId.NotFound"))
	// Output:
	// × the answer                                                                            ERROR-1 MUST
	//   an error body carries Code, Message and RequestId, each a non-empty string, in the published
	//   spelling and case                                                                    error samples
	//   want  RequestId
	//   got   "requestId" in place of RequestId
}

func ExampleBeSuccessEnvelope() {
	got := answer(403, `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Code":"NoPermission","Message":"You may not."}`)
	shown().Expect(got).To(matchers.BeSuccessEnvelope("ecs"))
	// Output:
	// × the answer
	//   want  a success of ecs
	//   got   403 NoPermission
	//   request id 4C467B38-3910-447D-87BC-AC049166F216
}

func ExampleHaveRequestID() {
	got := answer(200, `{"RequestId":"17","Regions":[]}`)
	shown().Expect(got).To(matchers.HaveRequestID())
	// Output:
	// × the answer                                                                        REQUESTID-1 MUST
	//   RequestId is a UUID, 8-4-4-4-12 hexadecimal digits                       success and error samples
	//   want  8-4-4-4-12 hexadecimal digits
	//   got   RequestId 17
	//   request id 17
}

// An exchange that the suite made names its profile and what was wrong with its request.
func ExampleKeep() {
	second := &schemas.Exchange{
		Intent: schemas.Intent{Case: "nonce-used-twice", Variant: "JSON, GET", Profile: "ecs", Clause: "NONCE-1", Condition: "nonce-reused",
			Format: schemas.JSON, Method: "GET", Action: "DescribeRegions"},
		Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "Content-Type", Value: "application/json;charset=utf-8"}},
			Body: schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Regions":[]}`)},
	}
	g := gomega.NewGomega(func(message string, _ ...int) { fmt.Println(firstLines(message, 4)) })
	g.Expect(second).To(matchers.Keep("NONCE-1"))
	// Output:
	// × nonce-used-twice [JSON, GET]                                                          NONCE-1 MUST
	//   a SignatureNonce used again within 15 minutes is refused             error code SignatureNonceUsed
	//   want  400 SignatureNonceUsed
	//   got   200, served
}

// The condition of a request is stated where the answer alone does not show it.
func ExampleProfile_Given() {
	ecs := matchers.For("ecs")
	second := answer(400, `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Code":"SignatureNonceUsed","Message":"The request signature nonce has been used."}`)
	g := shown()
	fmt.Println(g.Expect(second).To(ecs.Given("nonce-reused").Keep("NONCE-1")))

	_, err := ecs.Keep("NONCE-1").Match(second)
	fmt.Println(err)
	// Output:
	// true
	// Keep: NONCE-1 was not looked at, and so is not kept: the book exercises it by requests of the condition nonce-reused (SignatureNonce used again), and the condition of this one is not known (state what was wrong with the request: matchers.For("ecs").Given(condition).Keep("NONCE-1"))
}
