package leaktest

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func TestFind(t *testing.T) {
	const secret = "s3cr/et+of=go&ssip"
	for way, text := range map[string]string{
		"plain":                   "it is " + secret + ".",
		"URL-encoded":             "Secret=s3cr%2Fet%2Bof%3Dgo%26ssip&",
		"URL-encoded, lower case": "Secret=s3cr%2fet%2bof%3dgo%26ssip&",
		"URL-encoded twice":       "s3cr%252Fet%252Bof%253Dgo%2526ssip",
		"HTML-escaped":            "<b>s3cr/et+of=go&amp;ssip</b>",
		"JSON-escaped":            `"s3cr\/et+of=go&ssip"`,
		"hex":                     strings.ToUpper(hex.EncodeToString([]byte("x" + secret + "y"))),
		"base64 behind 0 bytes":   base64.StdEncoding.EncodeToString([]byte("abc" + secret + "!!")),
		"base64 behind 1 bytes":   base64.StdEncoding.EncodeToString([]byte("a" + secret)),
		"base64 behind 2 bytes":   base64.URLEncoding.EncodeToString([]byte("ab" + secret + "cdef")),
	} {
		if found := Find(text, secret); len(found) == 0 || !strings.HasPrefix(found[0], way) {
			t.Errorf("%s: found %q in %s", way, found, text)
		}
	}
	if found := Find("s3cr/et+of=go&ss s3cr", secret); found != nil {
		t.Errorf("found %q where it is not", found)
	}
}

func TestGossipTells(t *testing.T) {
	key := schemas.Credential{AccessKeySecret: "s3cr/et+of=go&ssip", SecurityToken: "t0k/en+of=gossip"}
	text := strings.Join(encodings(key), " ")
	for _, secret := range []string{key.AccessKeySecret, key.SecurityToken} {
		if ways := Find(text, secret); len(ways) < 8 {
			t.Errorf("it tells %s only in %q", secret, ways)
		}
	}
}
