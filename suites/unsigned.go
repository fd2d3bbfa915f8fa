package suites

import (
	"cmp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// unsignedCases add after signing, in places that no signature covers or that a server may read another time than it verified
// them, what makes a call good that is refused without it. A server that ignores such a place, and one that refuses it for
// whatever reason, refuses all of these calls; one that serves such a call has acted on what nobody signed. The first step of
// each case, which adds nothing, shows that the call is refused by itself. How a place is refused is the business of hostile
// input.
func unsignedCases() []Case {
	unsigned := func(name string, wrong schemas.Condition, styles []schemas.Style, except string, steps ...Step) Case {
		return Case{Name: namedAbove(name), Condition: wrong, Clause: "SIGN-2", AnyRefusal: true, MayServe: true, Only: true, Spread: Once, Styles: styles, Except: except, Steps: steps}
	}
	elsewhere := "style roa names no Action, and style acs3 covers the body; its header fields have a case of their own"
	posted := func(c Case) Case {
		c.RequiresMethods = []string{"POST"}
		return c
	}
	absent, unknown := []Change{Method("POST"), Drop("Action")}, []Change{Method("POST"), Set("Action", noSuchAction)}
	refused := []Change{Set("RegionId", noSuchRegion), Set("OwnerAccount", "acsconform-nobody")}
	return []Case{
		posted(unsigned("unsigned-action-of-a-call-without-one", MissingAction, rpcOnly, elsewhere, inPlaces(absent)...)),
		posted(unsigned("unsigned-action-of-an-unknown-call", UnknownAction, rpcOnly, elsewhere, inPlaces(unknown)...)),
		unsigned("unsigned-region-of-an-unknown-one", UnknownRegion, rpcOnly, "style acs3 joins fields of one name, and the others cover x-acs-region-id", []Step{
			{Change: refused},
			{Change: refused, AfterSigning: []Change{repeatedRight()}, Unsigned: "parameters behind those of the same names"},
			{Change: refused, AfterSigning: []Change{{"with the region of the call in x-acs-region-id", func(d *Draft) { d.Header.Set("x-acs-region-id", d.ownRegion()) }}}, Unsigned: "a region in x-acs-region-id"},
		}...),
		unsigned("unsigned-action-beside-an-unknown-one", UnknownAction, acs3Only, "style rpc has its Action in a parameter, and style roa names none", headerSteps()...),
		{Name: named("body-added-to-a-post-without-one"), Condition: WrongSignature, Clause: "SIGN-2", AnyRefusal: true, Spread: Once, Styles: acs3Only, RequiresMethods: []string{"POST"}, Except: "the other styles have no digest of a body that is always there",
			Change: []Change{Method("POST"), {"without a body", func(d *Draft) { d.Body = []byte{} }}}, AfterSigning: []Change{laidOut("with a form body", formType, spareParameter+"=1")}},
		unsigned("body-added-to-a-get", WrongSignature, acs3Only, "the other styles have no digest of a body that is always there", bodySteps()...),
	}
}

// noSuchAction and noSuchRegion are names that no service has.
const (
	noSuchAction = "AcsconformNoSuchAction"
	noSuchRegion = "xx-acsconform"
)

// inPlaces are the steps of a call by POST with its parameters in the query: by itself, and with its own Action in each place
// that a server may merge with the parameters.
func inPlaces(wrong []Change) []Step {
	apart := divided(true)
	steps := []Step{{Change: wrong, AfterSigning: []Change{apart}}}
	add := func(place string, put func(r *schemas.Request, action string)) {
		steps = append(steps, Step{Change: wrong, AfterSigning: []Change{apart, ownAction(place, put)}, Unsigned: "the Action in " + place})
	}
	add("a header x-acs-action", func(r *schemas.Request, action string) { r.Header.Set("x-acs-action", action) })
	add("a cookie", func(r *schemas.Request, action string) { r.Header.Set("Cookie", "Action="+action) })
	inBody := func(place, contentType, before, behind string) {
		add(place, func(r *schemas.Request, action string) {
			r.Body = schemas.Body(before + action + behind)
			r.Header.Set("Content-Type", contentType)
		})
	}
	inBody("a JSON body", "application/json", `{"Action":"`, `"}`)
	inBody("a multipart body", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\n", "\r\n--x--\r\n")
	inBody("a text/plain body", "text/plain", "Action=", "")
	return steps
}

// ownAction puts the Action of the sound request into a place of the request as it is laid out.
func ownAction(place string, put func(r *schemas.Request, action string)) Change {
	return Change{"with the Action of the call in " + place, func(d *Draft) {
		action := d.unchanged[find(d.unchanged, "Action")].Value
		d.after = append(d.after, func(r *schemas.Request) { put(r, action) })
	}}
}

// repeatedRight adds values that are right behind the wrong ones that were signed.
func repeatedRight() Change {
	return Change{"with the region of the call and an empty OwnerAccount behind them", func(d *Draft) {
		d.Own = append(d.Own, sign.Param{Name: "RegionId", Value: d.ownRegion()}, sign.Param{Name: "OwnerAccount"})
	}}
}

// ownRegion returns the region of the sound request, and a usual one where it names none.
func (d *Draft) ownRegion() string {
	if i := find(d.unchanged, "RegionId"); i >= 0 {
		return d.unchanged[i].Value
	}
	return "cn-hangzhou"
}

// headerSteps sign an unknown Action in x-acs-action and add the call's own: in a field of that name before or behind it, and
// in one that servers which pass header fields on as variables take for the same (RFC 3875, 4.1.18).
func headerSteps() []Step {
	wrong := []Change{Set("Action", noSuchAction)}
	steps := []Step{{Change: wrong}}
	add := func(place, name string, first bool) {
		own := ownAction(place, func(r *schemas.Request, action string) {
			at := len(r.Header)
			if first {
				at = 0
			}
			r.Header = slices.Insert(r.Header, at, schemas.Field{Name: name, Value: action})
		})
		steps = append(steps, Step{Change: wrong, AfterSigning: []Change{own}, Unsigned: "the Action in " + place})
	}
	add("a second header x-acs-action behind it", "x-acs-action", false)
	add("a second header x-acs-action before it", "x-acs-action", true)
	add("a header x_acs_action", "x_acs_action", false)
	return steps
}

// bodySteps add a form to a GET that was signed without a body. A server may pass over what a GET brings along (RFC 9110, 9.3.1),
// and refuse it. One that serves a call with a parameter that it does not know, and refuses it with values that are wrong, has
// looked at them.
func bodySteps() []Step {
	without := []Change{Method("GET"), Drop("RegionId"), Drop("OwnerAccount"), Drop("Format")}
	return []Step{
		{Change: without, AfterSigning: []Change{laidOut("with a form body", formType, spareParameter+"=1")}},
		{Change: without, AfterSigning: []Change{laidOut("with wrong values in a form body", formType, "RegionId="+noSuchRegion+"&OwnerAccount=acsconform-nobody&Format=acsconform")}, Unsigned: "values in a body", Harmful: true}}
}

// laidOut puts a body into the request as it is laid out.
func laidOut(says, contentType, body string) Change {
	return Change{says, func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			r.Body = schemas.Body(body)
			r.Header.Set("Content-Type", contentType)
		})
	}}
}

// addsUnsigned reports whether a case compares a call with the same one that has more than was signed.
func (c *Case) addsUnsigned() bool {
	return slices.ContainsFunc(c.Steps, func(s Step) bool { return s.Unsigned != "" })
}

// unsignedHasNoEffect holds a call with more than was signed against the same call without, which comes first.
func unsignedHasNoEffect(p *Planned, observations []*Observation) Check {
	if !p.Case.addsUnsigned() || len(observations) < 2 {
		return notApplicable()
	}
	var base, at *Observation
	var acted []string
	looked := false
	for _, e := range observations {
		s := p.Case.Steps[min(e.intent.Step, len(p.Case.Steps)-1)]
		switch {
		case s.Unsigned == "":
			base = e
		case base == nil || !base.decides() || !e.decides() || base.served() != s.Harmful:
		case e.served() == base.served():
			looked = true
		default:
			looked, acted = true, append(acted, s.Unsigned)
			at = cmp.Or(at, e)
		}
	}
	switch {
	case !looked:
		return notApplicable()
	case at == nil:
		return pass()
	}
	got := at.sketch() + " for what is not signed, and " + base.sketch() + " without it: the server acts on " + strings.Join(acted, " and ")
	return fail(got, "refused, or answered as without it").of(at)
}

// decides reports whether an answer shows what became of the call: it is served, or refused as one of the client's mistakes.
func (e *Observation) decides() bool {
	return e.answered() && (e.served() || e.failed() && e.Status/100 == 4 && e.Code != "" && !e.usedNonce())
}
