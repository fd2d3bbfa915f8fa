package suites

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

func bodyChapter() Chapter {
	return Chapter{Name: "body", Rules: []Rule{
		refusal("BODY-1"),
		refusal("BODY-2"),
		service("BODY-2"),
		refusal("TLS-1"),
	}, Cases: []Case{
		{Name: named("content-length-longer"), Condition: ContentLengthMismatch, Spread: Formats, Base: BaseBody, Raw: []ByteEdit{declaredLength(+7)}},
		{Name: named("content-length-shorter"), Condition: ContentLengthMismatch, Spread: Formats, Base: BaseBody, Raw: []ByteEdit{moreBody("acsconform")}},
		{Name: named("content-md5-wrong"), KeepReason: "the plainest digest that is another body's, beside one that is a bit off", Condition: ContentMD5Mismatch, Hides: []Hidden{{"SIGN-2", ofBodyByDigest, "Content-MD5 is not held against the body"}}, Spread: Formats, Base: BaseBody, Change: []Change{otherMD5()}},
		{Name: named("content-md5-one-bit-off"), Condition: ContentMD5Mismatch, Spread: Once, Base: BaseBody, Change: []Change{almostMD5()}},
		{Name: named("content-md5-not-base64"), Condition: ContentMD5Mismatch, Spread: Formats, Base: BaseBody, Change: []Change{Header("Content-MD5", "no-digest")}},
		{Name: named("content-md5-right"), Condition: ContentMD5Right, Spread: Formats, Base: BaseBody, Change: []Change{rightMD5()}},
		{Name: named("content-md5-of-nothing"), Condition: ContentMD5Right, Except: "style roa alone signs Content-MD5, and SDKs send it with every call there", Spread: Once, Styles: roaOnly, RequiresMethods: []string{"GET"},
			Description: "the Content-MD5 of no body, as the SDKs for Go and Java send it with a GET (roa_signature_composer_test.go, HttpMessage.setHttpContent)", Change: []Change{Header("Content-MD5", sign.ContentMD5(nil))}},
		{Name: named("tls-only-over-plain-http"), KeepReason: "the plain form; the case beside it claims HTTPS in a header", Condition: PlainHTTP, Base: BaseTLSOnly, Spread: InTurns, Needs: []Need{"tls_only"}, Description: "the HTTPS-only action asked for over plain HTTP"},
	}}
}

// otherMD5 sends the digest of another body than the one that is laid out.
func otherMD5() Change {
	return Change{"with the Content-MD5 of another body", func(d *Draft) {
		other := append(slices.Clone(d.payload()), "acsconform"...)
		d.Header.Set("Content-MD5", sign.ContentMD5(other))
	}}
}

// almostMD5 sends the right digest with one bit of its last byte changed.
func almostMD5() Change {
	return Change{"with one bit of Content-MD5 changed", func(d *Draft) {
		almost := func(body []byte) string { return bitFlipped(-3)(sign.ContentMD5(body)) }
		if d.Style == schemas.ROA { // which signs the digest
			d.Header.Set("Content-MD5", almost(d.payload()))
			return
		}
		d.after = append(d.after, func(r *schemas.Request) { r.Header.Set("Content-MD5", almost(r.Body)) })
	}}
}

// rightMD5 sends the digest of the body as it is laid out.
func rightMD5() Change {
	return Change{"with the right Content-MD5", func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) { r.Header.Set("Content-MD5", sign.ContentMD5(r.Body)) })
	}}
}

var lengthLine = regexp.MustCompile(`(?m)^Content-Length: (\d+)\r$`)

// declaredLength declares so many bytes more than are sent, and closes the sending side.
func declaredLength(more int) ByteEdit {
	return ByteEdit{Description: fmt.Sprintf("a Content-Length %d bytes longer than the body", more), HalfClose: true, Do: func(raw []byte) []byte {
		return lengthLine.ReplaceAllFunc(raw, func(line []byte) []byte {
			n, err := strconv.Atoi(string(lengthLine.FindSubmatch(line)[1]))
			if err != nil {
				return line
			}
			return fmt.Appendf(nil, "Content-Length: %d\r", n+more)
		})
	}}
}

// moreBody sends more bytes than are declared.
func moreBody(more string) ByteEdit {
	return ByteEdit{Description: fmt.Sprintf("%d bytes more than Content-Length declares", len(more)), Do: func(raw []byte) []byte {
		return append(raw, more...)
	}}
}

// ofBodyByDigest matches what alters a body that style roa covers by its Content-MD5 alone.
func ofBodyByDigest(p *Planned) bool {
	return p.Style == schemas.ROA && p.Case.Alters.Kind == sign.Body
}
