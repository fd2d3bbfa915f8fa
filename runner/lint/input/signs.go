package input

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// mostForm is how much of a form is looked at for its names.
const mostForm = 64 << 10

// isCall reports whether a record is a call of the convention: it shows a sign of one in the request or in the answer, or
// it does not show its request, so that nobody can know.
func isCall(x *schemas.Exchange) bool {
	return asksByConvention(x) || answersByConvention(x.Response) || !showsRequest(x)
}

// IsCall reports whether a record that was picked shows a sign that needs no second look.
func (p *Picked) IsCall() bool {
	return len(p.Action) > 0 || len(p.RequestID().Text) > 0 && !p.mayBeOther()
}

// showsRequest reports whether a record has as much of its request as a sign of a call would be in. A log of answers alone
// has nothing. Where the method may have a form, which access logs leave out, only the path is left to go by: calls with
// a form go to /.
func showsRequest(x *schemas.Exchange) bool {
	method, target := requestLine(x.Request.URL)
	path, query := pathAndQuery(target)
	if x.Request.Method != "" {
		method = x.Request.Method
	}
	switch {
	case path == "" && query == "":
		return false
	case len(x.Request.Body) > 0, x.Request.Header.Get("Content-Length") == "0":
		return true
	case method == "" || strings.EqualFold(method, "POST"):
		return path != "" && path != "/"
	}
	return true
}

// asksByConvention reports a sign of the convention in a request. The profile that a record names is none: it is what the record
// would be judged by, and conform proxy names it in every line that it writes. Nor is Format: others have such a parameter too.
func asksByConvention(x *schemas.Exchange) bool {
	a := x.Intent
	return a.Action != "" || a.Condition != "" || a.Style != "" || isSigned(x)
}

// isSigned reports a request with the parameters or the header fields by which calls are signed. A field for a token is none:
// other services take theirs from one too.
func isSigned(x *schemas.Exchange) bool {
	_, target := requestLine(x.Request.URL)
	_, query := pathAndQuery(target)
	if hasCallParameter(query) || hasCallParameter(string(x.Request.Body[:min(len(x.Request.Body), mostForm)])) {
		return true
	}
	for _, f := range x.Request.Header {
		if isACSHeader(f.Name) && !strings.HasSuffix(strings.ToLower(f.Name), "-token") || strings.EqualFold(f.Name, "Authorization") && isACSAuthorization(f.Value) {
			return true
		}
	}
	return false
}

func isACSHeader(name string) bool {
	return len(name) > len("x-acs-") && strings.EqualFold(name[:len("x-acs-")], "x-acs-")
}

// isACSAuthorization reports the Authorization of a call in roa or acs3.
func isACSAuthorization(value string) bool {
	return strings.HasPrefix(value, "acs ") || strings.HasPrefix(value, "ACS3-")
}

// hasCallParameter reports a parameter that only calls have. Signature alone is not one: links to stored objects have it
// too.
func hasCallParameter(form string) bool {
	for pair := range strings.SplitSeq(form, "&") {
		switch name, _, _ := strings.Cut(pair, "="); name {
		case "Action", "AccessKeyId", "SignatureNonce", "SignatureMethod":
			return true
		}
	}
	return false
}

// answersByConvention reports a sign of the convention in an answer.
func answersByConvention(r *schemas.Response) bool { return suites.Conventional(r) }

// readVersion takes the version from a query or a form, where it is of use and not known yet.
func (p *Picked) readVersion(query []byte) {
	if p.Versioned && len(p.Version) == 0 {
		p.Version = parameter(query, "Version")
	}
}

// VersionOf returns the version of the API that a request calls; empty where the record does not show it.
func VersionOf(x *schemas.Exchange) string {
	p := Picked{Versioned: true}
	p.readVersion([]byte(x.Request.URL))
	if isForm(x.Request) {
		p.readVersion(x.Request.Body)
	}
	if len(p.Version) > 0 {
		return string(p.Version)
	}
	return x.Request.Header.Get("x-acs-version")
}
