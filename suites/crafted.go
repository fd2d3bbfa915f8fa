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

// refusal is the rule of a clause that wants what its cases send refused. An own row that answers another condition
// breaks it: refused for another reason proves nothing. Where other rules speak (an error told with a 2xx, no
// envelope, a code of no table) it is silent.
func refusal(clause string) Rule {
	return Rule{Name: named(clause + "-refused"), Clause: clause, Sees: "a request that is to be refused", Due: due(clause, refuses, silent), One: func(e *Exam) Look {
		if e.asked.Clause != clause || e.asked.Setup || !e.refusalWanted() {
			return nothing()
		}
		switch {
		case e.servedInPart():
			return broke(fmt.Sprintf("%d, then %s", e.Arrived(), e.sketch()), e.wanted())
		case !e.answered(), e.Status/100 == 3, e.tells() && e.Status < 400:
			return nothing()
		case e.Status < 400:
			return broke(e.sketch(), e.wanted())
		case e.Code == "":
			return nothing()
		}
		return e.rightReason()
	}}
}

// due finds the cases of a clause that send what the profile answers in one of those ways.
func due(clause string, stances ...stance) func(*Planned) bool {
	return func(p *Planned) bool {
		return p.Clause.ID == clause && slices.ContainsFunc(p.Steps(), func(s Step) bool {
			return !s.Setup && slices.Contains(stances, expect(p.Profile, cmp.Or(s.Condition, p.Condition)).stance)
		})
	}
}

// servedInPart reports whether what the profile wants refused was answered with a success that broke off.
func (e *Exam) servedInPart() bool {
	return e.brokenSuccess() && e.refusalWanted() && e.asked.Together < 2
}

func (e *Exam) brokenSuccess() bool { return e.BrokeOff() && e.Arrived()/100 == 2 }

// rightReason holds the code of a refusal against the condition.
func (e *Exam) rightReason() Look {
	switch {
	case e.documented(), e.expect.stance == silent, slices.Contains(e.expect.tolerate, e.Code):
		return kept()
	case e.Row == nil, e.asked.Unsigned && e.credentialCode():
		return nothing()
	}
	return broke(e.sketch(), e.wanted())
}

// documented reports whether the profile answers the condition with the code.
func (e *Exam) documented() bool {
	return len(e.expect.documented(e.Profile, e.Code, e.asked.Parameter)) > 0
}

// wanted words what the profile documents for the condition, with the parameter at fault in the names of families.
func (e *Exam) wanted() string {
	name, _, _ := strings.Cut(e.asked.Parameter, "|")
	if name == "" {
		return e.expect.words()
	}
	return strings.ReplaceAll(e.expect.words(), "{ParameterName}", name)
}

// credentialCode reports whether the code is about the key or the signature, which a server may look at before it
// looks at anything else.
func (e *Exam) credentialCode() bool {
	for _, c := range []schemas.Condition{UnknownAccessKey, WrongSignature, MissingAccessKeyID, MissingSignature} {
		if len(expect(e.Profile, c).documented(e.Profile, e.Code, infoOf(c).parameter)) > 0 {
			return true
		}
	}
	return false
}

// service is the rule of a clause that wants what its cases send served.
func service(clause string) Rule {
	return Rule{Name: named(clause + "-served"), Clause: clause, Sees: "a request that is to be served", Due: due(clause, serves), One: func(e *Exam) Look {
		if e.asked.Clause != clause || e.asked.Setup || e.asked.Sender != "" || e.expect.stance != serves || !e.answered() {
			return nothing()
		}
		if e.Status/100 != 2 && (e.usedNonce() || e.looksServed()) {
			return nothing()
		}
		return keptIf(e.Status/100 == 2, e.sketch(), "2xx")
	}}
}

// looksServed reports whether the body is a success's though the status is not: STATUS-1 speaks of that.
func (e *Exam) looksServed() bool {
	if e.Envelope == nil {
		return false
	}
	return e.Envelope.Has("RequestId") && !e.Envelope.Has("Code") && !e.Envelope.Has("Message") && (e.Envelope.Format == schemas.JSON || !e.Envelope.HasRoot(e.Profile.Envelope.ErrorRoot))
}

// usedNonce reports whether the answer says that the nonce was used before.
func (e *Exam) usedNonce() bool { return e.failed() && e.Code == "SignatureNonceUsed" }
