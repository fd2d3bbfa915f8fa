package suites_test

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// understood is what an SDK makes of [right].
func understood() schemas.Reading {
	return schemas.Reading{SDK: "an-sdk", Failed: true, Status: 400, Code: "MissingParameter", RequestID: "4C467B38-3910-447D-87BC-AC049166F216",
		Message: `The input parameter "Version" that is mandatory for processing this request is not supplied`}
}

func TestReadingsOfSDKs(t *testing.T) {
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	judge := suites.NewJudge(profile, fixtures.Clauses())
	asXML := func(x *schemas.Exchange) {
		x.Response.Body = schemas.Body(`<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId><HostId>ecs.example.test</HostId><Code>MissingParameter</Code><Message>The input parameter "Version" that is mandatory for processing this request is not supplied</Message></Error>`)
		x.Response.Header[0].Value = "text/xml;charset=utf-8"
	}
	for _, c := range []struct {
		name string
		edit func(*schemas.Exchange, *schemas.Reading)
		want string // clause and what came, of the one finding that names the SDK; empty when there is none
	}{
		{"understood", func(*schemas.Exchange, *schemas.Reading) {}, ""},
		{"panics", func(_ *schemas.Exchange, r *schemas.Reading) {
			*r = schemas.Reading{SDK: r.SDK, Failed: true, Panicked: true, Fault: "boom"}
		}, "CLIENT-2 an-sdk: panics (boom)"},
		{"stumbles", func(_ *schemas.Exchange, r *schemas.Reading) {
			*r = schemas.Reading{SDK: r.SDK, Failed: true, Fault: "<"}
		}, "CLIENT-2 an-sdk: loses all (<)"},
		{"no id", func(_ *schemas.Exchange, r *schemas.Reading) { r.RequestID = "" }, "CLIENT-2 an-sdk: loses RequestId"},
		{"nil for a code", func(_ *schemas.Exchange, r *schemas.Reading) { r.Code = "<nil>" }, "CLIENT-2 an-sdk: loses Code"},
		{"another code", func(_ *schemas.Exchange, r *schemas.Reading) { r.Code = "Missing" }, "CLIENT-2 an-sdk: loses Code"},
		{"another message", func(_ *schemas.Exchange, r *schemas.Reading) { r.Message = "{}" }, "CLIENT-2 an-sdk: loses Message"},
		{"a long message, cut", func(x *schemas.Exchange, r *schemas.Reading) {
			rewritten("not supplied", "not supplied"+strings.Repeat("!", 4000))(x)
			r.Message += strings.Repeat("!", 3000)
		}, ""},
		{"a success", func(x *schemas.Exchange, r *schemas.Reading) { x.Response.Status, r.Failed = 200, false }, "CLIENT-3 200 MissingParameter, a success to an-sdk"},
		{"an error all the same", func(x *schemas.Exchange, _ *schemas.Reading) { x.Response.Status = 200 }, ""},
		{"XML that nobody asked of an SDK", func(x *schemas.Exchange, r *schemas.Reading) {
			asXML(x)
			x.Intent.Format, r.Code = schemas.XML, ""
		}, ""},
		{"XML where JSON was asked for", func(x *schemas.Exchange, r *schemas.Reading) {
			asXML(x)
			r.Code = ""
		}, "CLIENT-2 an-sdk: loses Code"},
		{"XML of another type", func(x *schemas.Exchange, r *schemas.Reading) {
			asXML(x)
			x.Intent.Format, r.Code, x.Response.Header[0].Value = schemas.XML, "", "application/xml; charset=utf-8"
		}, "CLIENT-1 application/xml; charset=utf-8; an-sdk: loses Code"},
		{"hostile input", func(x *schemas.Exchange, r *schemas.Reading) { x.Intent.Condition, r.Code = suites.Hostile, "" }, ""},
	} {
		x, r := right(func(*schemas.Exchange) {}), understood()
		c.edit(x, &r)
		x.Readings = []schemas.Reading{r}
		var got []string
		for _, f := range judge.Exchange(x) {
			if strings.Contains(f.Got, "an-sdk") {
				got = append(got, f.Clause+" "+f.Got)
			}
			if strings.HasPrefix(f.Clause, "CLIENT-") && f.Level != schemas.Should {
				t.Errorf("%s: %s is a %s, want SHOULD", c.name, f.Clause, f.Level)
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
