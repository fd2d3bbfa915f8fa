package suites

import (
	"cmp"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// alteredCases alter after signing what the covering table leaves as it is: parts of a value that a signer may drop, names
// of other forms, the signature of an earlier request, the signature of a POST without a body.
func alteredCases() []Case {
	return append(actionsOfOthers(), partsOfValues(), namesOfOtherForms(), earlierSignature(),
		Case{Name: named("signature-changed-in-a-post-without-body"), Condition: WrongSignature, Spread: Formats, Styles: rpcOnly, RequiresMethods: []string{"POST"}, Except: "query and form are apart in style rpc by POST alone",
			Change: []Change{Method("POST")}, AfterSigning: []Change{Spoilt("one character of Signature changed", flipped), divided(true)}})
}

// partsOfValues changes parts of a value that a signer may trim or drop.
func partsOfValues() Case {
	c := Case{Name: namedAbove("part-of-a-value-changed-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", AnyRefusal: true, Spread: Methods, Styles: withAction, Steps: []Step{
		{Condition: schemas.Sound, Setup: true, Change: extraValue("0")}}}
	for _, part := range []struct{ says, signed, sent string }{
		{"a blank behind", "ab", "ab "},
		{"a blank before", "ab", " ab"},
		{"a letter beyond ASCII behind", "ab", "abé"},
		{"NUL and more behind", "ab", "ab\x00c"},
		{"a zero behind a number", "1.5", "1.50"},
		{"more behind 64 characters", strings.Repeat("a", 64), strings.Repeat("a", 65)},
		{"more behind 256 characters", strings.Repeat("a", 256), strings.Repeat("a", 257)},
		{"more behind 1,024 characters", strings.Repeat("a", 1024), strings.Repeat("a", 1025)},
	} {
		c.Steps = append(c.Steps, Step{Change: extraValue(part.signed), AfterSigning: []Change{{"with " + part.says + " in " + spareParameter, func(d *Draft) { d.set(spareParameter, part.sent) }}}})
	}
	return c
}

// namesOfOtherForms adds parameters that a signer may not look at: under names of another form, and one without a value.
func namesOfOtherForms() Case {
	c := Case{Name: namedAbove("name-of-another-form-added-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", AnyRefusal: true, Spread: Methods, Styles: withAction}
	for _, name := range []string{"Tag.1.Key", "acsconform", "acsconform_extra", "acsconform[0]", "_", "Acsconform.1"} {
		c.Steps = append(c.Steps, Step{AfterSigning: []Change{Set(name, "1")}})
	}
	c.Steps = append(c.Steps, Step{AfterSigning: []Change{Set(spareParameter, "")}})
	return c
}

// earlierSignature sends the signature of a request that was served with another nonce and a parameter more: a server that
// remembers signatures by themselves takes it.
func earlierSignature() Case {
	return Case{Name: namedAbove("signature-of-an-earlier-request"), Condition: WrongSignature, Clause: "SIGN-2", AnyRefusal: true, Spread: Methods, Steps: []Step{
		{Condition: schemas.Sound, Setup: true},
		{Change: []Change{SameNonce()}, AfterSigning: []Change{{"with a fresh SignatureNonce", func(d *Draft) { d.set("SignatureNonce", d.Nonce) }}, Set(spareParameter, "1")}}}}
}

// actionsOfOthers signs for another action that the target file names, or for none, and sends the call's own: a server that
// finds the action elsewhere than in what is signed serves it. Of the covering table's other Action nothing can be seen where the
// target file names no other one that is served.
func actionsOfOthers() []Case {
	own := []Change{{"with the Action of the call", func(d *Draft) { d.set("Action", d.unchanged[find(d.unchanged, "Action")].Value) }}}
	other := []Change{{"with the Action of another call of the target file", func(d *Draft) { d.set("Action", d.otherAction()) }}}
	return []Case{
		{Name: named("signed-for-another-action"), Condition: WrongSignature, Clause: "SIGN-2", AnyRefusal: true, Spread: Methods, Styles: withAction, Change: other, AfterSigning: own},
		{Name: named("action-added-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", AnyRefusal: true, Spread: Methods, Styles: rpcOnly, Except: "in style acs3 the action is a header, and no document says which headers have to be signed",
			Change: []Change{Drop("Action")}, AfterSigning: own},
	}
}

// otherAction returns an action that the target file names beside that of the sound request, and one that is a letter off where
// there is none.
func (d *Draft) otherAction() string {
	t, own := d.Setting.Target, d.get("Action")
	names := []string{d.Setting.Other.Action}
	if t.Idempotency != nil {
		names = append(names, t.Idempotency.Action)
	}
	for _, r := range t.Recipes {
		names = append(names, r.Action)
	}
	for _, name := range names {
		if cmp.Or(name, own) != own {
			return name
		}
	}
	return next(own)
}
