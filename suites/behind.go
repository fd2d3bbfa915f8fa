package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A dependence is a finding that proves nothing where another case shows why: one fault of a server is told once.
type dependence struct {
	behind string // the case that shows it
	shown  string // by a finding of that clause
	clause string // the clause whose findings are taken back
	of     func(*Planned) bool
	why    string
}

// dependences are all there are. Each holds within one variant.
var dependences = []dependence{
	{twiceCase, "NONCE-1", "NONCE-2", anyCase, "nonces are not kept at all: see nonce-used-twice"},
	{otherDigestCase, "BODY-2", "SIGN-2", ofBodyByDigest, "Content-MD5 is not held against the body: see " + otherDigestCase},
	{nonceMissingCase, "PARAM-2", "PARAM-3", about("SignatureNonce"), "a call without SignatureNonce is served too: see " + nonceMissingCase},
	{methodMissingCase, "PARAM-2", "PARAM-3", about("SignatureMethod"), "a call without SignatureMethod is served too: see " + methodMissingCase},
	{versionMissingCase, "PARAM-2", "PARAM-3", about("SignatureVersion"), "a call without SignatureVersion is served too: see " + versionMissingCase},
}

// The cases that others stand behind: where they fail, those prove nothing.
const (
	twiceCase          = "nonce-used-twice"
	otherDigestCase    = "content-md5-wrong"
	nonceMissingCase   = "signature-nonce-missing"
	methodMissingCase  = "signature-method-missing"
	versionMissingCase = "signature-version-missing"
)

func anyCase(*Planned) bool { return true }

// about matches the cases with that parameter at fault.
func about(parameter string) func(*Planned) bool {
	return func(p *Planned) bool { return p.Case.Parameter == parameter }
}

// ofBodyByDigest matches what alters a body that style roa covers by its Content-MD5 alone.
func ofBodyByDigest(p *Planned) bool {
	_, how, body := strings.Cut(p.Case.Name.Text, "body-")
	return p.Style == schemas.ROA && p.Case.Book() == tamperedCase && body && how != ""
}

// withdrawBehind takes back what is found behind another finding.
func (j *Judge) withdrawBehind(all []*Judged) {
	for _, d := range dependences {
		shown := map[variant]bool{}
		for _, one := range all {
			p := one.Planned
			if p.Case.Name.Text == d.behind && slices.ContainsFunc(one.Result.Findings, func(f schemas.Finding) bool { return f.Clause == d.shown }) {
				shown[variant{p.Format, p.Method}] = true
			}
		}
		for _, one := range all {
			p := one.Planned
			found := func(f schemas.Finding) bool { return f.Clause == d.clause }
			if p.Clause.ID == d.clause && shown[variant{p.Format, p.Method}] && d.of(p) && slices.ContainsFunc(one.Result.Findings, found) {
				one.suppress(d.why, d.behind, d.clause)
			}
		}
	}
}
