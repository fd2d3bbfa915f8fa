package reference

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// wordMutants tell failures in other words than an error's, or tell secrets in other words than their own.
func wordMutants() []Variant {
	list := []Variant{
		{Name: "unknown-key-served-as-data", Clause: "KEY-1", Description: "answers an unknown key as any other, with Code 1 and the result",
			apply: both(acceptsPlain("AccessKeyId", unknownAccessKey), strangers("Code", "1"))},
		{Name: "unknown-key-in-words-of-its-own", Clause: "KEY-1", Description: "tells of an unknown key by a Code of its own in a success",
			apply: both(acceptsPlain("AccessKeyId", unknownAccessKey), strangers("Code", "isv.KEY_UNKNOWN", "Message", "no such key"))},
		{Name: "unknown-key-with-success-false", Clause: "STATUS-2", Description: "tells of an unknown key by Success false in a success",
			apply: both(acceptsPlain("AccessKeyId", unknownAccessKey), strangers("Success", false))},
		{Name: "error-root-in-a-success", Clause: "SUCCESS-3", Profiles: ecsOnly, Description: "tells of trouble under the root of errors, with 200",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if r.format == schemas.XML {
					r.root = "Error"
					r.members = []member{{"RequestId", r.get("RequestId")}, {"HostId", c.host}, {"Code", "QuotaNearlyUsedUp"}, {"Message", "The quota is nearly used up."}}
				}
			})},
	}
	failing := []Variant{
		successSays("business-failure-in-a-success", "has a Code of its backend's for a failure in its successes", "Code", "isp.SYSTEM_ERROR"),
		successSays("status-told-in-a-success", "has a Code that is a status of HTTP for a failure in its successes", "Code", "500", "Message", "The system is busy."),
		successSays("success-false", "says Success false in its successes", "Success", false),
		successSays("asapi-success-false", "says asapiSuccess false in its successes", "asapiSuccess", false),
	}
	for _, v := range failing {
		v.Clause = "CLIENT-3"
		v.Profiles = []string{"gateway", "ecs"} // elsewhere some calls are served that should be refused
		list = append(list, v)
	}
	return append(list, tellingMutants()...)
}

// strangers discloses more to callers whose key is not known.
func strangers(members ...any) func(*Server) {
	return successes(func(_ *Server, c *call, r *reply) {
		for i := 0; c.key == nil && i+1 < len(members); i += 2 {
			r.set(members[i].(string), members[i+1])
		}
	})
}

// tellingMutants tell the right signature, or the secret, each in another way.
func tellingMutants() []Variant {
	right := func(c *call) string { return c.signature(c.method, c.params()) }
	rightBytes := func(c *call) []byte {
		if raw, err := base64.StdEncoding.DecodeString(right(c)); err == nil && c.style != schemas.ACS3 {
			return raw
		}
		raw, _ := hex.DecodeString(right(c))
		return raw
	}
	telling := func(name, says string, edit func(c *call, r *reply)) Variant {
		return Variant{Name: name, Clause: "SIGN-4", Description: says, apply: refusalsFor(wrongSignature, func(_ *Server, c *call, r *reply) { edit(c, r) })}
	}
	return []Variant{
		telling("right-signature-in-the-message", "tells the right signature in the Message", func(c *call, r *reply) { AppendMessage(r, "Signature should be "+right(c)) }),
		telling("right-signature-percent-encoded", "tells the right signature as it would stand in a URL", func(c *call, r *reply) {
			AppendMessage(r, "Try Signature%3D"+sign.PercentEncode(sign.PercentEncode(right(c))))
		}),
		telling("right-signature-in-other-letters", "tells the right signature in base64 without padding", func(c *call, r *reply) {
			r.set("Expected", []member{{"Signature", base64.RawURLEncoding.EncodeToString(rightBytes(c))}})
		}),
		telling("right-signature-in-hex", "tells the bytes of the right signature", func(c *call, r *reply) { r.set("Expected", hex.EncodeToString(rightBytes(c))) }),
		telling("right-signature-in-a-header", "tells the right signature in a header", func(c *call, r *reply) { r.header.Set("X-Expected-Signature", right(c)) }),
		telling("right-signature-of-a-changed-call", "tells the signature that would be right to a caller who added a parameter", func(c *call, r *reply) {
			if c.Param("AcsconformExtra") != "" {
				AppendMessage(r, "Signature should be "+right(c))
			}
		}),
		{Name: "right-signature-in-escapes", Clause: "SIGN-4", Description: "tells the right signature, every character of it escaped", apply: both(
			refusalsFor(wrongSignature, func(_ *Server, c *call, r *reply) { r.set("Expected", right(c)) }),
			writes(func(c *call, out *sent) {
				if f := out.reply.fault; f != nil && f.condition == wrongSignature {
					EscapeText(out, right(c))
				}
			}))},
		{Name: "right-signature-to-the-unsigned", Clause: "SIGN-4", Description: "tells the right signature to a caller who sent none",
			apply: refusalsFor(missing("Signature"), func(s *Server, c *call, r *reply) {
				if c.key = s.KeyOf(c.value("AccessKeyId")); c.key != nil && r.status < http.StatusInternalServerError {
					AppendMessage(r, "Signature should be "+right(c))
				}
			})},
		telling("secret-in-base64", "tells the secret that it computed the signature with, in base64", func(c *call, r *reply) {
			AppendMessage(r, "Computed with "+base64.StdEncoding.EncodeToString([]byte(c.key.AccessKeySecret)))
		}),
	}
}
