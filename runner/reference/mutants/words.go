package mutants

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// wordMutants tell failures in other words than an error's, or tell secrets in other words than their own.
func wordMutants() []vary.Variant {
	list := []vary.Variant{
		{Name: "unknown-key-served-as-data", Clause: "KEY-1", Description: "answers an unknown key as any other, with Code 1 and the result",
			Apply: vary.Both(vary.AcceptsPlain("AccessKeyId", server.UnknownAccessKey), strangers("Code", "1"))},
		{Name: "unknown-key-in-words-of-its-own", Clause: "KEY-1", Description: "tells of an unknown key by a Code of its own in a success",
			Apply: vary.Both(vary.AcceptsPlain("AccessKeyId", server.UnknownAccessKey), strangers("Code", "isv.KEY_UNKNOWN", "Message", "no such key"))},
		{Name: "unknown-key-with-success-false", Clause: "STATUS-2", Description: "tells of an unknown key by Success false in a success",
			Apply: vary.Both(vary.AcceptsPlain("AccessKeyId", server.UnknownAccessKey), strangers("Success", false))},
		{Name: "error-root-in-a-success", Clause: "SUCCESS-3", Profiles: vary.ECSOnly, Description: "tells of trouble under the root of errors, with 200",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if r.Format == schemas.XML {
					r.Root = "Error"
					r.Members = []server.Member{{Name: "RequestId", Value: r.Get("RequestId")}, {Name: "HostId", Value: c.Host}, {Name: "Code", Value: "QuotaNearlyUsedUp"}, {Name: "Message", Value: "The quota is nearly used up."}}
				}
			})},
	}
	failing := []vary.Variant{
		vary.SuccessSays("business-failure-in-a-success", "has a Code of its backend's for a failure in its successes", "Code", "isp.SYSTEM_ERROR"),
		vary.SuccessSays("status-told-in-a-success", "has a Code that is a status of HTTP for a failure in its successes", "Code", "500", "Message", "The system is busy."),
		vary.SuccessSays("success-false", "says Success false in its successes", "Success", false),
		vary.SuccessSays("asapi-success-false", "says asapiSuccess false in its successes", "asapiSuccess", false),
	}
	for _, v := range failing {
		v.Clause = "CLIENT-3"
		v.Profiles = []string{"gateway", "ecs"} // elsewhere some calls are served that should be refused
		list = append(list, v)
	}
	return append(list, tellingMutants()...)
}

// strangers discloses more to callers whose key is not known.
func strangers(members ...any) vary.Change {
	return vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
		for i := 0; c.Key == nil && i+1 < len(members); i += 2 {
			r.Set(members[i].(string), members[i+1])
		}
	})
}

// tellingMutants tell the right signature, or the secret, each in another way.
func tellingMutants() []vary.Variant {
	right := func(c *server.Call) string { return c.Signature(c.Method, c.Params()) }
	rightBytes := func(c *server.Call) []byte {
		if raw, err := base64.StdEncoding.DecodeString(right(c)); err == nil && c.Style != schemas.ACS3 {
			return raw
		}
		raw, _ := hex.DecodeString(right(c))
		return raw
	}
	telling := func(name, says string, edit func(c *server.Call, r *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: "SIGN-4", Description: says, Apply: vary.RefusalsFor(server.WrongSignature, func(_ *server.Server, c *server.Call, r *server.Reply) { edit(c, r) })}
	}
	return []vary.Variant{
		telling("right-signature-in-the-message", "tells the right signature in the Message", func(c *server.Call, r *server.Reply) { vary.AppendMessage(r, "Signature should be "+right(c)) }),
		telling("right-signature-percent-encoded", "tells the right signature as it would stand in a URL", func(c *server.Call, r *server.Reply) {
			vary.AppendMessage(r, "Try Signature%3D"+sign.PercentEncode(sign.PercentEncode(right(c))))
		}),
		telling("right-signature-in-other-letters", "tells the right signature in base64 without padding", func(c *server.Call, r *server.Reply) {
			r.Set("Expected", []server.Member{{Name: "Signature", Value: base64.RawURLEncoding.EncodeToString(rightBytes(c))}})
		}),
		telling("right-signature-in-hex", "tells the bytes of the right signature", func(c *server.Call, r *server.Reply) { r.Set("Expected", hex.EncodeToString(rightBytes(c))) }),
		telling("right-signature-in-a-header", "tells the right signature in a header", func(c *server.Call, r *server.Reply) { r.Header.Set("X-Expected-Signature", right(c)) }),
		telling("right-signature-of-a-changed-call", "tells the signature that would be right to a caller who added a parameter", func(c *server.Call, r *server.Reply) {
			if c.Param("AcsconformExtra") != "" {
				vary.AppendMessage(r, "Signature should be "+right(c))
			}
		}),
		{Name: "right-signature-in-escapes", Clause: "SIGN-4", Description: "tells the right signature, every character of it escaped", Apply: vary.Both(
			vary.RefusalsFor(server.WrongSignature, func(_ *server.Server, c *server.Call, r *server.Reply) { r.Set("Expected", right(c)) }),
			vary.Writes(func(c *server.Call, out *server.Sent) {
				if f := out.Reply.Fault; f != nil && f.Condition == server.WrongSignature {
					vary.EscapeText(out, right(c))
				}
			}))},
		{Name: "right-signature-to-the-unsigned", Clause: "SIGN-4", Description: "tells the right signature to a caller who sent none",
			Apply: vary.RefusalsFor(server.Missing("Signature"), func(s *server.Server, c *server.Call, r *server.Reply) {
				if c.Key = s.KeyOf(c.Value("AccessKeyId")); c.Key != nil && r.Status < http.StatusInternalServerError {
					vary.AppendMessage(r, "Signature should be "+right(c))
				}
			})},
		telling("secret-in-base64", "tells the secret that it computed the signature with, in base64", func(c *server.Call, r *server.Reply) {
			vary.AppendMessage(r, "Computed with "+base64.StdEncoding.EncodeToString([]byte(c.Key.AccessKeySecret)))
		}),
	}
}

// failureMutants tell in their successes of a failure, each by members of its own.
func failureMutants() []vary.Variant {
	failing := []vary.Variant{
		vary.SuccessSays("success-false-in-lower-case", "says success false in its successes, in lower case", "success", false),
		vary.SuccessSays("is-success-false-in-words", "says isSuccess false in its successes, as a string", "isSuccess", "false"),
		vary.SuccessSays("error-code-in-a-success", "has an errorCode for a failure in its successes", "errorCode", "Quota.Exceeded", "errorMessage", "too many"),
		vary.SuccessSays("error-number-in-a-success", "has an error_code in its successes that is a number and not zero", "error_code", 1001),
		vary.SuccessSays("code-in-lower-case-in-a-success", "has a code for a failure in its successes, in lower case", "code", "InvalidParameter", "message", "bad"),
		vary.SuccessSays("error-object-in-a-success", "has the failure in an object of its own in its successes", "Error", []server.Member{{Name: "Kind", Value: "quota"}, {Name: "Text", Value: "The quota is used up."}}),
		vary.SuccessSays("error-message-in-a-success", "has an errorMsg in its successes", "errorMsg", "the backend did not answer"),
		vary.SuccessSays("status-member-in-a-success", "says in its successes that the status is 500", "HttpStatusCode", 500),
	}
	for i := range failing {
		failing[i].Clause, failing[i].Profiles = "CLIENT-3", []string{"gateway", "ecs"} // elsewhere some calls are served that should be refused
	}
	return failing
}
