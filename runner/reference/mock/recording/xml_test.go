package recording_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mock/recording"
	"github.com/acsconform/acsconform/schemas"
)

const declared = `<?xml version="1.0" encoding="UTF-8"?>`

// Without published kinds, values of XML are texts, and a list is known by its repeated element.
func TestAnAnswerInXMLIsRecorded(t *testing.T) {
	path, line := written(t,
		answered("Action=DescribeInstances", 200, declared+`<DescribeInstancesResponse><RequestId>1</RequestId><TotalCount>2</TotalCount><Instances><Instance><InstanceId>i-1</InstanceId></Instance><Instance><InstanceId>i-2</InstanceId><Note>a &lt;b&gt; &amp; é</Note></Instance></Instances><Empty/></DescribeInstancesResponse>`),
		answered("Action=DescribeDisks", 404, declared+`<Error><RequestId>4</RequestId><HostId>x</HostId><Code>InvalidDisk.NotFound</Code><Message>There is no &quot;d-1&quot;.</Message></Error>`),
		answered("Action=DescribeZones", 400, declared+`<Error><Code>SignatureNonceUsed</Code><Message>again</Message></Error>`),
		answered("Action=DescribeTags", 200, declared+`<DescribeTagsResponse/>`),
		answered("Action=DescribeTags", 200, declared+`<DescribeTagsResponse><RequestId></DescribeTagsResponse>`),
		answered("Action=DescribeTags", 200, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`),
		answered("Action=DescribeTags", 200, `<html><body>no</body></html>`),
		answered("Action=DescribeTags", 400, declared+`<Error><Message>no code</Message></Error>`),
	)
	for _, want := range []string{"3 answers to 3 calls", "3 answers not recorded, since they are neither a JSON object nor sound XML", "1 answer not recorded, since they refuse a key", "1 answer not recorded, since they refuse without a Code"} {
		if !strings.Contains(line, want) {
			t.Errorf("the recording lacks %q: %s", want, line)
		}
	}
	got, _ := served(t, path, "Action=DescribeInstances", "Action=DescribeDisks", "Action=DescribeTags")
	for i, want := range []string{
		`OK {"Empty":"","Instances":{"Instance":[{"InstanceId":"i-1"},{"InstanceId":"i-2","Note":"a \u003cb\u003e \u0026 é"}]},"TotalCount":"2"}`,
		`Not Found {"Code":"InvalidDisk.NotFound","Message":"There is no \"d-1\"."}`, `OK {}`,
	} {
		if got[i] != want {
			t.Errorf("call %d: got %s\nwant %s", i+1, got[i], want)
		}
	}
}

// With published kinds, values of XML are of them, and a list of one is a list.
func TestAnAnswerInXMLHasThePublishedKinds(t *testing.T) {
	text := &schemas.Kind{Name: schemas.KindString}
	p := *profile(t, "ecs")
	p.Operations = &schemas.Operations{Version: "2014-05-26", List: []schemas.Operation{{Name: "ListBooks", ReadOnly: true, Result: &schemas.Kind{Name: schemas.KindObject, Members: map[string]*schemas.Kind{
		"TotalCount": {Name: schemas.KindNumber}, "Open": {Name: schemas.KindBoolean}, "Empty": {Name: schemas.KindObject}, "Id": text,
		"Book": {Name: schemas.KindArray, Items: &schemas.Kind{Ref: "Book"}},
	}}}}, Definitions: map[string]*schemas.Kind{"Book": {Name: schemas.KindObject, Members: map[string]*schemas.Kind{"Pages": {Name: schemas.KindNumber}, "Tags": {Name: schemas.KindArray, Items: text}}}}}
	r := recording.New(false)
	r.From(&p)(answered("Action=ListBooks", 200, declared+`<ListBooksResponse><RequestId>1</RequestId><TotalCount>1</TotalCount><Open>true</Open><Empty/><Id>007</Id><Book><Pages>12</Pages><Tags>a</Tags></Book></ListBooksResponse>`))
	path := filepath.Join(t.TempDir(), "recorded.yaml")
	if _, err := r.Write(path); err != nil {
		t.Fatal(err)
	}
	got, _ := served(t, path, "Action=ListBooks")
	if want := `OK {"Book":[{"Pages":12,"Tags":["a"]}],"Empty":{},"Id":"007","Open":true,"TotalCount":1}`; got[0] != want {
		t.Errorf("got %s\nwant %s", got[0], want)
	}
}

// How long answers took is kept where that is asked for: of a reply that came often, the time that half and 99 of 100 took at most.
func TestARecordingKeepsLatency(t *testing.T) {
	for latency, want := range map[bool]string{false: "", true: "p50: \"50ms\" p99: \"99ms\" p50: \"1.5s\" p99: \"1.5s\" p50: \"5m0s\" p99: \"5m0s\""} {
		r := recording.New(latency)
		take := r.From(profile(t, "ecs"))
		for i := range 100 {
			x := answered("Action=DescribeTags", 200, `{"A":1}`)
			x.Seconds = float64(i+1) / 1000
			take(x)
		}
		for body, seconds := range map[string]float64{`{"A":2}`: 1.5, `{"A":3}`: 0} {
			x := answered("Action=DescribeTags&Body="+body[5:6], 200, body)
			x.Seconds = seconds
			take(x)
		}
		slow := answered("Action=DescribeZones", 200, `{}`)
		slow.Seconds = 1000
		take(slow)
		path := filepath.Join(t.TempDir(), "recorded.yaml")
		line, err := r.Write(path)
		if err != nil || !strings.Contains(line, "103 answers to 4 calls") {
			t.Fatalf("%s (%v)", line, err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var times []string
		for l := range strings.Lines(string(text)) {
			if l = strings.TrimSpace(l); strings.HasPrefix(l, "p50:") || strings.HasPrefix(l, "p99:") {
				times = append(times, l)
			}
		}
		if got := strings.Join(times, " "); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
		if got, _ := served(t, path, "Action=DescribeTags"); got[0] != `OK {"A":1}` {
			t.Error(got)
		}
	}
}
