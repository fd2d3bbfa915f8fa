package mutants

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// combinedMutants do not look at what is wrong where something else about the call is unusual, or trip over it.
func combinedMutants() []vary.Variant {
	return slices.Concat(unusualMutants(), keyedMutants(), besideMutants(), spelledMutants(), trippedMutants(), layeredMutants())
}

// layeredMutants answer in another format where one layer of theirs refuses a call without Format.
func layeredMutants() []vary.Variant {
	other := map[schemas.Format]schemas.Format{schemas.JSON: schemas.XML, schemas.XML: schemas.JSON}
	layered := func(name, says string, condition schemas.Condition) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Styles: vary.RPCOnly, Description: says,
			Apply: vary.RefusalsFor(condition, func(_ *server.Server, c *server.Call, r *server.Reply) {
				if _, asked := c.Public["Format"]; !asked {
					r.Format = other[r.Format]
				}
			})}
	}
	return []vary.Variant{
		layered("unknown-action-in-another-format", "refuses an unknown Action in the other format where there is no Format", server.UnknownAction),
		layered("wrong-signature-in-another-format", "refuses a wrong signature in the other format where there is no Format", server.WrongSignature),
		layered("stale-time-in-another-format", "refuses a stale Timestamp in the other format where there is no Format", server.StaleTimestamp),
	}
}

// unusualMutants look at no signature in an unusual call.
func unusualMutants() []vary.Variant {
	unread := func(name, says string, such func(*server.Call) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "SIGN-1", Description: says, Apply: verifies(func(_ *server.Server, c *server.Call, _ string) bool { return such(c) })}
	}
	bearer := "BEARERTOKEN"
	return []vary.Variant{
		unread("signature-unread-from-within", "looks at no signature where X-Forwarded-For is its own address", func(c *server.Call) bool { return c.Header.Get("X-Forwarded-For") == "127.0.0.1" }),
		unread("signature-unread-with-a-cookie", "looks at no signature where there is a cookie", func(c *server.Call) bool { return c.Header.Get("Cookie") == "acsconform=1" }),
		{Name: "signature-unread-of-chunks", Clause: "SIGN-1", Styles: vary.RPCOnly, Description: "looks at no signature of a form in chunks", Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			return f.Condition == server.WrongSignature && len(c.Form) > 0 && c.Header.Get("Content-Length") == ""
		})},
		unread("signature-unread-of-bearers", "looks at no signature where SignatureType is that of bearer tokens", func(c *server.Call) bool {
			return c.Param("SignatureType") == bearer || c.Header.Get("X-Acs-Signature-Type") == bearer
		}),
	}
}

// keyedMutants take a signature by a key that is not the caller's.
func keyedMutants() []vary.Variant {
	sha := sign.Algorithm{Name: "HMAC-SHA1", Hash: sha1.New}
	by := func(c *server.Call, secret string) string {
		as := *c
		key := *c.Key
		key.AccessKeySecret = secret
		as.Key = &key
		return as.Signature(as.Method, as.Params())
	}
	return []vary.Variant{
		{Name: "secret-of-nothing", Clause: "SIGN-1", Description: "takes a signature by an empty secret", Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool { return signature == by(c, "") })},
		{Name: "key-of-either-style", Clause: "SIGN-1", Description: "takes a signature by the secret with & behind it and by the one without", Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
			if c.Style == schemas.RPC {
				return signature == sha.Sign(schemas.ROA, vary.StringToSign(c), c.Key.AccessKeySecret)
			}
			return signature == by(c, c.Key.AccessKeySecret+"&")
		})},
	}
}

// byTheMinute returns the minute that a time is nearest to, and the text itself where it is none.
func byTheMinute(text string) string {
	when, err := time.Parse(server.ISOTime, text)
	if err != nil {
		return text
	}
	return when.Round(time.Minute).String()
}

// besideMutants believe what stands beside that which they should look at.
func besideMutants() []vary.Variant {
	dated := func(c *server.Call) bool { return c.Header.Get("Date") != "" }
	nonces := []string{"gateway", "ecs"}
	return []vary.Variant{
		{Name: "time-by-date", Clause: "TIME-2", Profiles: vary.GatewayOnly, Styles: vary.ACS3Only, Description: "goes by Date where there is one", Apply: acceptsCalls(server.StaleTimestamp, dated)},
		{Name: "day-by-date", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Styles: vary.ACS3Only, Description: "goes by Date where there is one", Apply: acceptsCalls(server.StaleTimestamp, dated)},
		{Name: "day-by-a-header", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Styles: vary.RPCOnly, Description: "goes by Date where there is one, which no signature of style rpc covers", Apply: acceptsCalls(server.StaleTimestamp, dated)},
		{Name: "nonce-of-a-header", Clause: "NONCE-1", Profiles: nonces, Styles: vary.RPCOnly, Description: "takes the nonce from x-acs-signature-nonce where there is one, which no signature of style rpc covers", Apply: func(s *server.Server) {
			s.NonceOf = func(c *server.Call) string {
				return cmp.Or(c.Header.Get("X-Acs-Signature-Nonce"), c.Value("SignatureNonce"))
			}
		}},
		{Name: "nonce-by-the-minute", Clause: "NONCE-1", Profiles: nonces, Styles: vary.ByAction, Description: "takes a nonce again in another minute",
			Apply: nonceStands(func(c *server.Call) string { return byTheMinute(c.Value("Timestamp")) })},
		{Name: "token-beside-a-permanent-key-unread", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "passes over a token where the key needs none",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.MismatchedToken && !strings.HasPrefix(c.Value("AccessKeyId"), "STS.")
			})},
		{Name: "forwarded-calls-taken-for-safe", Clause: "TLS-1", Profiles: vary.GatewayOnly, Description: "takes a call for one over TLS where X-Forwarded-Proto says so",
			Apply: acceptsCalls(server.PlainHTTP, func(c *server.Call) bool { return c.Header.Get("X-Forwarded-Proto") == "https" })},
		{Name: "nonce-by-region", Clause: "NONCE-1", Profiles: nonces, Description: "takes a nonce again for another region", Apply: nonceStands(func(c *server.Call) string { return cmp.Or(c.Value("RegionId"), c.Param("RegionId"), "cn-hangzhou") })},
		{Name: "page-for-a-broken-form", Clause: "ROBUST-1", Profiles: vary.ECSOnly, Styles: vary.RPCOnly, Description: "has a page for a broken percent-encoding in a form",
			Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return bytes.Contains(c.Body, []byte("%zz%")) })},
		{Name: "page-for-posts-elsewhere", Clause: "ROBUST-1", Profiles: vary.ECSOnly, Styles: vary.RPCOnly, Description: "has a page for a POST to a path that it does not know",
			Apply: page(404, func(c *server.Call, _ *server.Sent) bool {
				return c.Method == "POST" && strings.HasPrefix(c.Path, "/acsconform/")
			})},
		{Name: "client-token-by-format", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "knows a ClientToken again only in the format that it came in",
			Apply: vary.Precedes("business", func(_ *server.Server, c *server.Call) *server.Fault {
				for _, params := range [][]sign.Param{c.Query, c.Form} {
					for i := range params {
						if params[i].Name == "ClientToken" {
							params[i].Value += c.Param("Format")
						}
					}
				}
				return nil
			})},
		{Name: "nonce-by-path", Clause: "NONCE-1", Profiles: nonces, Styles: vary.ROAOnly, Description: "takes a nonce again for another path", Apply: nonceStands(func(c *server.Call) string { return c.Path })},
		{Name: "client-token-with-less", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "passes over a parameter that the first call with a ClientToken had and another one has not",
			Apply: acceptsCalls(server.ClientTokenMismatch, func(c *server.Call) bool { return c.Param("InstanceType") == "" })},
	}
}

// spelledMutants take another spelling for the known one.
func spelledMutants() []vary.Variant {
	signed := []string{"gateway", "ecs"}
	return []vary.Variant{
		loose("action-without-its-ending", "ROUTE-1", "takes .json behind an Action for the format", "Action", `\.json$`, "", nil, vary.ByAction),
		{Name: "path-without-its-ending", Clause: "ROUTE-1", Styles: vary.ROAOnly, Description: "takes .json behind a path for the format",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.UnknownAction && strings.HasSuffix(c.Path, ".json")
			})},
		loose("signature-version-as-a-number", "SIGN-3", "reads SignatureVersion as a number", "SignatureVersion", `^1\.00$`, "1.0", signed, vary.ByParameters),
		loose("signature-method-by-its-end", "SIGN-3", "takes for HMAC-SHA1 what ends so", "SignatureMethod", `^X(HMAC-SHA1)$`, "$1", signed, vary.ByParameters),
		{Name: "date-in-the-form-of-rfc-850", Clause: "TIME-1", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "reads a Date in the form of RFC 850",
			Apply: acceptsSome("Timestamp", `^[A-Z][a-z]+day, \d\d-`, server.MalformedTimestamp)},
		{Name: "accept-by-its-end", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Description: "takes for JSON what ends so", Apply: acceptsHeader("Accept", `^text/json$`, server.AcceptUnsupported)},
		{Name: "methods-in-any-case", Clause: "METHOD-1", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "takes get for GET", Apply: func(s *server.Server) {
			s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
				c.Method = strings.ToUpper(c.Method)
				return c
			})
		}},
	}
}

var withNUL = regexp.MustCompile("\x00")

// trippedMutants refuse what SDKs send, or trip over what nobody sends.
func trippedMutants() []vary.Variant {
	refuses := func(such func(*server.Call) bool, condition schemas.Condition) vary.Change {
		return vary.Precedes("signature", func(_ *server.Server, c *server.Call) *server.Fault {
			if such(c) {
				return &server.Fault{Condition: condition, Parameter: "Content-Type"}
			}
			return nil
		})
	}
	last := func(c *server.Call) string {
		own := slices.DeleteFunc(c.Params(), func(p sign.Param) bool { return slices.Contains(server.PublicNames, p.Name) })
		if len(own) == 0 {
			return ""
		}
		return own[len(own)-1].Value
	}
	return []vary.Variant{
		{Name: "md5-of-nothing-refused", Clause: "BODY-2", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "refuses a Content-MD5 where there is no body",
			Apply: refuses(func(c *server.Call) bool {
				return len(c.Body) == 0 && c.Header.Get("Content-Md5") == sign.ContentMD5(nil)
			}, server.ContentMD5Mismatch)},
		{Name: "forms-with-a-charset-refused", Clause: "SUCCESS-4", Styles: vary.RPCOnly, Description: "takes no form with a charset behind its type",
			Apply: refuses(func(c *server.Call) bool {
				return strings.Contains(c.Header.Get("Content-Type"), "form-urlencoded;charset")
			}, server.Hostile)},
		{Name: "empty-values-signed-with-their-sign", Clause: "SUCCESS-4", Styles: vary.ROAOnly, Description: "signs an empty value of a query with = behind the name",
			Apply: verifiesNot(func(c *server.Call) bool {
				return slices.ContainsFunc(c.Query, func(p sign.Param) bool { return p.Value == "" })
			})},
		{Name: "tabs-unescaped", Clause: "ROBUST-3", Description: "repeats a tab in a parameter as it came, in JSON", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if text := last(c); out.Reply.Format == schemas.JSON && strings.HasPrefix(text, "a\t") {
				repeat(out, "a\tb")
			}
		})},
		{Name: "parameter-in-surrogates", Clause: "ROBUST-3", Description: "repeats a character beyond 16 bits in a parameter as two surrogates of three bytes", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if strings.HasSuffix(last(c), "\U0001f600") {
				repeat(out, "\xed\xa0\xbd\xed\xb8\x80")
			}
		})},
		{Name: "page-for-nul-in-a-name", Clause: "ROBUST-1", Description: "has a page for a NUL in a name", Apply: page(400, func(c *server.Call, _ *server.Sent) bool {
			return slices.ContainsFunc(c.Params(), func(p sign.Param) bool { return withNUL.MatchString(p.Name) })
		})},
		{Name: "trace-echoed", Clause: "METHOD-1", Also: []string{"SUCCESS-1"}, Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "returns a TRACE as it came", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if c.Method == http.MethodTrace {
				out.Status, out.Body = http.StatusOK, c.Head()
				out.Header.Set("Content-Type", "message/http")
			}
		})},
	}
}
