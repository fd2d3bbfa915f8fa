package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func parametersChapter() Chapter {
	return Chapter{Name: "parameters", Rules: []Rule{
		refusal("PARAM-1"),
		refusal("PARAM-2"),
		refusal("PARAM-3"),
		{Name: named("family-code-names-the-parameter"), Clause: "PARAM-4", Reason: true, Kind: schemas.FoundWrongCode, One: familyNames},
	}, Cases: []Case{
		{Name: named("action-missing"), Condition: MissingAction, Change: []Change{Drop("Action")}, Styles: withAction},
		{Name: named("version-missing"), Condition: MissingVersion, Change: []Change{Drop("Version")}},
		{Name: named("access-key-id-missing"), Condition: MissingAccessKeyID, Change: []Change{Drop("AccessKeyId")}},
		{Name: named("signature-missing"), Condition: MissingSignature, AfterSigning: []Change{Drop("Signature")}},
		{Name: named("timestamp-missing"), Condition: MissingTimestamp, Change: []Change{Drop("Timestamp")}},
		{Name: named("signature-method-missing"), Condition: MissingSignatureMethod, Hides: []Hidden{{"PARAM-3", about("SignatureMethod"), "a call without SignatureMethod is served too"}}, Change: []Change{Drop("SignatureMethod")}, Styles: withMethodParameters},
		{Name: named("signature-version-missing"), Condition: MissingSignatureVersion, Hides: []Hidden{{"PARAM-3", about("SignatureVersion"), "a call without SignatureVersion is served too"}}, Change: []Change{Drop("SignatureVersion")}, Styles: withMethodParameters},
		{Name: named("signature-nonce-missing"), Condition: MissingSignatureNonce, Hides: []Hidden{{"PARAM-3", about("SignatureNonce"), "a call without SignatureNonce is served too"}}, Change: []Change{Drop("SignatureNonce")}},

		{Name: named("action-empty"), Condition: EmptyAction, Change: []Change{Empty("Action")}, Styles: withAction},
		{Name: named("version-empty"), Condition: EmptyVersion, Change: []Change{Empty("Version")}},
		{Name: named("access-key-id-empty"), KeepReason: "the plainest key that is none, in a call that is signed as it is sent", Condition: EmptyAccessKeyID, Change: []Change{Empty("AccessKeyId")}},
		{Name: named("signature-empty"), Condition: EmptySignature, AfterSigning: []Change{Empty("Signature")}},
		{Name: named("timestamp-empty"), Condition: EmptyTimestamp, Change: []Change{Empty("Timestamp")}},
		{Name: named("signature-nonce-empty"), Condition: MissingSignatureNonce, Clause: "PARAM-3", Parameter: "SignatureNonce", AnyRefusal: true, Change: []Change{Empty("SignatureNonce")}},
		{Name: named("signature-method-empty"), Condition: MissingSignatureMethod, Clause: "PARAM-3", Parameter: "SignatureMethod", AnyRefusal: true, Change: []Change{Empty("SignatureMethod")}, Styles: withMethodParameters},
		{Name: named("signature-version-empty"), Condition: MissingSignatureVersion, Clause: "PARAM-3", Parameter: "SignatureVersion", AnyRefusal: true, Change: []Change{Empty("SignatureVersion")}, Styles: withMethodParameters},
	}}
}

// Styles in which a case makes sense, where not in all.
var (
	rpcOnly              = []schemas.Style{schemas.RPC}
	roaOnly              = []schemas.Style{schemas.ROA}
	acs3Only             = []schemas.Style{schemas.ACS3}
	withAction           = []schemas.Style{schemas.RPC, schemas.ACS3}
	headerStyles         = []schemas.Style{schemas.ROA, schemas.ACS3}
	withMethodParameters = []schemas.Style{schemas.RPC, schemas.ROA}
)

// familyNames applies where the code is a member of a family, Missing{ParameterName} or Invalid{ParameterName}, and the
// parameter at fault is known. Names in codes are compared to the letter; errata X6 lets the case go in messages only. Of
// captured traffic it reports the placeholder that is in the place of the name; in a crafted case ERROR-9 does.
func familyNames(e *Observation) Check {
	if !e.readableError() {
		return notApplicable()
	}
	if hole := placeholders.FindString(e.Code); hole != "" && e.intent.Case == "" && e.inFamily() {
		return fail(e.Code, "the parameter's name in the place of "+hole)
	}
	if e.Row == nil || e.intent.Parameter == "" || !e.refusalWanted() {
		return notApplicable()
	}
	name, ok := sameCode(e.Profile, *e.Row, e.Code)
	if !ok || name == "" {
		return notApplicable()
	}
	prefix, _, _ := strings.Cut(e.Row.Code, "{")
	var want []string
	for _, p := range strings.Split(e.intent.Parameter, "|") {
		if p == name {
			return pass()
		}
		want = append(want, prefix+p)
	}
	return fail(e.Code, strings.Join(want, " or "))
}

// inFamily reports whether the code begins as those of a family do.
func (e *Observation) inFamily() bool {
	return slices.ContainsFunc(e.Profile.Codes, func(r schemas.Row) bool {
		prefix, _, family := strings.Cut(r.Code, "{")
		return family && strings.HasPrefix(e.Code, prefix)
	})
}
