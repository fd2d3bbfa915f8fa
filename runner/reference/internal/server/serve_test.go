package server

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites/sign"
)

func TestSoundRequestIsServed(t *testing.T) {
	for _, name := range profileNames {
		p := profileOf(t, name)
		s := New(p)
		for _, format := range append([]schemas.Format{""}, p.Formats...) {
			for _, method := range p.Methods {
				a := sound(s)
				a.method = method
				if format != "" {
					a.set("Format", string(format))
				}
				got := a.serve()
				if fits(t, p, got); got.status != 200 {
					t.Errorf("%s %s %s: %d %s", name, format, method, got.status, got.body)
				}
				want := format
				if want == "" {
					want = p.DefaultFormat
				}
				if isXML := strings.HasPrefix(got.body, XMLDeclaration); want != "" && isXML != (want == schemas.XML) {
					t.Errorf("%s: asked for %q, got %s", name, format, got.body)
				}
				if got.root != "" && got.root != a.params.Get("Action")+"Response" {
					t.Errorf("%s: root %s", name, got.root)
				}
			}
		}
	}
}

func TestTemporaryKeyIsServed(t *testing.T) {
	for _, name := range profileNames {
		if got := sound(New(profileOf(t, name))).as(schemas.STSKey).serve(); got.status != 200 {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

// headerRequest makes a request of style roa or acs3, signed over what is given.
func headerRequest(s *Server, style schemas.Style, method, path, payload string, query []sign.Param, edit func(http.Header)) *http.Request {
	target := "http://127.0.0.1:8080" + path
	for i, p := range query {
		target += map[bool]string{true: "?", false: "&"}[i == 0] + sign.PercentEncode(p.Name) + "=" + sign.PercentEncode(p.Value)
	}
	r, _ := http.NewRequest(method, target, strings.NewReader(payload))
	r.RequestURI = strings.TrimPrefix(target, "http://127.0.0.1:8080")
	h, k := r.Header, Keys[schemas.DefaultKey]
	h.Set("X-Acs-Version", s.Service.Version)
	h.Set("X-Acs-Signature-Nonce", NewUUID())
	c := &Call{Style: style, Header: h, Path: path, Query: query, Body: []byte(payload), Authority: r.Host, Key: &k}
	if style == schemas.ROA {
		h.Set("Accept", "application/json")
		h.Set("Date", s.Now().UTC().Format(http.TimeFormat))
		h.Set("Content-MD5", sign.ContentMD5([]byte(payload)))
		h.Set("X-Acs-Signature-Method", "HMAC-SHA1")
		h.Set("X-Acs-Signature-Version", "1.0")
		edit(h)
		h.Set("Authorization", "acs "+k.AccessKeyID+":"+c.Signature(method, nil))
		return r
	}
	h.Set("X-Acs-Date", s.Now().UTC().Format(ISOTime))
	h.Set("X-Acs-Content-Sha256", sign.ContentSHA256([]byte(payload)))
	edit(h)
	c.SignedHeaders = sign.ACS3Headers(c.Fields())
	h.Set("Authorization", sign.ACS3Algorithm+" Credential="+k.AccessKeyID+",SignedHeaders="+
		strings.Join(c.SignedHeaders, ";")+",Signature="+c.Signature(method, nil))
	return r
}

func TestHeaderStyles(t *testing.T) {
	none := func(http.Header) {}
	listing := func(h http.Header) { h.Set("X-Acs-Action", "ListKeys") }
	for _, c := range []struct {
		says, profile string
		style         schemas.Style
		method, path  string
		body          string
		query         []sign.Param
		edit          func(http.Header)
		spoil         func(*http.Request)
		status        int
		code          string
	}{
		{"roa", "gateway", schemas.ROA, "GET", "/apis", "", nil, none, nil, 200, ""},
		{"roa with a query", "gateway", schemas.ROA, "GET", "/apis", "", []sign.Param{{Name: "b", Value: "1 2"}, {Name: "a"}}, none, nil, 200, ""},
		{"roa with a body", "gateway", schemas.ROA, "POST", "/echo", `{"a":1}`, nil, none, nil, 200, ""},
		{"roa, region", "gateway", schemas.ROA, "GET", "/apis", "", nil, func(h http.Header) { h.Set("X-Acs-Region-Id", "xx") }, nil, 404, "InvalidRegion.NotFound"},
		{"roa, path", "gateway", schemas.ROA, "GET", "/nope", "", nil, none, nil, 404, "InvalidApi.NotFound"},
		{"roa, md5", "gateway", schemas.ROA, "POST", "/echo", `{}`, nil, func(h http.Header) { h.Set("Content-MD5", sign.ContentMD5(nil)) }, nil, 400, "ContentMD5NotMatched"},
		{"roa, no date", "gateway", schemas.ROA, "GET", "/apis", "", nil, func(h http.Header) { h.Del("Date") }, nil, 400, "MissingDate"},
		{"roa, bad date", "gateway", schemas.ROA, "GET", "/apis", "", nil, func(h http.Header) { h.Set("Date", "today") }, nil, 400, "InvalidTimeStamp.Format"},
		{"roa, no signature", "gateway", schemas.ROA, "GET", "/apis", "", nil, none, func(r *http.Request) { r.Header.Del("Authorization") }, 400, "MissingAccessKeyId"},
		{"roa, wrong signature", "gateway", schemas.ROA, "GET", "/apis", "", nil, none, func(r *http.Request) { r.Header.Set("X-Acs-More", "1") }, 400, "SignatureDoesNotMatch"},
		{"acs3", "kms", schemas.ACS3, "POST", "/", "", []sign.Param{{Name: "PageSize", Value: "1"}}, listing, nil, 200, ""},
		{"acs3, path", "gateway", schemas.ACS3, "GET", "/apis", "", nil, none, nil, 200, ""},
		{"acs3, no action", "kms", schemas.ACS3, "POST", "/", "", nil, none, nil, 400, "MissingParameter"},
		{"acs3, header added", "kms", schemas.ACS3, "POST", "/", "", nil, listing, func(r *http.Request) { r.Header.Set("X-Acs-More", "1") }, 400, "IncompleteSignature"},
		{"acs3, query added", "kms", schemas.ACS3, "POST", "/", "", nil, listing, func(r *http.Request) { r.RequestURI = "/?a=1" }, 400, "IncompleteSignature"},
	} {
		p := profileOf(t, c.profile)
		s := New(p)
		r := headerRequest(s, c.style, c.method, c.path, c.body, c.query, c.edit)
		if c.spoil != nil {
			c.spoil(r)
		}
		got := serveRequest(s, r)
		if fits(t, p, got); got.status != c.status || got.code() != c.code {
			t.Errorf("%s: got %d %s, want %d %s", c.says, got.status, got.body, c.status, c.code)
		}
	}
}

// The official SDKs name no Format in style acs3; they say in Accept that they want JSON, and can read nothing else.
func TestAcceptDecidesInHeaderStylesWithoutFormat(t *testing.T) {
	p := profileOf(t, "ecs")
	s := New(p)
	for _, c := range []struct {
		accept, format string
		want           schemas.Format
	}{
		{"", "", schemas.XML},
		{"application/json", "", schemas.JSON},
		{"application/json; charset=utf-8", "", schemas.JSON},
		{"*/*", "", schemas.XML},
		{"application/json", "XML", schemas.XML},
	} {
		var query []sign.Param
		if c.format != "" {
			query = append(query, sign.Param{Name: "Format", Value: c.format})
		}
		for _, action := range []string{"DescribeRegions", "NoSuchAction"} {
			got := serveRequest(s, headerRequest(s, schemas.ACS3, "POST", "/", "", query, func(h http.Header) {
				h.Set("X-Acs-Action", action)
				if c.accept != "" {
					h.Set("Accept", c.accept)
				}
			}))
			if fits(t, p, got); body.Open(schemas.Body(got.body)).Format != c.want {
				t.Errorf("Accept %q, Format %q, %s: got %s, want %s", c.accept, c.format, action, got.body, c.want)
			}
		}
	}
}

// A throttled client learns when to come again, whatever throttled it.
func TestThrottlingTellsWhenToComeAgain(t *testing.T) {
	p := profileOf(t, "ecs")
	s := New(p)
	for i, row := range p.Codes {
		a := sound(s)
		a.params.Set("Action", "Provoke")
		a.params.Set("Row", strconv.Itoa(i+1))
		got := a.serve()
		if after := got.header.Get("X-Acs-Retry-After"); (after != "") != strings.HasPrefix(row.Code, "Throttling") {
			t.Errorf("%s: x-acs-retry-after is %q", row.Code, after)
		}
	}
}
