package redact_test

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// BenchmarkDiscreet takes the secrets out of traffic of others: calls as they mostly are, with a long list for an answer, and in Chinese.
func BenchmarkDiscreet(b *testing.B) {
	url := "http://h/?Action=DescribeRegions&Version=2014-05-26&AccessKeyId=LTAIx&SignatureMethod=HMAC-SHA1&SignatureNonce=4C467B38-3910-447D-87BC-AC049166F216" +
		"&SignatureVersion=1.0&Timestamp=2026-11-28T12%3A00%3A00Z&Format=JSON&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D"
	item := `{"InstanceId":"i-bp67acfmxazb4ph0","Status":"Running","RegionId":"cn-hangzhou","CreationTime":"2026-11-28T12:00Z","Tags":{"Tag":[{"TagKey":"owner","TagValue":"a"}]}}`
	for name, body := range map[string]string{
		"error":   `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"ecs.example.com","Code":"InvalidSecurityToken.Expired","Message":"The specified SecurityToken is expired."}`,
		"list":    `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Instances":[` + strings.Repeat(item+",", 100) + item + `]}`,
		"chinese": `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Message":"` + strings.Repeat("指定的参数不正确，请检查后重试。", 40) + `"}`,
	} {
		x := &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url, Header: schemas.Header{{Name: "User-Agent", Value: "sdk/1.0"}}},
			Response: &schemas.Response{Status: 400, Header: schemas.Header{{Name: "Content-Type", Value: "application/json;charset=utf-8"}}, Body: schemas.Body(body)}}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body) + len(url)))
			for b.Loop() {
				redact.Discreet(x)
			}
		})
	}
}
