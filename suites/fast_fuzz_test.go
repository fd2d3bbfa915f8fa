package suites_test

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// FuzzFast holds the quick reading against the whole one: where the quick one finds an answer good, the whole one finds
// nothing in it.
func FuzzFast(f *testing.F) {
	const id = "4C467B38-3910-447D-87BC-AC049166F216"
	profiles := fixtures.Profiles()
	for n, p := range profiles {
		for _, row := range p.Codes {
			status := 400
			for _, s := range []int{400, 403, 404, 409, 429, 500, 503} {
				if row.Status.Holds(s) {
					status = s
				}
			}
			root := p.Envelope.ErrorRoot
			f.Add(uint8(n), status, "application/json;charset=utf-8", id, []byte(`{"HttpStatus":`+row.Status.String()+`,"RequestId":"`+id+`","HostId":"h.example.test","Code":"`+row.Code+`","Message":"`+row.Message+`"}`))
			f.Add(uint8(n), status, "text/xml;charset=utf-8", "", []byte(`<?xml version="1.0" encoding="UTF-8"?><`+root+`><RequestId>`+id+`</RequestId><HostId>h.example.test</HostId><Code>`+row.Code+`</Code><Message>`+row.Message+`</Message><HttpStatus>`+row.Status.String()+`</HttpStatus></`+root+`>`))
		}
		f.Add(uint8(n), 200, "application/json;charset=utf-8", id, []byte(`{"RequestId":"`+id+`","Regions":{"Region":[]}}`))
		for _, members := range []string{`"Success":true`, `"Success":false`, `"Success":"false"`, `"asapiSuccess":false`, `"Success":0`, `"Code":"1","Message":"m"`,
			`"Code":"isv.LIMIT"`, `"Code":"200","Success":true`, `"Code":"Throttling","Message":"m"`, `"Data":{"Success":false}`} {
			f.Add(uint8(n), 200, "application/json;charset=utf-8", id, []byte(`{"RequestId":"`+id+`",`+members+`}`))
		}
		for _, children := range []string{`<Success>true</Success>`, `<Success>false</Success>`, `<Success/>`, `<Code>1</Code>`, `<Code>500</Code>`, `<asapiSuccess>False</asapiSuccess>`} {
			f.Add(uint8(n), 200, "text/xml;charset=utf-8", "", []byte(`<?xml version="1.0" encoding="UTF-8"?><DescribeRegionsResponse><RequestId>`+id+`</RequestId>`+children+`</DescribeRegionsResponse>`))
		}
		f.Add(uint8(n), 200, "text/xml;charset=utf-8", "", []byte(`<?xml version="1.0" encoding="UTF-8"?><DescribeRegionsResponse><RequestId>`+id+`</RequestId></DescribeRegionsResponse>`))
	}
	type reader struct {
		judge *suites.Judge
		fast  *suites.Fast
	}
	var readers []reader
	for _, p := range profiles {
		j := suites.NewJudge(p, fixtures.Clauses())
		readers = append(readers, reader{j, j.NewFast()})
	}
	f.Fuzz(func(t *testing.T, which uint8, status int, contentType, header string, body []byte) {
		r := readers[int(which)%len(readers)]
		a := suites.Answer{Status: status, ContentType: []byte(contentType), IDHeader: []byte(header), Body: body, Action: []byte("DescribeRegions"), Host: []byte("h.example.test")}
		before := slices.Clone(body)
		good := r.fast.Accepts(&a)
		if !slices.Equal(body, before) {
			t.Fatal("the body was changed")
		}
		if !good {
			return
		}
		x := &schemas.Exchange{
			Asked:    schemas.Asked{Action: "DescribeRegions", Host: "h.example.test"},
			Response: &schemas.Response{Status: status, Header: schemas.Header{{Name: "Content-Type", Value: contentType}}, Body: body},
		}
		if header != "" {
			x.Response.Header = append(x.Response.Header, schemas.Field{Name: "x-acs-request-id", Value: header})
		}
		if seen := r.judge.See(x); len(seen.Findings) > 0 {
			t.Errorf("taken for good, and found: %+v in %d %q %q", seen.Findings, status, contentType, body)
		}
	})
}
