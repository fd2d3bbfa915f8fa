package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func signatureChapter() Chapter {
	// A server may know no further parameter: then what follows proves nothing.
	extra := Step{Condition: schemas.Sound, Setup: true, Change: []Change{Set("AcsconformExtra", "0")}}
	signedInPart := refusal("SIGN-2")
	signedInPart.Behind = []string{"SIGN-1"} // who looks at no signature covers no input either
	return Chapter{Name: "signature", Rules: []Rule{
		refusal("SIGN-1"),
		signedInPart,
		service("SIGN-2"),
		refusal("SIGN-3"),
		{Name: named("one-of-two-values-is-covered"), Clause: "SIGN-2", Kind: schemas.FoundDisagree, Case: oneValueCovered},
		{Name: named("unsigned-has-no-effect"), Clause: "SIGN-2", Aside: true, Case: unsignedHasNoEffect},
		{Name: named("no-secret-disclosed"), Clause: "SIGN-4", Kind: schemas.FoundDisclosure, One: nothingDisclosed},
		{Name: named("not-served-elsewhere"), Clause: "SIGN-2", Aside: true, Case: servedElsewhere},
	}, Cases: slices.Concat([]Case{
		{Name: named("signature-one-character-changed"), KeepReason: "the least change of a signature; a check of form alone refuses those that change its length", Condition: WrongSignature, AfterSigning: []Change{Spoilt("one character of Signature changed", flipped)}},
		{Name: named("signature-case-changed"), Condition: WrongSignature, AfterSigning: []Change{Spoilt("the case of every letter of Signature changed", otherCase)}, Styles: withMethodParameters},
		{Name: named("signature-truncated"), Condition: WrongSignature, AfterSigning: []Change{Spoilt("the last four characters of Signature cut off", cutShort)}},
		{Name: named("signature-with-more-behind"), Condition: WrongSignature, AfterSigning: []Change{Spoilt("AAAA behind Signature", moreBehind)}},
		{Name: named("signature-of-nothing"), KeepReason: "it has the form of a right signature, so that nothing but the comparison refuses it", Condition: WrongSignature, AfterSigning: []Change{Spoilt("a Signature of zeroes", zeroes)}},
		{Name: named("signed-with-another-secret"), Condition: WrongSignature, Change: []Change{SignWith(madeUpSecret)}, KeepReason: "a server that takes it by mistake takes other wrong signatures too, unless it knows the very secret that the suite made up"},
		{Name: named("signed-for-the-other-method"), Condition: WrongSignature, Change: []Change{OtherMethod()}},
		{Name: named("signed-with-another-known-key"), Condition: WrongSignature, Spread: Methods, Needs: []Need{secondKey}, Change: []Change{SignWithOther()}},
		{Name: named("temporary-key-signed-with-another-secret"), Condition: WrongSignature, Spread: Once, Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), SignWith(madeUpSecret)}},
		{Name: named("client-token-signed-with-another-secret"), Condition: WrongSignature, Spread: Once, Base: BaseIdempotency, Needs: []Need{"idempotency"}, Change: []Change{Token(), SignWith(madeUpSecret)}},
		{Name: named("signature-with-a-blank-in-it"), Condition: WrongSignature, Spread: Methods, AfterSigning: []Change{Spoilt("a blank for one character of Signature", blanked)}},
		{Name: named("signature-with-a-foreign-letter"), Condition: WrongSignature, Except: "a header field takes no such letter", Spread: Methods, Styles: rpcOnly, AfterSigning: []Change{Spoilt("a Cyrillic letter for one character of Signature", func(s string) string { return inPlaceOfOne(s, "Ж") })}},
		{Name: named("signature-one-bit-changed"), Condition: WrongSignature, Spread: Methods, Steps: []Step{
			{AfterSigning: []Change{Spoilt("the first bit of Signature changed", bitFlipped(0))}},
			{AfterSigning: []Change{Spoilt("a bit in the midst of Signature changed", bitFlipped(77))}},
			{AfterSigning: []Change{Spoilt("the last bit of the first byte of Signature changed", bitFlipped(7))}},
			{AfterSigning: []Change{Spoilt("the first bit of the last byte of Signature changed", bitFlipped(-8))}},
			{AfterSigning: []Change{Spoilt("the last bit of Signature changed", bitFlipped(-1))}}}},
		{Name: named("signature-not-base64"), KeepReason: "it has no form at all; others hold markup or end early", Condition: SignatureNotBase64, AfterSigning: []Change{Set("Signature", "!!! not base64 !!!")}},

		// The plan makes one of this case for each input of the signature and each alteration of it: see tamper.go.
		{Name: named("tampered"), Condition: WrongSignature, Clause: "SIGN-2", Many: &multiple{plan: Brief.tampered, again: againByAlteration}, Spread: Methods, Description: "each input of the signature changed, removed, emptied, doubled or added after signing, one at a time"},

		{Name: named("parameter-added-after-signing"), KeepReason: "it adds behind all others what is known to be served, where the covering table adds in front", Condition: WrongSignature, Clause: "SIGN-2", Steps: []Step{extra, {AfterSigning: []Change{Set("AcsconformExtra", "1")}}}},
		{Name: named("parameter-removed-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", Steps: []Step{extra, {Change: []Change{Set("AcsconformExtra", "1")}, AfterSigning: []Change{Drop("AcsconformExtra")}}}, KeepReason: "the third way of tampering, beside adding and changing: a server could take only this one if it guessed what is gone"},
		{Name: named("parameter-changed-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", Steps: []Step{extra, {Change: []Change{Set("AcsconformExtra", "1")}, AfterSigning: []Change{Set("AcsconformExtra", "2")}}}},
		{Name: named("value-case-changed-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", Steps: []Step{extra, {Change: []Change{Set("AcsconformExtra", "abc")}, AfterSigning: []Change{Set("AcsconformExtra", "ABC")}}}},
		{Name: named("parameter-in-unsigned-form"), Condition: WrongSignature, Except: "the other styles sign no form apart from the body, and a form goes by POST", Clause: "SIGN-2", Spread: Formats, Styles: rpcOnly, RequiresMethods: []string{"POST"}, Steps: []Step{{Condition: schemas.Sound, Setup: true, Change: []Change{Method("POST"), Set("AcsconformExtra", "0")}}, {Change: []Change{Method("POST")}, AfterSigning: []Change{Method("POST"), Form("AcsconformExtra", "1")}}}},
		{Name: named("token-added-after-signing"), Condition: WrongSignature, Clause: "SIGN-2", Spread: Once, Styles: withMethodParameters, Except: "in style acs3 the token is a header, and no document says which headers have to be signed", Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), Drop("SecurityToken")}, AfterSigning: []Change{TokenOf(schemas.STSKey)}},
		{Name: named("query-doubly-encoded"), Condition: WrongSignature, Except: "style roa signs its query as it is decoded; style acs3 encodes as style rpc does, which the covering table tries", Clause: "SIGN-2", Styles: rpcOnly, Steps: []Step{extra, {Change: []Change{Set("AcsconformExtra", "a b")}, AfterSigning: []Change{RawQuery("%20 encoded once more", func(q string) string { return strings.ReplaceAll(q, "a%20b", "a%2520b") })}}}},
		{Name: named("plus-behind-a-sign"), Condition: WrongSignature, Except: "a bare + is a form's, which style rpc alone has in its query", Clause: "SIGN-2", Styles: rpcOnly, Steps: []Step{extra, {Change: []Change{Set("AcsconformExtra", "a+b")}, AfterSigning: []Change{RawQuery("a bare + for %2B", func(q string) string { return strings.ReplaceAll(q, "a%2Bb", "a+b") })}}}},
		{Name: named("parameters-reordered"), Condition: FreshNonces, Clause: "SIGN-2", Styles: withAction, Steps: []Step{
			{AfterSigning: []Change{RawQuery("the parameters in reverse order", reversed)}}, {AfterSigning: []Change{RawQuery("the parameters in the order of their names", sorted)}}}},
		{Name: named("plus-for-a-blank"), Condition: FreshNonces, Except: "a bare + is a form's, which style rpc alone has in its query", Clause: "SIGN-2", Styles: rpcOnly, Steps: []Step{extra, {Change: []Change{Set("AcsconformExtra", "a b")}, AfterSigning: []Change{RawQuery("+ for a blank", func(q string) string { return strings.ReplaceAll(q, "a%20b", "a+b") })}}}},

		{Name: named("signature-method-md5"), Condition: UnknownSignatureMethod, Unlisted: hmacMD5.Name, Change: []Change{Set("SignatureMethod", hmacMD5.Name)}, Styles: withMethodParameters, KeepReason: "its code is judged, where any refusal is right for a signature of the method itself"},
		{Name: named("signature-method-made-up"), Condition: UnknownSignatureMethod, Change: []Change{Set("SignatureMethod", "ROT13")}, Styles: withMethodParameters, KeepReason: "a name that nobody knows, beside one that libraries do know: a list of what is refused lets only this one pass"},
		{Name: named("algorithm-made-up"), Condition: UnknownSignatureMethod, Except: "the other styles name their signature method in SignatureMethod", AfterSigning: []Change{Algorithm("ACS3-HMAC-ROT13")}, Styles: acs3Only, KeepReason: "a name that nobody knows, beside one that libraries do know: a list of what is refused lets only this one pass"},
		{Name: named("algorithm-md5"), Condition: UnknownSignatureMethod, Except: "the other styles name their signature method in SignatureMethod", Unlisted: acs3MD5.Name, AfterSigning: []Change{Algorithm(acs3MD5.Name)}, Styles: acs3Only},
		{Name: named("signature-version-9"), KeepReason: "the plainest version that nobody has", Condition: UnknownSignatureVersion, Change: []Change{Set("SignatureVersion", "9.9")}, Styles: withMethodParameters},
		{Name: named("signature-version-in-words"), Condition: UnknownSignatureVersion, Change: []Change{Set("SignatureVersion", "one")}, Styles: withMethodParameters, KeepReason: "what cannot be read as a number, beside signature-version-9, which can: another branch in most servers"},
	}, downgradeCases(), replayCases(), alteredCases(), unsignedCases())}
}

// oneValueCovered judges a value that is there twice, once before and once behind the signed one. A server may take
// the first or the last of two; one that serves both covers neither.
func oneValueCovered(p *Planned, observations []*Observation) Check {
	if p.Case.addsUnsigned() {
		return notApplicable()
	}
	served := 0
	for _, e := range observations {
		switch {
		case !e.intent.AnyRefusal || !e.intent.MayServe || !e.answered():
			return notApplicable()
		case e.served():
			served++
		}
	}
	if len(observations) < 2 {
		return notApplicable()
	}
	return passIf(served < len(observations), "served with another value before the signed one, and with one behind it", "refused in one place at least")
}

func reversed(query string) string {
	pairs := strings.Split(query, "&")
	slices.Reverse(pairs)
	return strings.Join(pairs, "&")
}
