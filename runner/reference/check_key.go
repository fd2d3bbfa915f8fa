package reference

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

func methodKnown(_ *Server, c *call) *fault {
	algorithm, version := c.value("SignatureMethod"), c.value("SignatureVersion")
	switch {
	case c.style == schemas.ACS3 && c.algorithm != sign.ACS3Algorithm,
		c.style != schemas.ACS3 && algorithm != "" && !strings.EqualFold(algorithm, "HMAC-SHA1"):
		return &fault{condition: unknownSignatureMethod, parameter: "SignatureMethod"}
	case version != "" && version != "1.0":
		return &fault{condition: unknownSignatureVersion, parameter: "SignatureVersion"}
	default:
		return nil
	}
}

// isoTime is the published format of Timestamp (gateway, row 10).
const isoTime = "2006-01-02T15:04:05Z"

func timestampGood(s *Server, c *call) *fault {
	text := c.value("Timestamp")
	if text == "" {
		return nil
	}
	when, ok := c.timestamp(text)
	switch off := c.now.Sub(when); {
	case !ok:
		return &fault{condition: malformedTimestamp, parameter: c.ClientName("Timestamp")}
	case off.Abs() > s.Window:
		return &fault{condition: staleTimestamp, parameter: c.ClientName("Timestamp")}
	default:
		return nil
	}
}

// timestamp reads the published format to the letter; Date may also be in the form of HTTP.
func (c *call) timestamp(text string) (time.Time, bool) {
	if when, err := time.Parse(isoTime, text); err == nil && when.Format(isoTime) == text {
		return when, true
	}
	when, err := time.Parse(http.TimeFormat, text)
	return when, err == nil && c.style == schemas.ROA
}

// keyGood looks the key up. A temporary one without its token is told by its name alone.
func keyGood(s *Server, c *call) *fault {
	id := c.value("AccessKeyId")
	if id == "" {
		return nil
	}
	switch c.key = s.KeyOf(id); {
	case strings.HasPrefix(id, "STS.") && c.value("SecurityToken") == "":
		return &fault{condition: stsWithoutToken, parameter: "SecurityToken"}
	case c.key == nil:
		return &fault{condition: unknownAccessKey, parameter: "AccessKeyId"}
	case c.key.inactive:
		return &fault{condition: disabledAccessKey, parameter: "AccessKeyId"}
	default:
		return nil
	}
}

// tokenGood looks at the SecurityToken where there is one.
func tokenGood(_ *Server, c *call) *fault {
	token := c.value("SecurityToken")
	if c.key == nil || token == "" {
		return nil
	}
	if condition := tokenFault(c.key, token, c.now); condition != "" {
		return &fault{condition: condition, parameter: "SecurityToken"}
	}
	return nil
}

func digestRight(_ *Server, c *call) *fault {
	if md5 := c.header.Get("Content-MD5"); md5 != "" && md5 != sign.ContentMD5(c.body) {
		return &fault{condition: contentMD5Mismatch, parameter: "Content-MD5"}
	}
	return nil
}

func signatureRight(s *Server, c *call) *fault {
	signature := c.value("Signature")
	switch {
	case c.key == nil || signature == "":
		return nil
	case !decodes(c.style, signature):
		return &fault{condition: signatureNotBase64, parameter: "Signature"}
	case !s.Verify(c, signature) || !c.coversHeaders():
		return &fault{condition: wrongSignature, parameter: "Signature"}
	default:
		return nil
	}
}

// VerifySignature computes the signature again and compares.
func VerifySignature(c *call, signature string) bool {
	return hmac.Equal([]byte(signature), []byte(c.signature(c.method, c.params())))
}

func decodes(style schemas.Style, signature string) bool {
	if style == schemas.ACS3 {
		_, err := hex.DecodeString(signature)
		return err == nil
	}
	_, err := base64.StdEncoding.DecodeString(signature)
	return err == nil
}

// signature computes what the signature of the call must be. params are those of query and form.
func (c *call) signature(method string, params []sign.Param) (signature string) {
	switch c.style {
	case schemas.ROA:
		_, signature = sign.ROA(method, c.fields(), c.path, c.query, c.key.AccessKeySecret)
	case schemas.ACS3:
		_, signature = sign.ACS3(method, c.path, c.query, c.fields(), c.signedHeaders, sign.ContentSHA256(c.body), c.key.AccessKeySecret)
	default:
		_, signature = sign.RPC(method, params, c.key.AccessKeySecret)
	}
	return signature
}

// fields returns the header as the signers take it, Host among the rest.
func (c *call) fields() schemas.Header {
	fields := schemas.Header{{Name: "Host", Value: c.authority}}
	for name, values := range c.header {
		for _, value := range values {
			fields = append(fields, schemas.Field{Name: name, Value: value})
		}
	}
	return fields
}

// coversHeaders reports whether what must be signed was: in acs3 the client says which headers it signed, and which
// digest its body has.
func (c *call) coversHeaders() bool {
	if c.style != schemas.ACS3 {
		return true
	}
	if digest := c.header.Get("X-Acs-Content-Sha256"); digest != "" && !strings.EqualFold(digest, sign.ContentSHA256(c.body)) {
		return false
	}
	for _, name := range sign.ACS3Headers(c.fields()) {
		if name != "content-type" && !slices.Contains(c.signedHeaders, name) {
			return false
		}
	}
	return true
}

// nonceFresh records the nonce of a call whose signature is right, where the document speaks of nonces.
func nonceFresh(s *Server, c *call) *fault {
	nonce := c.value("SignatureNonce")
	if c.key == nil || nonce == "" || !s.answers(nonceReused) {
		return nil
	}
	if s.ClaimNonce(c.key.AccessKeyID+"\x00"+s.NonceOf(c), c.now) {
		return nil
	}
	return &fault{condition: nonceReused, parameter: "SignatureNonce"}
}
