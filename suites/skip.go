package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// skip describes why a case is not sent, with the line that the target file would need; empty when it is sent.
func (b Brief) skip(p *Planned) string {
	for _, s := range b.Target.Skip {
		if (s.Case == p.Case.Name.Text || s.Case == p.Case.Book()) && (s.Until == "" || b.Today == "" || b.Today <= s.Until) {
			p.waived = true
			return "the target file skips it: " + s.Reason
		}
	}
	if slices.Contains(b.Target.SignedBy, p.Case.Unlisted) {
		return "the target file lists " + p.Case.Unlisted + " under signature_methods"
	}
	if p.Unsigned && p.needsKey() {
		line := "needs " + b.lacks(Need("credentials."+p.Call().Credentials))
		if p.Call().Credentials == schemas.DefaultKey {
			line += ", or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment"
		}
		return line
	}
	for _, n := range p.Case.Needs {
		if line := b.lacks(n); line != "" {
			return "needs " + line
		}
	}
	if p.Case.Base == BaseBody && p.Style == schemas.ROA && p.Call().Path == "" {
		return "needs body_request: {method: POST, path: /…, version: …, body: …, content_type: application/json}"
	}
	if p.Recipe == nil && p.Call().Action == "" && p.Call().Path == "" && !p.Unsigned {
		return "needs request: {action: …, version: …}, a harmless call that succeeds"
	}
	if why := b.statusUnknown(p.Recipe); why != "" {
		return why
	}
	if method := methodAgainst(p); method != "" {
		return fmt.Sprintf("needs request: {…} without method: %s, since the case sends it by %s", p.Method, method)
	}
	if p.Condition == PlainHTTP && !strings.HasPrefix(p.Target.URL, "http://") {
		return "needs a url of http://, where the HTTPS-only API is asked for in plain"
	}
	return ""
}

// statusUnknown describes why the table does not say which status a recipe that names none leads to.
func (b Brief) statusUnknown(r *schemas.Recipe) string {
	if r == nil || r.Status != (schemas.Status{}) {
		return ""
	}
	_, err := TableStatus(b.Profile, r.Code, r.Status, r.Message)
	return fmt.Sprintf("needs recipes: [{code: %s, status: …}]: %v", r.Code, err)
}

// methodAgainst returns a method that the case sends its call by though the target file has it sent by another alone; ""
// when there is none. What is refused whatever it calls may go by any method.
func methodAgainst(p *Planned) string {
	only := pinned(p.Call(), p.Style)
	if only == "" || p.Style == schemas.ROA || p.Condition == Hostile {
		return ""
	}
	methods := p.Case.RequiresMethods
	if p.Case.Base == BaseBody {
		methods = append([]string{"POST"}, methods...)
	}
	for _, m := range methods {
		if m != only {
			return m
		}
	}
	return ""
}

// lacks returns the line that a need is missing by.
func (b Brief) lacks(n Need) string {
	t := b.Target
	if name, ok := strings.CutPrefix(string(n), "credentials."); ok {
		if b.has(name) {
			return ""
		}
		token := ""
		if strings.HasPrefix(name, "sts") {
			token = ", security_token: …"
		}
		return fmt.Sprintf("credentials.%s: {access_key_id: …, access_key_secret: …%s}", name, token)
	}
	if n == secondKey {
		d := Draft{Setting: Setting{Target: t}, Key: t.Credentials[b.described(BaseSound, nil).Credentials]}
		if d.otherKey().AccessKeySecret != "" {
			return ""
		}
		return "a second key, credentials.inactive or one of any name: {access_key_id: …, access_key_secret: …}"
	}
	throttle, idempotency := b.described(BaseThrottle, nil), b.described(BaseIdempotency, nil)
	missing := map[Need]bool{
		NeedsResolve: len(t.Resolve) < 2,
		"tls_only":   t.TLSOnly == nil, "recipes": len(t.Recipes) == 0,
		"idempotency":             t.Idempotency == nil || !names(idempotency, b.style()),
		"idempotency.slow_params": t.Idempotency == nil || len(t.Idempotency.SlowParams) == 0,
		"limits.throttle":         t.Limits.Throttle == nil || !names(throttle, b.style()),
		sameKey:                   throttle.Credentials != b.described(BaseSound, nil).Credentials,
	}
	if !missing[n] {
		return ""
	}
	return map[Need]string{
		NeedsResolve:              "resolve: [IP, IP], two addresses of one balancer",
		"tls_only":                "tls_only: {action: …, version: …}, an action that is HTTPS-only",
		"recipes":                 "recipes: [{code: …, status: …, action: …, params: {…}}], how to provoke the rows of this service",
		"idempotency":             "idempotency: {action: … (in roa path: …), params: {…}, token_param: ClientToken}",
		"idempotency.slow_params": "idempotency.slow_params: {…}, parameters that make the action slow",
		"limits.throttle":         "limits.throttle: {action: … (in roa path: …), requests: …, per: 1s}",
		sameKey:                   "limits.throttle by the credentials of request: a nonce is used again by the same key",
	}[n]
}

// needsKey reports whether the case proves nothing without a key that the server knows: something in it must be served,
// or it is about what a server looks at only once the signature is right.
func (p *Planned) needsKey() bool {
	late := []schemas.Condition{OperationCalled, OperationWithout, NonceReused, NonceRaced, DisabledAccessKey, FromRecipe, OverRate, ClientTokenMismatch, ClientTokenInProgress, PlainHTTP, WrongSignature, SignatureNotBase64}
	if slices.Contains(late, p.Condition) {
		return true
	}
	return p.Case.Late || expectationFor(p.Profile, p.Condition).outcome == serves
}
