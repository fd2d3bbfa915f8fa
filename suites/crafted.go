package suites

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// judgedTogether are the conditions under which one of several requests is rightly served: only the case as a whole can
// be judged.
var judgedTogether = []schemas.Condition{NonceRaced, ClientTokenInProgress, OverRate}

// refusal is the rule of a clause by which the requests of its cases are refused. An own row that answers another condition
// breaks it: a refusal for another reason proves nothing. Where other rules report a finding (an error with a 2xx, no
// envelope, a code of no table) it reports none.
func refusal(clause string) Rule {
	return Rule{Name: named(clause + "-refused"), Clause: clause, Sees: "a request that is to be refused", Due: due(clause, refuses, silent), One: func(e *Observation) Check {
		if e.intent.Clause != clause || e.intent.Setup || !e.refusalWanted() {
			return notApplicable()
		}
		switch {
		case e.servedInPart():
			return fail(fmt.Sprintf("%d, then %s", e.Arrived(), e.sketch()), e.wanted()).about(schemas.FoundServed, "")
		case !e.answered(), e.Status/100 == 3, e.tells() && e.Status < 400:
			return notApplicable()
		case e.Status < 400:
			return fail(e.sketch(), e.wanted())
		case e.Code == "":
			return notApplicable()
		}
		return e.rightReason()
	}}
}

// due finds the cases of a clause that send what the profile answers in one of those ways.
func due(clause string, stances ...expectedOutcome) func(*Planned) bool {
	return func(p *Planned) bool {
		return p.Clause.ID == clause && slices.ContainsFunc(p.Steps(), func(s Step) bool {
			return !s.Setup && slices.Contains(stances, expectationFor(p.Profile, cmp.Or(s.Condition, p.Condition)).outcome)
		})
	}
}

// servedInPart reports whether what the profile wants refused was answered with a success that broke off.
func (e *Observation) servedInPart() bool {
	return e.brokenSuccess() && e.refusalWanted() && e.intent.Parallel < 2
}

func (e *Observation) brokenSuccess() bool { return e.BrokeOff() && e.Arrived()/100 == 2 }

// rightReason holds the code of a refusal against the condition.
func (e *Observation) rightReason() Check {
	switch {
	case e.documented(), e.expected.outcome == silent, slices.Contains(e.expected.tolerate, e.Code):
		return pass()
	case e.Row == nil, e.intent.Unsigned && e.credentialCode():
		return notApplicable()
	}
	return fail(e.sketch(), e.wanted())
}

// documented reports whether the profile answers the condition with the code.
func (e *Observation) documented() bool {
	return len(e.expected.documented(e.Profile, e.Code, e.intent.Parameter)) > 0
}

// wanted words what the profile documents for the condition, with the parameter at fault in the names of families.
func (e *Observation) wanted() string {
	name, _, _ := strings.Cut(e.intent.Parameter, "|")
	if name == "" {
		return e.expected.words()
	}
	return strings.ReplaceAll(e.expected.words(), "{ParameterName}", name)
}

// credentialCode reports whether the code is about the key or the signature, which a server may look at before it
// looks at anything else.
func (e *Observation) credentialCode() bool {
	for _, c := range []schemas.Condition{UnknownAccessKey, WrongSignature, MissingAccessKeyID, MissingSignature} {
		if len(expectationFor(e.Profile, c).documented(e.Profile, e.Code, infoOf(c).parameter)) > 0 {
			return true
		}
	}
	return false
}

// service is the rule of a clause by which the requests of its cases are served.
func service(clause string) Rule {
	return Rule{Name: named(clause + "-served"), Clause: clause, Sees: "a request that is to be served", Due: due(clause, serves), One: func(e *Observation) Check {
		if e.intent.Clause != clause || e.intent.Setup || e.intent.Sender != "" || e.expected.outcome != serves || !e.answered() {
			return notApplicable()
		}
		if e.Status/100 != 2 && (e.usedNonce() || e.looksServed() || e.goesOtherwise()) {
			return notApplicable()
		}
		return passIf(e.Status/100 == 2, e.sketch(), "2xx")
	}}
}

// goesOtherwise reports a sound request that is refused for its method alone, which the target file does not name.
func (e *Observation) goesOtherwise() bool { return e.intent.AnyMethod && e.refusesMethod() }

// looksServed reports whether the body is a success's though the status is not: STATUS-1 concerns that.
func (e *Observation) looksServed() bool {
	if e.Envelope == nil {
		return false
	}
	return e.Envelope.Has("RequestId") && !e.Envelope.Has("Code") && !e.Envelope.Has("Message") && (e.Envelope.Format == schemas.JSON || !e.Envelope.HasRoot(e.Profile.Envelope.ErrorRoot))
}

// usedNonce reports whether the answer says that the nonce was used before.
func (e *Observation) usedNonce() bool { return e.failed() && e.Code == "SignatureNonceUsed" }
