package suites

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites/sign"
)

// numbered writes every character by its number.
func numbered(format, text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, format, r)
	}
	return b.String()
}

func inQuotes(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted[1 : len(quoted)-1])
}

// ways are those in which a server may tell a text.
var ways = map[string]func(text string) string{
	"as it is":             func(t string) string { return t },
	"in a sentence":        func(t string) string { return "Signature should be " + t + ". Try again." },
	"behind a slash":       func(t string) string { return "expected/" + t },
	"in JSON":              inQuotes,
	"in JSON, slashes too": func(t string) string { return strings.ReplaceAll(inQuotes(t), "/", `\/`) },
	"in JSON in JSON":      func(t string) string { return inQuotes(inQuotes(`{"Signature":"` + t + `"}`)) },
	"by numbers in JSON":   func(t string) string { return numbered(`\u%04X`, t) },
	"in XML": func(t string) string {
		return strings.NewReplacer("+", "&#43;", "=", "&#x3d;", "/", "&#47;").Replace(t)
	},
	"by numbers in XML": func(t string) string { return numbered("&#%d;", t) },
	"in a query":        func(t string) string { return "a=b&Signature=" + sign.PercentEncode(t) + "&c=d" },
	"in a query, lower": func(t string) string {
		return "Signature=" + strings.ToLower(url.QueryEscape("=")) + url.QueryEscape(t)
	},
	"in a string to sign": func(t string) string { return "GET&%2F&Signature%3D" + sign.PercentEncode(sign.PercentEncode(t)) },
	"in base64":           func(t string) string { return base64.StdEncoding.EncodeToString([]byte("the right one is " + t)) },
	"in bare base64url":   func(t string) string { return base64.RawURLEncoding.EncodeToString([]byte(t)) },
	"in hex":              func(t string) string { return hex.EncodeToString([]byte(t)) },
	"in JSON in a query":  func(t string) string { return url.QueryEscape(numbered(`\u%04x`, t)) },
}

// waysOfBytes are further ones for what stands for bytes, as a signature does.
var waysOfBytes = map[string]func(raw []byte) string{
	"as hex":            hex.EncodeToString,
	"as upper-case hex": func(raw []byte) string { return strings.ToUpper(hex.EncodeToString(raw)) },
	"as base64":         base64.StdEncoding.EncodeToString,
	"as bare base64":    base64.RawStdEncoding.EncodeToString,
	"as base64url":      base64.URLEncoding.EncodeToString,
}

func discloses(x *schemas.Exchange, text string, inHeader bool) bool {
	y := *x
	y.Response = &schemas.Response{Status: 400, Body: schemas.Body(`{"Code":"SignatureDoesNotMatch","Message":"` + text + `"}`)}
	if inHeader {
		y.Response = &schemas.Response{Status: 400, Header: schemas.Header{{Name: "X-Debug", Value: text}}, Body: schemas.Body(`{}`)}
	}
	return Discloses(&y, body.Open(y.Response.Body))
}

// uncut returns the request of a step before it is turned into raw bytes, with the body that they hold.
func uncut(p *Planned, step int, m Moment) schemas.Request {
	plain, of := *p, *p.Case
	of.Steps = slices.Clone(p.Steps())
	of.Steps[step].Raw = nil
	of.Change, of.AfterSigning, of.Raw = nil, nil, nil
	plain.Case = &of
	return plain.Craft(step, 0, m).Request
}

// What the request carries comes back in any way without a word; the signature that is right for it, where it carries
// another one, and its secret do not. Of the many alterations of what is signed, one of four is looked at,
// unless ACSCONFORM_WHOLE is set.
func TestWhatIsDisclosed(t *testing.T) {
	asked, told, altered := 0, 0, 0
	eachPlanned(t, func(t *testing.T, p *Planned, m Moment) {
		if p.Profile.Name != "gateway" || p.Target.Request.Method != "GET" || p.Clause.ID != "SIGN-1" && p.Clause.ID != "SIGN-2" && p.Clause.ID != "PARAM-1" && p.Clause.ID != "TOKEN-1" {
			return
		}
		if altered++; p.Case.IsTampering() && altered%4 > 0 && os.Getenv("ACSCONFORM_WHOLE") == "" {
			return
		}
		for step := range p.Steps() {
			x := p.Craft(step, 0, m)
			where := fmt.Sprintf("%s/%s %s", p.Profile.Name, p.Style, p.ID())
			carried := append(sentSignatures(t, x.Request), x.Request.URL, string(x.Request.Body))
			for _, f := range x.Request.Header {
				carried = append(carried, f.Value)
			}
			for _, text := range carried {
				for way, tell := range ways {
					if asked++; text != "" && (discloses(x, tell(text), false) || discloses(x, tell(text), true)) {
						t.Errorf("%s: %q of the request %s is taken for a secret", where, text, way)
					}
				}
			}
			secret := p.Target.Credentials[schemas.DefaultKey].AccessKeySecret
			if p.Condition == STSWithoutToken {
				secret = p.Target.Credentials[schemas.STSKey].SecurityToken
			}
			right, _ := p.sound(step, 0, m).rightSignature(uncut(p, step, m), p.Target.Credentials[schemas.DefaultKey].AccessKeySecret)
			secrets := []string{secret}
			if p.Condition == WrongSignature && !p.Steps()[step].Setup && !carriedBy(x.Request)(right) {
				secrets = append(secrets, right)
				for way, tell := range waysOfBytes {
					if told++; !discloses(x, tell(rawOf(t, p.Style, right)), false) {
						t.Errorf("%s: the right signature %s is let pass", where, way)
					}
				}
			}
			for _, text := range secrets {
				for way, tell := range ways {
					if told++; !discloses(x, tell(text), false) || !discloses(x, tell(text), true) {
						t.Errorf("%s: %q %s is let pass", where, text, way)
					}
				}
			}
		}
	})
	if asked < 5000 || told < 1000 {
		t.Errorf("%d echoes and %d secrets were looked at", asked, told)
	}
}

func rawOf(t *testing.T, style schemas.Style, signature string) []byte {
	t.Helper()
	decode := base64.StdEncoding.DecodeString
	if style == schemas.ACS3 {
		decode = hex.DecodeString
	}
	raw, err := decode(signature)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// An answer may be long and coded as often as it likes: what is read of it has a bound.
func TestDecodingHasABound(t *testing.T) {
	text := strings.Repeat("%25", 1<<18) + strings.Repeat(`\u0026amp;`, 1<<16)
	for range 6 {
		text = url.QueryEscape(text[:min(len(text), 1<<20)])
	}
	size := 0
	texts, _ := decoded([]string{text[:1<<20], strings.Repeat("QUJDREVGR0hJSktMTU5PUA ", 1<<15)})
	for _, d := range texts {
		size += len(d)
	}
	if size > mostDecoded {
		t.Errorf("%d bytes were decoded", size)
	}
}
