package sign

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"github.com/acsconform/acsconform/schemas"
)

func TestPercentEncode(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "",
		"azAZ09-_.~":       "azAZ09-_.~",
		" ":                "%20",
		"+*/:=&%":          "%2B%2A%2F%3A%3D%26%25",
		"!'()":             "%21%27%28%29",
		"中":                "%E4%B8%AD",
		"\x00\xff":         "%00%FF",
		"2016-02-23T12:46": "2016-02-23T12%3A46",
	} {
		if got := PercentEncode(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	decodes := func(s string) bool {
		back, err := url.PathUnescape(PercentEncode(s))
		return err == nil && back == s
	}
	if err := quick.Check(decodes, nil); err != nil {
		t.Error(err)
	}
}

func TestRPCSignsEveryParameterButSignature(t *testing.T) {
	params := []Param{{"b", "2"}, {"a", "2"}, {"a", "1"}, {"Signature", "x"}}
	before := slices.Clone(params)
	text, signature := RPC("POST", params, "secret")
	if want := "POST&%2F&a%3D1%26a%3D2%26b%3D2"; text != want {
		t.Errorf("signed %s, want %s", text, want)
	}
	if !slices.Equal(params, before) {
		t.Errorf("the caller's parameters were changed: %v", params)
	}
	for _, changed := range [][]Param{
		{{"b", "2"}, {"a", "2"}, {"a", "1"}, {"c", ""}},
		{{"b", "2"}, {"a", "2"}},
		{{"b", "2"}, {"a", "2"}, {"A", "1"}},
	} {
		if _, other := RPC("POST", changed, "secret"); other == signature {
			t.Errorf("%v has the signature of %v", changed, params)
		}
	}
	if _, other := RPC("GET", params, "secret"); other == signature {
		t.Error("GET and POST have one signature")
	}
}

func TestROA(t *testing.T) {
	header := schemas.Header{
		{Name: "X-Acs-B", Value: " 2 "}, {Name: "x-acs-a", Value: "1"}, {Name: "Host", Value: "h"}, {Name: "accept", Value: "application/json"},
	}
	text, _ := ROA("GET", header, "/a/b", []Param{{"z", ""}, {"c", "1 2"}}, "secret")
	if want := "GET\napplication/json\n\n\n\nx-acs-a:1\nx-acs-b:2\n/a/b?c=1 2&z"; text != want {
		t.Errorf("signed %q, want %q", text, want)
	}
}

func TestACS3(t *testing.T) {
	header := schemas.Header{
		{Name: "Host", Value: "h:80"}, {Name: "X-Acs-Date", Value: "d"}, {Name: "User-Agent", Value: "u"}, {Name: "Content-Type", Value: "t"},
	}
	names := ACS3Headers(header)
	if got := strings.Join(names, ";"); got != "content-type;host;x-acs-date" {
		t.Errorf("signed headers %s", got)
	}
	slices.Reverse(names)
	text, _ := ACS3("GET", "", []Param{{"a", ""}}, header, names, ContentSHA256(nil), "secret")
	want := "GET\n/\na=\ncontent-type:t\nhost:h:80\nx-acs-date:d\n\ncontent-type;host;x-acs-date\n" + ContentSHA256(nil)
	if text != want {
		t.Errorf("canonical request %q, want %q", text, want)
	}
}
