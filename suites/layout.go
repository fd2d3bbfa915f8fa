package suites

import (
	"cmp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

const formType = "application/x-www-form-urlencoded"

// headerNames returns the header that carries a public parameter in the styles that use headers.
var headerNames = map[schemas.Style]map[string]string{
	schemas.ROA: {
		"Version": "x-acs-version", "Timestamp": "Date", "SignatureMethod": "x-acs-signature-method",
		"SignatureVersion": "x-acs-signature-version", "SignatureNonce": "x-acs-signature-nonce",
		"SecurityToken": "x-acs-security-token", "Action": "x-acs-action",
	},
	schemas.ACS3: {
		"Action": "x-acs-action", "Version": "x-acs-version", "Timestamp": "x-acs-date",
		"SignatureNonce": "x-acs-signature-nonce", "SecurityToken": "x-acs-security-token",
	},
}

// sign computes the signature over the draft as it stands and makes it the public parameter Signature.
func (d *Draft) sign() {
	method := d.SignedMethod
	if method == "" {
		method = d.Method
	}
	d.drop("Signature")
	var signature, toSign string
	switch d.Style {
	case schemas.ROA:
		header := d.headers()
		toSign, signature = sign.ROA(method, header, d.Path, d.query(), d.Key.AccessKeySecret)
	case schemas.ACS3:
		header := d.headers()
		toSign, signature = sign.ACS3(method, d.Path, d.query(), header, signedHeaders(header), sign.ContentSHA256(d.payload()), d.Key.AccessKeySecret)
	default:
		toSign, signature = sign.RPC(method, append(append([]sign.Param{}, d.Public...), d.Own...), d.Key.AccessKeySecret)
	}
	if d.algorithm != nil {
		signature = d.algorithm.Sign(cmp.Or(d.keyed, d.Style), toSign, d.Key.AccessKeySecret)
	}
	d.set("Signature", signature)
}

// request lays the draft out for the wire.
func (d *Draft) request() schemas.Request {
	r := schemas.Request{Method: d.Method, URL: d.Origin + d.Path, Body: d.payload()}
	if q := sign.Encode(d.query()); q != "" {
		r.URL += "?" + q
	}
	r.Header = d.headers()
	if d.Style != schemas.RPC {
		if a := d.authorization(); a != "" {
			r.Header.Set("Authorization", a)
		}
	}
	for _, edit := range d.after {
		edit(&r)
	}
	return r
}

// query returns the parameters that travel in the URL.
func (d *Draft) query() []sign.Param {
	switch {
	case d.Style == schemas.RPC && d.Method == "POST" && len(d.Form) == 0 && !d.bodied:
		return nil
	case d.Style == schemas.RPC:
		return append(append([]sign.Param{}, d.Public...), d.Own...)
	}
	list := append([]sign.Param{}, d.Own...)
	if d.Style == schemas.ACS3 && d.Method == "POST" && d.Body == nil {
		list = nil
	}
	for _, p := range d.Public {
		if p.Name == "Format" {
			list = append(list, p)
		}
	}
	return list
}

// payload returns the body: what the case set, or the form that the method asks for.
func (d *Draft) payload() []byte {
	switch {
	case d.Body != nil:
		return d.Body
	case len(d.Form) > 0:
		return []byte(sign.Encode(d.Form))
	case d.Method != "POST":
		return nil
	case d.Style == schemas.RPC:
		return []byte(sign.Encode(append(append([]sign.Param{}, d.Public...), d.Own...)))
	case d.Style == schemas.ACS3:
		return []byte(sign.Encode(d.Own))
	}
	return nil
}

// headers returns the header lines, Authorization aside. What the case set itself comes last and wins.
func (d *Draft) headers() schemas.Header {
	var h schemas.Header
	body := d.payload()
	if body != nil && d.Header.Get("Content-Type") == "" && (d.Style != schemas.ROA || len(d.Form) > 0) {
		h.Set("Content-Type", formType)
	}
	if d.Style != schemas.RPC {
		d.publicHeaders(&h, body)
	}
	for _, f := range d.Header {
		h.Set(f.Name, f.Value)
	}
	return h
}

func (d *Draft) publicHeaders(h *schemas.Header, body []byte) {
	if d.Style == schemas.ROA {
		if !d.noAccept {
			h.Set("Accept", "application/json")
		}
		if len(body) > 0 {
			h.Set("Content-MD5", sign.ContentMD5(body))
		}
	} else {
		h.Set("host", hostOf(d.Origin))
		h.Set("x-acs-content-sha256", sign.ContentSHA256(body))
	}
	for _, p := range d.Public {
		name, ok := headerNames[d.Style][p.Name]
		if !ok || d.Style == schemas.ROA && p.Name == "Action" && p.Value == "" {
			continue
		}
		*h = append(*h, schemas.Field{Name: name, Value: p.Value})
	}
}

// authorization joins key and signature; a missing one of the two leaves its place empty, both leave no header.
func (d *Draft) authorization() string {
	key, signature := d.get("AccessKeyId"), d.get("Signature")
	hasKey, hasSignature := find(d.Public, "AccessKeyId") >= 0, find(d.Public, "Signature") >= 0
	switch {
	case !hasKey && !hasSignature:
		return ""
	case d.Style == schemas.ROA && !hasSignature:
		return "acs " + key
	case d.Style == schemas.ROA:
		return "acs " + key + ":" + signature
	}
	parts := []string{}
	if hasKey {
		parts = append(parts, "Credential="+key)
	}
	parts = append(parts, "SignedHeaders="+strings.Join(signedHeaders(d.headers()), ";"))
	if hasSignature {
		parts = append(parts, "Signature="+signature)
	}
	return "ACS3-HMAC-SHA256 " + strings.Join(parts, ",")
}

// signedHeaders names the headers that ACS3 signs: host, content-type and every x-acs-*, in lower case, sorted.
func signedHeaders(h schemas.Header) []string {
	var names []string
	for _, f := range h {
		name := strings.ToLower(f.Name)
		if name == "host" || name == "content-type" || strings.HasPrefix(name, "x-acs-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// hostOf cuts the scheme off an origin.
func hostOf(origin string) string {
	_, host, ok := strings.Cut(origin, "://")
	if !ok {
		return origin
	}
	return host
}
