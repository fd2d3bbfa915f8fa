package server

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

func methodKnown(_ *Server, c *Call) *Fault {
	algorithm, version := c.Value("SignatureMethod"), c.Value("SignatureVersion")
	switch {
	case c.Style == schemas.ACS3 && c.Algorithm != sign.ACS3Algorithm,
		c.Style != schemas.ACS3 && algorithm != "" && !strings.EqualFold(algorithm, "HMAC-SHA1"):
		return &Fault{Condition: UnknownSignatureMethod, Parameter: "SignatureMethod"}
	case version != "" && version != "1.0":
		return &Fault{Condition: UnknownSignatureVersion, Parameter: "SignatureVersion"}
	default:
		return nil
	}
}

// ISOTime is the published format of Timestamp (gateway, row 10).
const ISOTime = "2006-01-02T15:04:05Z"

func timestampGood(s *Server, c *Call) *Fault {
	text := c.Value("Timestamp")
	if text == "" {
		return nil
	}
	when, ok := c.Timestamp(text)
	switch off := c.Now.Sub(when); {
	case !ok:
		return &Fault{Condition: MalformedTimestamp, Parameter: c.ClientName("Timestamp")}
	case off.Abs() > s.Window:
		return &Fault{Condition: StaleTimestamp, Parameter: c.ClientName("Timestamp")}
	default:
		return nil
	}
}

// Timestamp reads the published format to the letter; Date may also be in the form of HTTP.
func (c *Call) Timestamp(text string) (time.Time, bool) {
	if when, err := time.Parse(ISOTime, text); err == nil && when.Format(ISOTime) == text {
		return when, true
	}
	when, err := time.Parse(http.TimeFormat, text)
	return when, err == nil && c.Style == schemas.ROA
}

// keyGood looks the key up. A temporary one without its token is told by its name alone.
func keyGood(s *Server, c *Call) *Fault {
	id := c.Value("AccessKeyId")
	if id == "" {
		return nil
	}
	switch c.Key = s.KeyOf(id); {
	case strings.HasPrefix(id, "STS.") && c.Value("SecurityToken") == "":
		return &Fault{Condition: STSWithoutToken, Parameter: "SecurityToken"}
	case c.Key == nil:
		return &Fault{Condition: UnknownAccessKey, Parameter: "AccessKeyId"}
	case c.Key.Inactive:
		return &Fault{Condition: DisabledAccessKey, Parameter: "AccessKeyId"}
	default:
		return nil
	}
}

// tokenGood looks at the SecurityToken where there is one.
func tokenGood(_ *Server, c *Call) *Fault {
	token := c.Value("SecurityToken")
	if c.Key == nil || token == "" {
		return nil
	}
	if condition := tokenFault(c.Key, token, c.Now); condition != "" {
		return &Fault{Condition: condition, Parameter: "SecurityToken"}
	}
	return nil
}

// DigestRight objects to a Content-MD5 that is not the body's.
func DigestRight(_ *Server, c *Call) *Fault {
	if md5 := c.Header.Get("Content-MD5"); md5 != "" && md5 != sign.ContentMD5(c.Body) {
		return &Fault{Condition: ContentMD5Mismatch, Parameter: "Content-MD5"}
	}
	return nil
}

func signatureRight(s *Server, c *Call) *Fault {
	signature := c.Value("Signature")
	switch {
	case c.Key == nil || signature == "":
		return nil
	case !decodes(c.Style, signature):
		return &Fault{Condition: SignatureNotBase64, Parameter: "Signature"}
	case !s.Verify(c, signature) || !c.CoversHeaders():
		return &Fault{Condition: WrongSignature, Parameter: "Signature"}
	default:
		return nil
	}
}

// VerifySignature computes the signature again and compares.
func VerifySignature(c *Call, signature string) bool {
	return hmac.Equal([]byte(signature), []byte(c.Signature(c.Method, c.Params())))
}

func decodes(style schemas.Style, signature string) bool {
	if style == schemas.ACS3 {
		_, err := hex.DecodeString(signature)
		return err == nil
	}
	_, err := base64.StdEncoding.DecodeString(signature)
	return err == nil
}

// Signature computes what the signature of the call must be. params are those of query and form.
func (c *Call) Signature(method string, params []sign.Param) (signature string) {
	switch c.Style {
	case schemas.ROA:
		_, signature = sign.ROA(method, c.Fields(), c.Path, c.Query, c.Key.AccessKeySecret)
	case schemas.ACS3:
		_, signature = sign.ACS3(method, c.Path, c.Query, c.Fields(), c.SignedHeaders, sign.ContentSHA256(c.Body), c.Key.AccessKeySecret)
	default:
		_, signature = sign.RPC(method, params, c.Key.AccessKeySecret)
	}
	return signature
}

// Message returns what of the call is signed.
func (c *Call) Message() sign.Message {
	m := sign.Message{Method: c.Method, Path: c.Path, Params: c.Query, Header: c.Fields(), SignedHeaders: c.SignedHeaders, Body: c.Body}
	if c.Style == schemas.RPC {
		m.Params = c.Params()
	}
	return m
}

// Fields returns the header as the signers take it, Host among the rest.
func (c *Call) Fields() schemas.Header {
	fields := schemas.Header{{Name: "Host", Value: c.Authority}}
	for name, values := range c.Header {
		for _, value := range values {
			fields = append(fields, schemas.Field{Name: name, Value: value})
		}
	}
	return fields
}

// CoversHeaders reports whether what must be signed was: in acs3 the client says which headers it signed, and which
// digest its body has.
func (c *Call) CoversHeaders() bool {
	if c.Style != schemas.ACS3 {
		return true
	}
	if digest := c.Header.Get("X-Acs-Content-Sha256"); digest != "" && !strings.EqualFold(digest, sign.ContentSHA256(c.Body)) {
		return false
	}
	return !slices.ContainsFunc(sign.ACS3Headers(c.Fields()), func(name string) bool { return name != "content-type" && !slices.Contains(c.SignedHeaders, name) })
}

// nonceFresh records the nonce of a call whose signature is right, where the document mentions nonces, or gateways are
// seen to.
func nonceFresh(s *Server, c *Call) *Fault {
	nonce := c.Value("SignatureNonce")
	if c.Key == nil || nonce == "" || !s.keepsNonces {
		return nil
	}
	if s.ClaimNonce(c.Key.AccessKeyID+"\x00"+s.NonceOf(c), c.Now) {
		return nil
	}
	return &Fault{Condition: NonceReused, Parameter: "SignatureNonce"}
}
