package suites

import (
	"crypto/sha1"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// combinedChapter has cases that put into one call what is wrong and what is merely unusual. A server that sends the
// unusual another way may pass over there what it looks at everywhere else.
func combinedChapter() Chapter {
	unusual := Case{Name: named("signature-changed-in-an-unusual-call"), Condition: WrongSignature, AnyRefusal: true, Spread: Once}
	wrong := []Change{Spoilt("one character of Signature changed", flipped)}
	for _, change := range []Change{fromWithin(), bearing()} {
		unusual.Steps = append(unusual.Steps, Step{Change: []Change{change}, AfterSigning: wrong})
	}
	return Chapter{Name: "combined", Cases: []Case{unusual,
		{Name: named("signature-changed-in-chunks"), Condition: WrongSignature, AnyRefusal: true, Only: true, Spread: Once, Styles: rpcOnly, RequiresMethods: []string{"POST"}, Except: "a form goes by POST in style rpc",
			Change: []Change{Method("POST")}, AfterSigning: wrong, Raw: []ByteEdit{chunked("a chunked body", "")}},
		{Name: named("signed-with-no-secret"), Condition: WrongSignature, Spread: Methods, Steps: []Step{
			{Change: []Change{{"signed with an empty secret", func(d *Draft) { d.Key.AccessKeySecret = "" }}}},
			{Change: []Change{keyOfAnotherStyle()}}}},
		{Name: named("timestamp-a-day-old-beside-a-date"), Condition: StaleTimestamp, Spread: Once, Styles: acs3Only, Except: "style roa states its time in Date, and style rpc in a parameter, which no header is taken for",
			Change: []Change{Age(24 * time.Hour), {"with the time of now in Date", func(d *Draft) { d.Header.Set("Date", d.Now.UTC().Format(httpTime)) }}}},
		{Name: named("timestamp-a-day-old-beside-headers"), Condition: StaleTimestamp, AnyRefusal: true, Spread: Once, Styles: rpcOnly, Except: "style acs3 states its time in x-acs-date, and style roa in Date",
			Steps: []Step{
				{Change: []Change{Age(24 * time.Hour), {"with the time of now in Date", func(d *Draft) { d.Header.Set("Date", d.Now.UTC().Format(httpTime)) }}}},
				{Change: []Change{Age(24 * time.Hour), {"with the time of now in x-acs-date", func(d *Draft) { d.Header.Set("x-acs-date", d.Now.UTC().Format(isoTime)) }}}}}},
		{Name: named("token-of-another-key-beside-a-permanent-one"), Condition: MismatchedToken, AnyRefusal: true, Spread: Once, Needs: []Need{"credentials.sts"}, Change: []Change{TokenOf(schemas.STSKey)}},
		{Name: named("tls-only-said-to-be-forwarded"), Condition: PlainHTTP, Base: BaseTLSOnly, Spread: InTurns, Needs: []Need{"tls_only"}, Change: []Change{Header("X-Forwarded-Proto", "https")}},
	}}
}

// fromWithin comes as from a client that a server trusts for its address or its cookie.
func fromWithin() Change {
	return Change{"with the server's own address in X-Forwarded-For and with a cookie", func(d *Draft) {
		d.Header.Set("X-Forwarded-For", "127.0.0.1")
		d.Header.Set("Cookie", "acsconform=1")
	}}
}

// bearing says that the call bears a token and needs no signature, which it has all the same.
func bearing() Change {
	c := BearerToken()
	c.Description += ", beside key and signature"
	return c
}

// keyOfAnotherStyle signs with the key of another style: that of style rpc is the secret with & behind it, that of the
// others the secret alone.
func keyOfAnotherStyle() Change {
	return Change{"signed with the key of another style", func(d *Draft) {
		if d.Style == schemas.ACS3 {
			d.Key.AccessKeySecret += "&"
			return
		}
		d.algorithm, d.keyed = &hmacSHA1, schemas.RPC
		if d.Style == schemas.RPC {
			d.keyed = schemas.ROA
		}
	}}
}

// hmacSHA1 is the signature method of styles rpc and roa.
var hmacSHA1 = sign.Algorithm{Name: "HMAC-SHA1", Hash: sha1.New}
