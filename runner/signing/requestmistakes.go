package signing

import (
	"crypto/md5"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// query returns the query of the text that was told, read as that of v is written.
func (c clues) query(v variant) (string, bool) {
	switch {
	case c.told.Form == Hash || c.told.Form == Signature || c.told.Form == "":
		return "", false
	case c.steps.Style == schemas.ACS3:
		lines := strings.SplitN(c.told.Text, "\n", 4)
		if len(lines) < 4 {
			return "", false
		}
		return lines[2], true
	case c.steps.Style == schemas.ROA:
		_, query, ok := strings.Cut(c.told.Text[strings.LastIndexByte(c.told.Text, '\n')+1:], "?")
		return query, ok
	}
	at := strings.LastIndexByte(c.told.Text, '&')
	query := c.told.Text[at+1:]
	for range strings.Count(v.outer("%"), "25") { // once for each time that it is encoded
		query = unescaped(query)
	}
	return query, at >= 0
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// unescaped undoes one encoding, and leaves alone what is none.
func unescaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(e string) string {
		b, err := hex.DecodeString(e[1:])
		if err != nil {
			return e
		}
		return string(b)
	})
}

var methodInFront = regexp.MustCompile(`^[A-Z]{3,7}[&\n]`)

func otherMethod(v variant, c clues) []variant {
	methods := []string{"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"}
	if told := methodInFront.FindString(c.told.Text); told != "" && c.told.Form != Signature {
		methods = []string{told[:len(told)-1]}
	}
	var all []variant
	for _, method := range methods {
		if rest, ok := strings.CutPrefix(v.head, c.steps.Message.Method); ok && method != c.steps.Message.Method {
			other := v
			other.head = method + rest
			all = append(all, other)
		}
	}
	return all
}

// otherHost is the host that was told, else the one with or without its port.
func otherHost(v variant, c clues) []variant {
	if told, ok := line(c.told.Text, "host"); ok {
		return []variant{v.withLine("host", told)}
	}
	host, _ := line(v.tail, "host")
	name, _, err := net.SplitHostPort(host)
	hosts := []string{strings.ToLower(host), name}
	if err != nil {
		hosts = []string{strings.ToLower(host), host + ":80", host + ":443"}
	}
	var all []variant
	for _, h := range append(hosts, "localhost", "127.0.0.1", "") {
		all = append(all, v.withLine("host", h))
	}
	return all
}

// line returns the value of a header's line in a canonical text.
func line(text, name string) (string, bool) {
	for l := range strings.SplitSeq(text, "\n") {
		if value, ok := strings.CutPrefix(l, name+":"); ok {
			return value, true
		}
	}
	return "", false
}

// dateLine is where the Date of style roa stands, counted from 0.
const dateLine = roaLines - 1

// isoTime is how rpc and acs3 write a time.
const isoTime = "2006-01-02T15:04:05Z"

// otherTime is the time that was told, else one that clients write in its place: in the zone of China, with
// milliseconds, with a number for the zone, in the form of another style.
func otherTime(v variant, c clues) []variant {
	if told := timeIn(c.steps.Style, c.told); told != "" {
		return v.withTimes(c.steps.Style, told)
	}
	ours := timeIn(c.steps.Style, Told{Form: Text, Text: c.steps.text()})
	layout := layoutOf(c.steps.Style)
	at, err := time.Parse(layout, ours)
	if err != nil || c.told.Form != Hash && c.told.Form != Signature {
		return nil
	}
	china := at.Add(8 * time.Hour)
	return v.withTimes(c.steps.Style, china.Format(layout), at.Format("2006-01-02T15:04:05.000Z"), at.Format("2006-01-02T15:04:05+00:00"),
		at.Format(http.TimeFormat), at.Format(isoTime), china.Format("2006-01-02T15:04:05+08:00"))
}

// layoutOf returns the layout in which a style writes times.
func layoutOf(style schemas.Style) string {
	if style == schemas.ROA {
		return http.TimeFormat
	}
	return isoTime
}

func (v variant) withTimes(style schemas.Style, times ...string) []variant {
	var all []variant
	for _, text := range times {
		switch style {
		case schemas.ROA:
			all = append(all, v.withHeadLine(dateLine, text))
		case schemas.ACS3:
			all = append(all, v.withLine("x-acs-date", text))
		default:
			pairs := slices.Clone(v.pairs())
			for i, pair := range pairs {
				if strings.HasPrefix(pair, "Timestamp=") {
					pairs[i] = "Timestamp=" + sign.PercentEncode(text)
				}
			}
			all = append(all, v.withPairs(pairs))
		}
	}
	return all
}

var timestamp = regexp.MustCompile(`(?:^|[&?])Timestamp=([^&\n]*)`)

// timeIn returns the time of a text that a signature is made of; empty where it has none.
func timeIn(style schemas.Style, told Told) string {
	switch {
	case told.Form != Text && told.Form != Canonical:
		return ""
	case style == schemas.RPC:
		if m := timestamp.FindStringSubmatch(decoded(told.Text)); m != nil {
			return m[1]
		}
		return ""
	case style == schemas.ROA:
		lines := strings.SplitN(told.Text, "\n", roaLines+1)
		if len(lines) <= dateLine {
			return ""
		}
		return lines[dateLine]
	}
	text, _ := line(told.Text, "x-acs-date")
	return text
}

func otherKey(key func(string) string) func(variant, clues) []variant {
	return func(v variant, _ clues) []variant {
		v.key, v.plain = key, false
		return []variant{v}
	}
}

// unhashed has what clients write in the place of the hash of the body.
func unhashed(v variant, c clues) []variant {
	sent := c.steps.Message.Body
	if c.steps.Style == schemas.ROA {
		sum := md5.Sum(sent)
		var all []variant
		for _, text := range []string{"", hex.EncodeToString(sum[:]), string(sent), sign.ContentMD5(nil)} {
			all = append(all, v.withHeadLine(2, text))
		}
		return all
	}
	var all []variant
	last := strings.LastIndexByte(v.tail, '\n') + 1
	for _, text := range []string{sign.ContentSHA256(nil), string(sent), "UNSIGNED-PAYLOAD", ""} {
		other := v
		other.tail = v.tail[:last] + text
		all = append(all, other, other.withLine("x-acs-content-sha256", text))
	}
	return all
}

// adopted are the parameters, beside the time, that a request made up here takes from what was told.
var adopted = regexp.MustCompile(`(?:^|[&?])(SignatureNonce|Format)=([^&\n]*)`)

// formLeftOut is the query without the parameters that the request has in its form.
func formLeftOut(v variant, c clues) []variant { return partLeftOut(v, c, true) }

// queryLeftOut is the query without the parameters that the request has outside its form.
func queryLeftOut(v variant, c clues) []variant { return partLeftOut(v, c, false) }

// partLeftOut is made of requests only that have parameters in both places.
func partLeftOut(v variant, c clues, form bool) []variant {
	fields, err := url.ParseQuery(string(c.steps.Message.Body))
	if err != nil || len(fields) == 0 {
		return nil
	}
	all := v.pairs()
	kept := slices.DeleteFunc(slices.Clone(all), func(pair string) bool { return fields.Has(nameOf(pair)) == form })
	if len(kept) == 0 || len(kept) == len(all) {
		return nil
	}
	return []variant{v.withPairs(kept)}
}
