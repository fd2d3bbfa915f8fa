package body

import (
	"fmt"
	"github.com/acsconform/acsconform/schemas"
	"slices"
	"strings"
	"testing"
)

// kinds lists the kinds of the faults of an envelope, in their order.
func kinds(e *Envelope) []FlawKind {
	var found []FlawKind
	for _, f := range e.Faults {
		found = append(found, f.Kind)
	}
	return found
}

// brief writes the members of an envelope as Name=Text, one after the other.
func brief(e *Envelope) string {
	var words []string
	for _, m := range e.Members {
		words = append(words, m.Name+"="+m.Text)
	}
	return strings.Join(words, " ")
}

// reading is a body with what Open must say of it.
type reading struct {
	name    string
	body    string
	faults  []FlawKind
	members string
}

func checkReadings(t *testing.T, format schemas.Format, table []reading) {
	t.Helper()
	for _, r := range table {
		t.Run(r.name, func(t *testing.T) {
			e := Open([]byte(r.body))
			if e == nil || e.Format != format {
				t.Fatalf("Open(%.200q) = %v, want an envelope in %s", r.body, e, format)
			}
			if got := kinds(e); !slices.Equal(got, r.faults) {
				t.Errorf("faults of %.200q: got %v, want %v", r.body, e.Faults, r.faults)
			}
			if got := brief(e); got != r.members {
				t.Errorf("members of %.200q: got %.300q, want %q", r.body, got, r.members)
			}
			checkBounds(t, e)
		})
	}
}

// checkBounds holds an envelope against the limits that its types promise.
func checkBounds(t *testing.T, e *Envelope) {
	t.Helper()
	if len(e.Faults) > 8 {
		t.Errorf("%d faults, want at most 8", len(e.Faults))
	}
	for _, f := range e.Faults {
		if strings.ContainsAny(f.Text, "\n\r\x1b") || f.Text == "" || len(f.Text) > 200 || len(f.Member) > 60 {
			t.Errorf("flaw %+v: want one printable line", f)
		}
	}
	for _, m := range e.Members {
		if m.Kind != KindString && m.Kind != KindText && len(m.Text) > 4<<10 {
			t.Errorf("member %.60q keeps %d bytes, want at most 4 KiB", m.Name, len(m.Text))
		}
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		body string
		want Nature
	}{
		{"", NatureEmpty},
		{" \r\n\t", NatureEmpty},
		{"\xef\xbb\xbf", NatureEmpty},
		{`{"Code":"X"}`, NatureJSON},
		{"\xef\xbb\xbf\n {}", NatureJSON},
		{`{broken`, NatureJSON},
		{")]}',\n{\"a\":1}", NatureJSON},
		{`acsconform({"a":1});`, NatureJSON},
		{`Warning: {"a":1}`, NatureJSON},
		{`no {"a":1} here`, NatureText},
		{`[1]`, NatureJSON},
		{`[`, NatureJSON},
		{`[ERROR] no route`, NatureText},
		{`null`, NatureJSON},
		{`"oops"`, NatureJSON},
		{`404`, NatureJSON},
		{`404 page not found`, NatureText},
		{`true story`, NatureText},
		{`/* ok */ {"a":1}`, NatureJSON},
		{"// ok\n{}", NatureJSON},
		{"// ok", NatureText},
		{"\xff\xfe{\x00}\x00", NatureJSON},
		{"\xfe\xff\x00<\x00E\x00/\x00>", NatureXML},
		{`<Error/>`, NatureXML},
		{"\xef\xbb\xbf <KMS>", NatureXML},
		{`<?xml version="1.0"?><Error/>`, NatureXML},
		{`<?xml version="1.0"?>`, NatureXML},
		{`<?xml version="1.0"`, NatureXML},
		{`<!-- x --><Error/>`, NatureXML},
		{`<!DOCTYPE Error><Error/>`, NatureXML},
		{`<![CDATA[x]]>`, NatureXML},
		{`<headers/>`, NatureXML},
		{`<HTMLResponse/>`, NatureXML},
		{`<!DOCTYPE html><p>`, NatureHTML},
		{"\n<!doctype HTML PUBLIC \"x\">", NatureHTML},
		{`<HTML>`, NatureHTML},
		{`<html lang="en">`, NatureHTML},
		{`<Head><title>`, NatureHTML},
		{`<body bgcolor=white>`, NatureHTML},
		{`<CENTER><h1>502 Bad Gateway</h1></CENTER>`, NatureHTML},
		{`<!-- proxy --><html>`, NatureHTML},
		{`<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>`, NatureHTML},
		{`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<html xmlns="http://www.w3.org/1999/xhtml"/>`, NatureHTML},
		{`<<<`, NatureText},
		{`< Error>`, NatureText},
		{`Bad Request`, NatureText},
		{"\x00\x01", NatureText},
	} {
		if got := Sniff([]byte(c.body)); got != c.want {
			t.Errorf("Sniff(%q) = %s, want %s", c.body, got, c.want)
		}
	}
}

func TestOpenOfNeither(t *testing.T) {
	for _, body := range []string{"", "\n", "Bad Request", "<html></html>", "<!DOCTYPE html>"} {
		if e := Open([]byte(body)); e != nil {
			t.Errorf("Open(%q) = %+v, want nil", body, e)
		}
	}
}

// TestOpenOfMonsters opens bodies that are made to cost much. That it ends is part of the test.
func TestOpenOfMonsters(t *testing.T) {
	const mib = 1 << 20
	bomb := `<!DOCTYPE b [<!ENTITY a "ha">`
	for i := range 9 {
		bomb += fmt.Sprintf(`<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	wide := func(piece string) string { return strings.Repeat(piece, mib/len(piece)-1) }
	for name, c := range map[string]struct {
		body string
		want FlawKind // the flaw that must be among the faults; none when empty
	}{
		"arrays":            {strings.Repeat("[", mib), FlawDepth},
		"objects":           {strings.Repeat(`{"a":`, mib/5), FlawDepth},
		"sound deep object": {`{"Code":"X","a":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`, FlawDepth},
		"members":           {`{` + wide(`"":0,`) + `"Code":"X"}`, FlawRepeated},
		"bad members":       {`{` + wide("\"\xff\":\"\xff\",") + `"Code":"X"}`, FlawEncoding},
		"exponent":          {`{"N":1e10000000,"M":-1E-99999999999999999999}`, FlawNumber},
		"digits":            {`{"N":` + strings.Repeat("9", mib-10) + `}`, FlawNumber},
		"open comments":     {wide("/*") + "{}", ""},
		"comments":          {"{" + wide(`/**/`) + "}", FlawComment},
		"elements":          {wide("<x>"), FlawDepth},
		"empty elements":    {"<r>" + wide("<a/>") + "</r>", FlawUndeclared},
		"ends":              {"<r>" + wide("</a>"), FlawSyntax},
		"crossed":           {strings.Repeat("<r>", 9_000) + wide("</a>"), FlawSyntax},
		"attributes":        {"<r " + wide(`a="" `) + "/>", FlawSyntax},
		"prefixes":          {"<r " + wide(`xmlns:a="u" `) + "/>", FlawSyntax},
		"controls":          {"<r>" + wide("\x01") + "</r>", FlawSyntax},
		"not UTF-8":         {"<r>" + wide("\xff") + "</r>", FlawEncoding},
		"references":        {"<r>" + wide("&#xD800;") + "</r>", FlawSyntax},
		"entity bomb":       {bomb + "]><b>&a8;</b>", FlawEntity},
		"quotes":            {`{` + wide(`"`) + `}`, FlawSyntax},
		"declarations":      {wide(`<?xml version="1.0"?>`), FlawSyntax},
	} {
		t.Run(name, func(t *testing.T) {
			e := Open([]byte(c.body))
			if e == nil {
				if c.want != "" {
					t.Fatalf("got no envelope, want the flaw %s", c.want)
				}
				return
			}
			checkBounds(t, e)
			if len(e.Members) > 2*10_000 {
				t.Errorf("%d members kept, want at most 20,000", len(e.Members))
			}
			if c.want != "" && !slices.Contains(kinds(e), c.want) {
				t.Errorf("faults %v, want %s among them", e.Faults, c.want)
			}
		})
	}
}

// TestOpenKeepsTheEnvelope: whatever number of members precedes them, those of the envelope are kept.
func TestOpenKeepsTheEnvelope(t *testing.T) {
	var many strings.Builder
	for i := range 10_050 {
		fmt.Fprintf(&many, `"m%d":0,`, i)
	}
	e := Open([]byte(`{` + many.String() + `"RequestId":"R"}`))
	if e.Text("RequestId") != "R" || len(e.Faults) > 0 {
		t.Errorf("RequestId %q, faults %v after 10,050 members, want R and none", e.Text("RequestId"), e.Faults)
	}
	e = Open([]byte(declarationPlain + `<R>` + strings.Repeat("<a/>", 10_050) + `<RequestId>R</RequestId></R>`))
	if e.Text("RequestId") != "R" || len(e.Faults) > 0 {
		t.Errorf("RequestId %q, faults %v after 10,050 elements, want R and none", e.Text("RequestId"), e.Faults)
	}
}

func TestMisspelt(t *testing.T) {
	for _, c := range []struct{ members, name, want string }{
		{`{"requestId":"1"}`, "RequestId", "requestId"},
		{`{"request_id":"1"}`, "RequestId", "request_id"},
		{`{"requestID":"1"}`, "RequestId", "requestID"},
		{`{"HostID":"1"}`, "HostId", "HostID"},
		{`{"code":"1"}`, "Code", "code"},
		{`{"errorCode":"1"}`, "Code", "errorCode"},
		{`{"ErrorMessage":"1"}`, "Message", "ErrorMessage"},
		{`{"errorCode":"1","CODE":"2"}`, "Code", "CODE"},
		{`{"httpStatusCode":1}`, "HttpStatus", "httpStatusCode"},
		{`{"Code":"1","code":"2"}`, "Code", ""},
		{`{"Codes":"1"}`, "Code", ""},
		{`{}`, "Code", ""},
	} {
		got, ok := Open([]byte(c.members)).Misspelt(c.name)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: Misspelt(%s) = %q, %v, want %q", c.members, c.name, got, ok, c.want)
		}
	}
}
