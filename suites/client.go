package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

func clientChapter() Chapter {
	return Chapter{Name: "client", Rules: []Rule{
		{Name: named("content-type-as-sdks-compare"), Clause: "CLIENT-1", Kind: schemas.FoundContentType, Shape: true, One: contentTypeForSDKs},
		{Name: named("types-that-sdks-assert"), Clause: "CLIENT-2", Kind: schemas.FoundMembers, Shape: true, One: typesForSDKs},
		{Name: named("throttled-answers-say-when"), Clause: "CLIENT-5", Idle: withoutThrottling, Kind: schemas.FoundValue, Shape: true, One: throttledAnswer, Informs: hintedThrottling},
		{Name: named("no-error-in-a-success"), Clause: "CLIENT-3", Kind: schemas.FoundStatus, One: noErrorInSuccess},
	}}
}

// contentTypeForSDKs is silent where FORMAT-8 speaks.
func contentTypeForSDKs(e *Observation) Check {
	if l := contentTypeNames(e); !l.Looked || l.broken() {
		return notApplicable()
	}
	value := e.Header("Content-Type")
	if e.Envelope.Format == schemas.XML {
		return passIf(value == wantType(schemas.XML), short(value)+e.misreadBy("; "), wantType(schemas.XML)+" to the letter").about("", short(value))
	}
	media, _, _ := strings.Cut(value, ";")
	return passIf(strings.EqualFold(strings.TrimSpace(media), "application/json"), short(value), wantType(schemas.JSON)).about("", short(value))
}

// typesForSDKs reports what ERROR-1 and SUCCESS-1 do not: the types of what is optional. Where official SDKs were asked,
// it reports what they made of the answer.
func typesForSDKs(e *Observation) Check {
	if l := understoodBySDKs(e); l.broken() {
		return l
	}
	if !e.answered() || e.Envelope == nil || e.Envelope.Format != schemas.JSON || e.unreadable() {
		return notApplicable()
	}
	names := e.typedForSDKs()
	wrong := func(name string) bool {
		class := e.Envelope.Class(name)
		return class != body.Absent && class.Kind() != kindForSDKs(name)
	}
	if len(e.Envelope.Flaws()) == 0 && !slices.ContainsFunc(names, wrong) {
		return pass() // no member is there twice
	}
	for _, m := range e.Envelope.Members() {
		if kind := kindForSDKs(m.Name); slices.Contains(names, m.Name) && m.Kind != kind {
			return fail(m.Name+" is "+sayKind(m), m.Name+" "+article(kind))
		}
	}
	return pass()
}

// typedForSDKs returns the members whose types SDKs depend on, without those that ERROR-1 and SUCCESS-1 concern. An SDK compares
// the Code of a success with the number 200 too, which many services write, and none asserts its AccessDeniedDetail; what an
// operation publishes of a member is left to RESULT-1.
func (e *Observation) typedForSDKs() []string {
	names := []string{"Recommend"}
	if !slices.Contains(e.Profile.Envelope.Mandatory, "HostId") {
		names = append(names, "HostId")
	}
	if !e.served() {
		names = append(names, objectForSDKs)
	}
	if e.failed() && e.Status/100 != 2 {
		return names
	}
	names = append(names, "Message")
	if code := e.code(); !e.served() || code.Kind != body.KindNumber || code.Text != "200" {
		names = append(names, "Code")
	}
	if e.served() {
		names = slices.DeleteFunc(names, e.publishesKind)
	}
	return names
}

// objectForSDKs is the one member of an envelope that SDKs read as an object.
const objectForSDKs = "AccessDeniedDetail"

func kindForSDKs(name string) body.Kind {
	if name == objectForSDKs {
		return body.KindObject
	}
	return body.KindString
}

// noErrorInSuccess judges calls that were not asked to fail, where neither STATUS-2 nor SUCCESS-3 does. Where official
// SDKs were asked, it reports each that took the answer for a success.
func noErrorInSuccess(e *Observation) Check {
	if l := errorTakenForSuccess(e); l.broken() {
		return l
	}
	if e.Status/100 != 2 || e.Envelope == nil || e.hostile() || e.unreadable() || e.refusalWanted() || e.intent.Condition == FromRecipe ||
		failureIsNot2xx(e).broken() || e.isErrorRoot() && successRoot(e).broken() {
		return notApplicable()
	}
	if e.told == tellsNothing {
		return pass()
	}
	return fail(fmt.Sprintf("%d with %s", e.Status, e.sayTold()), "a 2xx that tells of no failure")
}

// sayKind describes a member by its kind, and a number or boolean by its value too.
func sayKind(m body.Member) string {
	if m.Kind == body.KindNumber || m.Kind == body.KindBool {
		return fmt.Sprintf("the %s %s", m.Kind, short(m.Text))
	}
	return article(m.Kind)
}

func article(k body.Kind) string {
	if k == body.KindObject || k == body.KindArray {
		return "an " + string(k)
	}
	return "a " + string(k)
}
