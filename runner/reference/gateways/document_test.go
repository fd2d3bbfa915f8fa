package gateways

import "testing"

func TestPartsGoBetweenTheirMarkers(t *testing.T) {
	parts := map[string]string{"a": "new\n", "b": "newer\n"}
	filled, err := Fill([]byte("x <!-- measured: a -->\nold\n<!-- end --> y <!-- measured: b --><!-- end -->"), parts)
	want := "x <!-- measured: a -->\nnew\n<!-- end --> y <!-- measured: b -->\nnewer\n<!-- end -->"
	if err != nil || string(filled) != want {
		t.Fatalf("Fill = %q, %v, want %q", filled, err, want)
	}
	for name, text := range parts {
		if part, found := Part(filled, name); !found || part != text {
			t.Errorf("Part(%q) = %q, %t, want %q", name, part, found, text)
		}
	}
	if part, found := Part(filled, "c"); found {
		t.Errorf("Part of what is not there = %q", part)
	}
	for _, document := range []string{
		"<!-- measured: a --><!-- end -->", // no place for b
		"<!-- measured: c --><!-- end -->",
		"<!-- measured: a --> <!-- measured: b -->",
		"<!-- measured: a",
	} {
		if out, err := Fill([]byte(document), parts); err == nil {
			t.Errorf("Fill(%q) = %q, want an error", document, out)
		}
	}
}

func TestWhatDiffersFromRunToRunIsLeftOut(t *testing.T) {
	for got, want := range map[string]string{
		"502 an HTML page (Server: nginx/1.22.1)":                                                                                    "502 an HTML page",
		"400 an HTML page (Server: Apache/2.4.71 (Debian))":                                                                          "400 an HTML page",
		"RequestId 5b0e again, first seen in nonce-used-twice [JSON, GET]":                                                           "a RequestId again",
		"the sound request DescribeApis is refused: 400 SignatureDoesNotMatch (Specified …); check credentials.default (not judged)": "400 SignatureDoesNotMatch",
		"200, served": "200, served",
	} {
		if said := plain(got); said != want {
			t.Errorf("plain(%q) = %q, want %q", got, said, want)
		}
	}
}
