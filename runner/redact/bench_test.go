package redact

import (
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func BenchmarkExchange(b *testing.B) {
	r := New(&schemas.Target{Credentials: map[string]schemas.Credential{"default": {AccessKeySecret: "0123456789abcdefghijABCDEFGHIJ", SecurityToken: "CAIS/abcdefghijklmnopqrstuvw+xyz=="}}})
	x := &schemas.Exchange{
		Request:  schemas.Request{Method: "GET", URL: "http://127.0.0.1:8080/?AccessKeyId=LTAItest&Action=DescribeRegions&Format=JSON&RegionId=cn-hangzhou&Signature=Zm9vYmFyYmF6cXV4Zm9vYmFyYmE%3D&SignatureMethod=HMAC-SHA1&SignatureNonce=4C467B38-3910-447D-87BC-AC049166F216&SignatureVersion=1.0&Timestamp=2026-11-27T21%3A07%3A24Z&Version=2014-05-26", Header: schemas.Header{{Name: "Accept", Value: "*/*"}}},
		Response: &schemas.Response{Status: 400, Header: schemas.Header{{Name: "Content-Type", Value: "application/json;charset=utf-8"}, {Name: "Date", Value: "Fri, 27 Nov 2026 21:07:24 GMT"}, {Name: "X-Acs-Request-Id", Value: "4C467B38-3910-447D-87BC-AC049166F216"}}, Body: schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"127.0.0.1","Code":"MissingParameter","Message":"The input parameter \"Version\" that is mandatory for processing this request is not supplied."}`)},
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Exchange(x)
	}
}
