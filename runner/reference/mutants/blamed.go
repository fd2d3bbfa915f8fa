package mutants

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// blamedMutants break one clause in a way that looks like a breach of another.
func blamedMutants() []vary.Variant {
	return slices.Concat(wrappedMutants(), unlookedMutants(), passingOverMutants(), oddValueMutants(), finerMutants())
}

// wrappedMutants write a right body into something else.
func wrappedMutants() []vary.Variant {
	wrapped := func(name, says, before, behind string) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-10", Description: says, Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			if out.Reply.Fault == nil && out.Reply.Format == schemas.JSON {
				out.Body = slices.Concat([]byte(before), out.Body, []byte(behind))
			}
		})}
	}
	return []vary.Variant{
		wrapped("json-behind-a-prefix", "writes a prefix before its successes in JSON, against their being loaded as scripts", ")]}',", ""),
		wrapped("json-in-a-call", "writes its successes in JSON as the call of a function", "acsconform(", ");"),
		wrapped("json-behind-a-warning", "writes a warning before its successes in JSON", "Warning: undefined index ", ""),
		{Name: "json-in-great-depth", Clause: "FORMAT-10", Description: "goes too deep for most readers in its successes in JSON", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			if at := bytes.LastIndexByte(out.Body, '}'); at > 0 && out.Reply.Fault == nil && out.Reply.Format == schemas.JSON {
				out.Body = slices.Concat(out.Body[:at], []byte(`,"Tree":`+strings.Repeat("[", 200)+strings.Repeat("]", 200)), out.Body[at:])
			}
		})},
	}
}

// unlookedMutants look at no signature, or at no earlier nonce, where one thing about a request is unusual.
func unlookedMutants() []vary.Variant {
	nonces := []string{"gateway", "ecs"}
	return []vary.Variant{
		{Name: "signature-unread-without-format", Clause: "SIGN-1", Profiles: vary.WithXML, Styles: vary.ByAction, Description: "looks at no signature where there is no Format",
			Apply: verifies(func(_ *server.Server, c *server.Call, _ string) bool { _, sent := c.Public["Format"]; return !sent })},
		{Name: "signature-unread-with-an-extra", Clause: "SIGN-1", Styles: vary.RPCOnly, Description: "looks at no signature where there is a parameter that it does not know",
			Apply: verifies(func(_ *server.Server, c *server.Call, _ string) bool { return c.Param("AcsconformExtra") != "" })},
		{Name: "nonces-of-each-connection", Clause: "NONCE-1", Profiles: nonces, Description: "keeps nonces for the connections that stay open and for those that do not",
			Apply: nonceStands(func(c *server.Call) string { return c.Header.Get("Connection") })},
		{Name: "nonce-freed-by-its-refusal", Clause: "NONCE-1", Profiles: nonces, Description: "forgets a nonce when its second use is refused", Apply: freesNonces},
	}
}

func freesNonces(s *server.Server) {
	var mu sync.Mutex
	used := map[string]bool{}
	s.ClaimNonce = func(nonce string, _ time.Time) bool {
		mu.Lock()
		defer mu.Unlock()
		used[nonce] = !used[nonce]
		return used[nonce]
	}
}

// passingOverMutants pass something over that changes how an answer is written or read.
func passingOverMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "format-of-posts-passed-over", Clause: "FORMAT-2", Also: []string{"FORMAT-3", "FORMAT-4"}, Profiles: []string{"ecs"}, Styles: vary.RPCOnly, Description: "answers every POST in its default format",
			Apply: vary.Replies(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Method == "POST" {
					r.Format = schemas.XML
				}
			})},
		{Name: "plain-errors-called-gzip", Clause: "ERROR-1", Also: []string{"ROBUST-1"}, Description: "calls its errors gzip and does not pack them",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) { out.Header.Set("Content-Encoding", "gzip") })},
		{Name: "sorted-queries-refused", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "refuses a query whose parameters are sorted",
			Apply: verifiesNot(func(c *server.Call) bool {
				return len(c.Query) > 3 && slices.IsSortedFunc(c.Query, func(a, b sign.Param) int { return strings.Compare(a.Name, b.Name) })
			})},
	}
}

// verifiesNot makes a server that takes the signatures of such calls for wrong.
func verifiesNot(such func(*server.Call) bool) vary.Change {
	return func(s *server.Server) {
		old := s.Verify
		s.Verify = func(c *server.Call, signature string) bool { return !such(c) && old(c, signature) }
	}
}

// oddValueMutants trip over a value that is sent for another reason than that it is odd.
func oddValueMutants() []vary.Variant {
	odd := func(name, clause, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Profiles: vary.ECSOnly, Styles: vary.RPCOnly, Description: says, Apply: apply}
	}
	owner := func(c *server.Call) string { return c.Param("OwnerAccount") }
	return []vary.Variant{
		odd("owners-unescaped", "ROBUST-3", "repeats an OwnerAccount as it came", repeats(owner)),
		odd("page-for-odd-owners", "ROBUST-1", "has a page for markup in an OwnerAccount", page(500, func(c *server.Call, _ *server.Sent) bool { return strings.Contains(owner(c), "<") })),
		odd("page-for-keys-with-a-line-break", "ROBUST-1", "has a page for a line break in an AccessKeyId", page(500, func(c *server.Call, _ *server.Sent) bool { return strings.HasSuffix(c.Param("AccessKeyId"), "\n") })),
		odd("regions-of-stale-calls-unescaped", "ROBUST-3", "repeats the RegionId of a stale call as it came", vary.Writes(func(c *server.Call, out *server.Sent) {
			if f := out.Reply.Fault; f != nil && f.Condition == server.StaleTimestamp && strings.Contains(c.Param("RegionId"), "</") {
				repeat(out, c.Param("RegionId"))
			}
		})),
	}
}

// finerMutants look at less than all of what they compare.
func finerMutants() []vary.Variant {
	field := func(name, says, header string) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Profiles: vary.ECSOnly, Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if c.Header.Get(header) != "" {
				out.Status, out.Body = 304, nil
			}
		})}
	}
	return []vary.Variant{
		field("not-modified-to-everybody", "takes any If-None-Match for its own tag", "If-None-Match"),
		{Name: "page-for-trailers", Clause: "ROBUST-1", Profiles: vary.ECSOnly, Styles: vary.ByAction, Description: "has a page for a body with a trailer",
			Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return bytes.Contains(c.Head(), []byte("Trailer:")) })},
		{Name: "values-signed-as-far-as-64", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "takes a signature that covers the first 64 characters of values",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return signature == c.Signature(c.Method, cutValues(c.Params()))
			})},
		{Name: "signature-but-its-first-bits", Clause: "SIGN-1", Styles: vary.ByParameters, Description: "leaves the first bit of the last byte of a signature out", Apply: verifies(sameButOneBit)},
		{Name: "md5-by-its-beginning", Clause: "BODY-2", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "compares the beginning of Content-MD5",
			Apply: acceptsCalls(server.ContentMD5Mismatch, func(c *server.Call) bool {
				return strings.HasPrefix(c.Header.Get("Content-MD5"), sign.ContentMD5(c.Body)[:16])
			})},
		{Name: "put-with-a-body-served", Clause: "METHOD-1", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Styles: vary.RPCOnly, Description: "serves a PUT that has a body",
			Apply: acceptsCalls(server.UnsupportedMethod, func(c *server.Call) bool { return c.Method == "PUT" && len(c.Body) > 0 })},
		{Name: "format-by-accept", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Styles: vary.RPCOnly, Description: "goes by Accept where there is no Format",
			Apply: vary.Replies(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if _, asked := c.Public["Format"]; asked {
					return
				}
				switch c.Header.Get("Accept") {
				case "application/xml":
					r.Format = schemas.XML
				case "application/json":
					r.Format = schemas.JSON
				}
			})},
		{Name: "result-of-no-call", Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Description: "puts Data into the refusal of a stale call",
			Apply: vary.RefusalsFor(server.StaleTimestamp, func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Data", []server.Member{{Name: "Total", Value: 1}})
			})},
		{Name: "client-token-by-known-parameters", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "passes over parameters that the first call with a ClientToken did not have",
			Apply: acceptsCalls(server.ClientTokenMismatch, func(c *server.Call) bool { return c.Param("Slow") != "" && c.Param("AcsconformExtra") == "" })},
		{Name: "throttling-code-of-its-own", Clause: "THROTTLE-1", Also: []string{"ERROR-9"}, Profiles: []string{"gateway", "ecs", "ess"}, Styles: vary.ByAction, Description: "throttles by a code of no table",
			Apply: vary.RefusalsFor(server.Throttled, func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Code", "Throttling.Acsconform") })},
		{Name: "json-bodies-refused", Clause: "SUCCESS-4", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "refuses a body in JSON that it documents",
			Apply: vary.Precedes("missing", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Method == "POST" && withJSON(c) {
					return &server.Fault{Condition: server.Hostile, Parameter: "Body"}
				}
				return nil
			})},
	}
}

// cutValues returns the parameters with the first 64 characters of their values.
func cutValues(params []sign.Param) []sign.Param {
	cut := slices.Clone(params)
	for i := range cut {
		cut[i].Value = cut[i].Value[:min(len(cut[i].Value), 64)]
	}
	return cut
}

// sameButOneBit compares signatures of base64 without the first bit of their last byte.
func sameButOneBit(_ *server.Server, c *server.Call, signature string) bool {
	sent, err := base64.StdEncoding.DecodeString(signature)
	right, wrong := base64.StdEncoding.DecodeString(c.Signature(c.Method, c.Params()))
	if err != nil || wrong != nil || len(sent) != len(right) || len(sent) == 0 {
		return false
	}
	sent[len(sent)-1] &= 0x7f
	right[len(right)-1] &= 0x7f
	return bytes.Equal(sent, right)
}
