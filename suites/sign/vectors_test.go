package sign

import (
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

func paramsOf(maps ...map[string]string) []Param {
	var list []Param
	for _, m := range maps {
		for name, value := range m {
			list = append(list, Param{name, value})
		}
	}
	return list
}

// again computes a vector from its inputs: what is signed (the canonical request in style acs3), and the signature.
func again(v schemas.Vector) (signed, signature string) {
	switch {
	case v.Style == schemas.RPC:
		return RPC(v.Method, paramsOf(v.Params, v.Query, v.Form), v.Secret)
	case v.Style == schemas.ROA && v.Method != "":
		return ROA(v.Method, v.Header, v.Path, paramsOf(v.Query), v.Secret)
	case v.Style == schemas.ACS3 && v.Path == "":
		return canonicalAgain(v)
	case v.Style == schemas.ACS3:
		return ACS3(v.Method, v.Path, paramsOf(v.Query), v.Header, signedOf(v), digestOf(v), v.Secret)
	default: // of some only the string to sign was published
		return v.StringToSign, hmacSHA1(v.Secret, v.StringToSign)
	}
}

// canonicalAgain takes the inputs from the canonical request, where nothing else was published.
func canonicalAgain(v schemas.Vector) (canonicalRequest, signature string) {
	lines := strings.Split(v.CanonicalRequest, "\n")
	method, path, query, fields, digest := lines[0], lines[1], lines[2], lines[3:len(lines)-3], lines[len(lines)-1]
	var params []Param
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		params = append([]Param{{name, value}}, params...)
	}
	var header schemas.Header
	for _, field := range fields {
		name, values, _ := strings.Cut(field, ":")
		for value := range strings.SplitSeq(values, ",") {
			header = append(header, schemas.Field{Name: strings.ToUpper(name), Value: value})
		}
	}
	return ACS3(method, path, params, header, strings.Split(lines[len(lines)-2], ";"), digest, v.Secret)
}

// signedOf names the fields that the published request signs.
func signedOf(v schemas.Vector) []string {
	var names []string
	for _, f := range v.Header {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// digestOf is that of the body, where the vector publishes no other.
func digestOf(v schemas.Vector) string {
	if i := strings.LastIndex(v.CanonicalRequest, "\n"); i >= 0 {
		return v.CanonicalRequest[i+1:]
	}
	return ContentSHA256([]byte(v.Body))
}

func TestPublishedVectors(t *testing.T) {
	styles := map[schemas.Style]int{}
	for _, v := range fixtures.Vectors() {
		styles[v.Style]++
		signed, signature := again(v)
		if signature != v.Signature {
			t.Errorf("%s: signature %s, want %s, over %q", v.ID, signature, v.Signature, signed)
		}
		for _, want := range []string{v.StringToSign, v.CanonicalRequest} {
			if want != "" && signed != want {
				t.Errorf("%s: signed %q, want %q", v.ID, signed, want)
			}
		}
		if want := v.HashedCanonicalRequest; want != "" && ContentSHA256([]byte(signed)) != want {
			t.Errorf("%s: canonical request hashes to %s, want %s", v.ID, ContentSHA256([]byte(signed)), want)
		}
	}
	for style, least := range map[schemas.Style]int{schemas.RPC: 10, schemas.ROA: 5, schemas.ACS3: 4, "hmac": 2} {
		if styles[style] < least {
			t.Errorf("%d vectors of style %s, want at least %d", styles[style], style, least)
		}
	}
}

func TestBodiesOfVectorsHaveTheirDigest(t *testing.T) {
	for _, v := range fixtures.Vectors() {
		if want := v.Header.Get("Content-MD5"); want != "" && v.Body != "" && ContentMD5([]byte(v.Body)) != want {
			t.Errorf("%s: Content-MD5 %s, want %s", v.ID, ContentMD5([]byte(v.Body)), want)
		}
	}
}

func TestWrongVectorsStayWrong(t *testing.T) {
	right := map[string]schemas.Vector{}
	for _, v := range fixtures.Vectors() {
		right[v.ID] = v
	}
	for _, w := range fixtures.WrongVectors() {
		v, ok := right[w.Like]
		if !ok {
			continue
		}
		_, signature := again(v)
		if signature == w.Published {
			t.Errorf("%s: the published signature comes out after all", w.ID)
		}
		if w.Right != "" && signature != w.Right {
			t.Errorf("%s: signature %s, want %s", w.ID, signature, w.Right)
		}
	}
}
