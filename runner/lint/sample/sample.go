// Package sample makes captured traffic of an ecs gateway, always the same for the same seed, for tests and benchmarks.
//
// Nothing about it is promised to importers; package runner says what is.
package sample

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// Kind describes what traffic is made.
type Kind struct {
	Seed    uint64
	Repeats bool    // bodies come again and again, with another request id each; else no body comes twice
	XML     float64 // share of answers in XML
	Bad     float64 // share of answers with something wrong
}

// Record is one answer as a gateway logs it.
type Record struct {
	Time        time.Time
	Host        string
	Action      string
	Format      string
	Status      int
	ContentType string
	IDHeader    string
	Body        string
	ID          string // the request id that the body carries
	Way         string // what is wrong; empty for nothing
}

// Traffic makes records one after another.
type Traffic struct {
	kind   Kind
	random *rand.Rand
	n      int
	ways   []Way
}

// New begins the traffic of a kind.
func New(k Kind) *Traffic {
	return &Traffic{kind: k, random: rand.New(rand.NewPCG(k.Seed, 1)), ways: Ways()}
}

var (
	hosts   = [...]string{"ecs.aliyuncs.com", "ecs.cn-hangzhou.aliyuncs.com", "ecs.eu-central-1.aliyuncs.com", "ecs.ap-southeast-1.aliyuncs.com"}
	actions = [...]string{"DescribeRegions", "DescribeInstances", "DescribeZones", "DescribeImages", "DescribeDisks", "DescribeVSwitches", "StartInstance", "StopInstance"}
	errors  = [...]struct {
		status        int
		code, message string
	}{
		{400, "MissingParameter", `The input parameter "Version" that is mandatory for processing this request is not supplied`},
		{400, "Throttling", "You have made too many requests within a short time; your request is denied due to request throttling."},
		{400, "SignatureNonceUsed", "The request signature nonce has been used."},
		{403, "Forbidden.RAM", "User not authorized to operate on the specified resource, or this API doesn’t support RAM."},
		{404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist."},
		{500, "InternalError", "The request processing has failed due to some unknown error, exception or failure."},
		{503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."},
	}
)

// Next makes the next record.
func (t *Traffic) Next() Record {
	r := t.good()
	if t.kind.Bad > 0 && t.random.Float64() < t.kind.Bad {
		way := t.ways[t.random.IntN(len(t.ways))]
		way.Change(&r)
		r.Way = way.Name
	}
	return r
}

// good makes a record with nothing wrong in it.
func (t *Traffic) good() Record {
	t.n++
	r := Record{
		Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(t.n) * 7 * time.Millisecond),
		Host: hosts[t.random.IntN(len(hosts))], Action: actions[t.random.IntN(len(actions))], Format: "JSON",
		ContentType: "application/json;charset=utf-8", Status: 200, ID: t.id(),
	}
	if t.random.Float64() < t.kind.XML {
		r.Format, r.ContentType = "XML", "text/xml;charset=utf-8"
	}
	r.IDHeader = r.ID
	number := t.random.IntN(1 << 30)
	if t.kind.Repeats {
		number = t.random.IntN(20)
	}
	if t.random.IntN(10) > 0 {
		r.Body = success(&r, number)
		return r
	}
	e := errors[t.random.IntN(len(errors))]
	r.Status, r.Body = e.status, failure(&r, e.code, e.message)
	return r
}

func (t *Traffic) id() string {
	a, b := t.random.Uint64(), t.random.Uint64()
	return fmt.Sprintf("%08X-%04X-4%03X-%04X-%012X", a>>32, a>>16&0xffff, a&0xfff, b>>48, b&(1<<48-1))
}

func success(r *Record, number int) string {
	if r.Format == "XML" {
		return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><%[1]sResponse><RequestId>%[2]s</RequestId><TotalCount>%[3]d</TotalCount>`+
			`<Items><Item><ItemId>i-%08[3]x</ItemId><Zone>cn-hangzhou-b</Zone><Status>Running</Status></Item></Items></%[1]sResponse>`, r.Action, r.ID, number)
	}
	return fmt.Sprintf(`{"RequestId":"%s","TotalCount":%d,"Items":{"Item":[{"ItemId":"i-%08x","Zone":"cn-hangzhou-b","Status":"Running"}]}}`, r.ID, number, number)
}

func failure(r *Record, code, message string) string {
	if r.Format == "XML" {
		message = strings.NewReplacer("&", "&amp;", `"`, "&quot;").Replace(message)
		return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>%s</RequestId><HostId>%s</HostId><Code>%s</Code><Message>%s</Message></Error>`, r.ID, r.Host, code, message)
	}
	return fmt.Sprintf(`{"RequestId":"%s","HostId":"%s","Code":"%s","Message":"%s"}`, r.ID, r.Host, code, strings.ReplaceAll(message, `"`, `\"`))
}

// WriteLog writes n records as the lines of an access log, whose map is MapFile.
func (t *Traffic) WriteLog(w io.Writer, n int) error {
	var line []byte
	for range n {
		line = t.Next().LogLine(line[:0])
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// MapFile is the map of the lines that WriteLog writes.
const MapFile = `time: time
host: host
action: action
format: format
status: status
content_type: type
request_id: id
body: body
`
