package leaktest

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// Find describes in which ways the secret is in the text: "plain", "hex" and the like; nil when it does not.
func Find(text, secret string) []string {
	var ways []string
	for _, c := range codings(secret) {
		if strings.Contains(text, c.coded) {
			ways = append(ways, c.way)
		}
	}
	return ways
}

type coding struct{ way, coded string }

// codings writes a secret in the ways in which programs write bytes down.
func codings(secret string) []coding {
	query := url.QueryEscape(secret)
	percent := strings.ReplaceAll(query, "+", "%20")
	list := []coding{
		{"plain", secret}, {"URL-encoded", query}, {"URL-encoded", percent}, {"URL-encoded twice", url.QueryEscape(percent)},
		{"URL-encoded, lower case", lower(percent)}, {"HTML-escaped", html.EscapeString(secret)},
		{"JSON-escaped", strings.ReplaceAll(secret, "/", `\/`)},
		{"hex", hex.EncodeToString([]byte(secret))}, {"hex", strings.ToUpper(hex.EncodeToString([]byte(secret)))},
	}
	for _, alphabet := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		for behind := range 3 { // bytes that are before it within a group of three
			list = append(list, coding{fmt.Sprintf("base64 behind %d bytes", behind), inBase64(alphabet, secret, behind)})
		}
	}
	return list
}

// inBase64 returns what the secret looks like in the base64 of a longer text, without the letters at both ends that depend
// on what is around it.
func inBase64(alphabet *base64.Encoding, secret string, behind int) string {
	coded := alphabet.WithPadding(base64.NoPadding).EncodeToString([]byte(strings.Repeat("\x00", behind) + secret))
	if behind > 0 {
		coded = coded[behind+1:]
	}
	if (behind+len(secret))%3 != 0 {
		coded = coded[:len(coded)-1]
	}
	return coded
}

// lower writes the digits of percent-encoding in lower case.
func lower(percent string) string {
	var out strings.Builder
	for i, part := range strings.Split(percent, "%") {
		if i > 0 {
			out.WriteString("%" + strings.ToLower(part[:2]))
			part = part[2:]
		}
		out.WriteString(part)
	}
	return out.String()
}
