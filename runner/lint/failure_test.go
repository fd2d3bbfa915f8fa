package lint

import (
	"bytes"
	"fmt"
	"testing"
)

// What reports of a failure differs in one word from what does not, also where the shape of the body is known by then.
func TestFailuresInSuccessesAreSeenAmongOthers(t *testing.T) {
	members := []string{
		`\"Success\":true`, `\"Success\":false`, `\"Success\":\"true\"`, `\"Success\":\"false\"`, `\"asapiSuccess\":true`, `\"asapiSuccess\":false`,
		`\"Code\":\"OK\"`, `\"Code\":\"NO\"`, `\"Code\":\"1\"`, `\"Code\":\"400\"`, `\"Code\":\"isv.LIMIT\"`, `\"Code\":\"Throttling\"`,
		`\"Code\":\"Throttling\",\"Message\":\"m\"`, `\"Success\":true,\"Code\":\"200\"`, `\"Success\":false,\"Code\":\"200\"`,
	}
	var b bytes.Buffer
	for n := range 12 * len(members) {
		id := fmt.Sprintf("4C467B38-3910-447D-87BC-%012X", n)
		member := members[n%len(members)]
		fmt.Fprintf(&b, `{"status":200,"type":"application/json;charset=utf-8","format":"JSON","action":"Query","host":"h","id":"%s","body":"{\"RequestId\":\"%s\",%s}"}`+"\n", id, id, member)
	}
	for n := range 36 {
		id := fmt.Sprintf("4C467B38-3910-447D-87BD-%012X", n)
		child := []string{"<Success>true</Success>", "<Success>false</Success>", "<Code>1</Code>", "<Code>500</Code>"}[n%4]
		fmt.Fprintf(&b, `{"status":200,"type":"text/xml;charset=utf-8","format":"XML","action":"Query","host":"h","id":"%s","body":"<?xml version='1.0' encoding='UTF-8'?><QueryResponse><RequestId>%s</RequestId>%s</QueryResponse>"}`+"\n", id, id, child)
	}
	o := Options{Profile: ecs(t), Map: sampleMap(t), Workers: 1}
	recalled := linted(t, o, b.Bytes())
	if recalled.Recalled == 0 || recalled.Malformed != 0 {
		t.Fatalf("%d of %d as before, %d malformed", recalled.Recalled, recalled.Records, recalled.Malformed)
	}
	warned := 0
	for _, f := range recalled.Findings {
		if f.Clause == "CLIENT-3" {
			warned += int(f.Count)
		}
	}
	if want := 12*7 + 18; warned != want { // of each dozen: two words of false, asapi, 400, isv, the code without Message, and false beside 200
		t.Errorf("CLIENT-3 warned of %d, want %d: %+v", warned, want, recalled.Findings)
	}
	o.Thorough = true
	same(t, "recalled and thoroughly", recalled, linted(t, o, b.Bytes()))
}
