package suites

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// An alteration is a way to alter one input of a signature after signing.
type alteration string

// The alterations. A parameter that is doubled, and one that is added, comes in several places.
const (
	changed    alteration = "changed"
	removed    alteration = "removed"
	emptied    alteration = "emptied"
	doubled    alteration = "doubled"
	added      alteration = "added"
	addedFirst alteration = "added-before" // before Signature's own place
	addedQuery alteration = "added-to-query"
)

// unaltered lists the inputs that no case of the covering table alters, and why.
var unaltered = map[sign.Input]string{
	{Kind: sign.Method}:               "signed-for-the-other-method alters it (SIGN-1)",
	{Kind: sign.Header, Name: "host"}: "signed-for-another-host alters it, whose answer may be another server's",
}

// Unaltered returns the inputs, in words, that no case alters, and why.
func Unaltered() map[string]string {
	why := map[string]string{}
	for input, text := range unaltered {
		why[input.String()] = text
	}
	return why
}

// IsTampering reports whether the case alters an input of the signature after signing.
func (c *Case) IsTampering() bool { return c.Alters != sign.Input{} }

// A tampering is one cell of the covering table: an input of the sound request's signature and an alteration, in one
// method.
type tampering struct {
	input sign.Input
	how   alteration
	base  tamperBase
}

// A tamperBase is a sound request that inputs are taken from.
type tamperBase struct {
	base   Base
	change []Change
	name   string     // what its body is called, where a body is altered
	only   sign.Input // the one input it is there for; any when zero
	needs  []Need
}

// extraHeader is a signed header that no service knows: nothing but the signature protects it.
const extraHeader = "x-acs-acsconform"

// tamperBases returns the requests whose inputs are altered, in a style. Where two have the same input by the same method,
// the first one is used.
func tamperBases(style schemas.Style) []tamperBase {
	token := sign.Input{Kind: sign.Parameter, Name: "SecurityToken"}
	if style != schemas.RPC {
		token = sign.Input{Kind: sign.Header, Name: "x-acs-security-token"}
	}
	bases := []tamperBase{
		{name: "body"},
		{change: []Change{Key(schemas.STSKey)}, only: token, needs: []Need{"credentials.sts"}},
	}
	if style != schemas.RPC {
		bases = append(bases,
			tamperBase{change: []Change{Header(extraHeader, "1")}, only: sign.Input{Kind: sign.Header, Name: extraHeader}},
			tamperBase{base: BaseBody, name: "json-body"})
	}
	return bases
}

// tampered returns one planned case for each input and alteration that makes sense, in each method of the sound request.
// The formats and the place of Signature are spread over them.
func (b Brief) tampered(c Case, clause schemas.Clause) []*Planned {
	var plan []*Planned
	done := map[string]bool{}
	for _, base := range tamperBases(b.style()) {
		one := c
		one.Base, one.Change, one.Needs = base.base, base.change, base.needs
		if base.base == BaseBody && (b.style() == schemas.ROA && b.Target.BodyRequest.Path == "" || b.style() == schemas.ACS3 && !names(b.Target.BodyRequest, schemas.ACS3)) {
			continue
		}
		call := b.described(base.base, nil)
		for m, v := range b.spread(one, call) {
			sound := b.planned(&one, clause, call, v)
			for _, t := range sound.tamperings(base) {
				name := t.name(c.Name.Text)
				if key := name + " " + v.method; done[key] {
					continue
				} else {
					done[key] = true
				}
				v := v
				if b.style() != schemas.ROA {
					v.format = b.Profile.Formats[(len(plan)+len(plan)/4)%len(b.Profile.Formats)]
				}
				p := b.planned(t.of(one, (len(plan)/2+m)%2 == 1), clause, call, v)
				p.Skip = b.skip(p)
				plan = append(plan, p)
			}
		}
	}
	return plan
}

// tamperings lists the alterations of a sound request.
func (p *Planned) tamperings(base tamperBase) []tampering {
	r := p.Craft(0, 0, Moment{Now: time.Unix(1<<30, 0), Seed: strings.Repeat("0", 32)}).Request
	m := messageOf(p.Style, r)
	var all []tampering
	own := 0
	for _, input := range sign.Inputs(p.Style, m) {
		if base.only != (sign.Input{}) && input != base.only || unaltered[input] != "" {
			continue
		}
		if input.Kind == sign.Parameter && !slices.Contains(publicNames, input.Name) {
			if own++; own > maxOwn {
				continue
			}
		}
		for _, how := range alterationsOf(input, m) {
			all = append(all, tampering{input, how, base})
		}
	}
	if base.only == (sign.Input{}) {
		for _, t := range additions(p.Style, p.Method) {
			all = append(all, tampering{t.input, t.how, base})
		}
	}
	return all
}

// maxOwn is how many of the call's own parameters are altered.
const maxOwn = 8

// alterationsOf returns what can be done to an input of that message.
func alterationsOf(input sign.Input, m sign.Message) []alteration {
	switch input.Kind {
	case sign.Path:
		return []alteration{changed}
	case sign.Body:
		if len(m.Body) == 0 {
			return nil
		}
		return []alteration{changed, removed, added}
	case sign.SignedHeaders:
		return []alteration{changed, removed, emptied}
	case sign.Header:
		if m.Header.Get(input.Name) == "" {
			return []alteration{added}
		}
	case sign.Parameter:
		if i := slices.IndexFunc(m.Params, func(p sign.Param) bool { return p.Name == input.Name }); m.Params[i].Value == "" {
			return []alteration{changed, removed, doubled}
		}
	}
	return []alteration{changed, removed, emptied, doubled}
}

// additions are inputs that the sound request does not have. What acs3 does not name in SignedHeaders it does not cover:
// there a further header may be served.
func additions(style schemas.Style, method string) []tampering {
	extra := sign.Input{Kind: sign.Parameter, Name: spareParameter}
	list := []tampering{{input: extra, how: added}}
	switch style {
	case schemas.RPC:
		list[0].how = addedFirst // parameter-added-after-signing adds it behind
		list = append(list,
			tampering{input: sign.Input{Kind: sign.Parameter, Name: "SecurityToken"}, how: added},
			tampering{input: sign.Input{Kind: sign.Parameter, Name: "SignatureType"}, how: added})
	case schemas.ROA:
		list = append(list,
			tampering{input: sign.Input{Kind: sign.Header, Name: extraHeader}, how: added},
			tampering{input: sign.Input{Kind: sign.Header, Name: "x-acs-security-token"}, how: added})
	}
	if method == "POST" && style == schemas.RPC {
		list = append(list, tampering{input: extra, how: addedQuery})
	}
	return list
}

// name returns the name of the case: tampered-signature-nonce-changed.
func (t tampering) name(family string) string {
	word := strings.ReplaceAll(string(t.input.Kind), " ", "-")
	switch t.input.Kind {
	case sign.Parameter:
		word = kebab(t.input.Name)
	case sign.Header:
		word = strings.ToLower(t.input.Name)
	case sign.Body:
		word = t.base.name
	}
	return family + "-" + word + "-" + string(t.how)
}

// of makes the case of it. Signature comes first where that is asked for; else it stands where it is.
func (t tampering) of(c Case, signatureFirst bool) *Case {
	c.Name.Text, c.Family, c.Alters = t.name(c.Name.Text), c.Name.Text, t.input
	var before []Change
	if signatureFirst && t.input.Kind == sign.Parameter {
		before = []Change{signaturePlaced()}
	}
	step := func(says string, how alteration, first bool) Step {
		return Step{Change: c.Change, AfterSigning: append(slices.Clone(before), alter(says, t.input, how, first))}
	}
	switch t.how {
	case doubled:
		c.MayServe = true
		c.Steps = []Step{step("another "+t.input.String()+" before it", doubled, true), step("another "+t.input.String()+" behind it", doubled, false)}
	case addedFirst:
		c.Steps = []Step{step(t.input.String()+" added in front", added, true)}
	default:
		c.Steps = []Step{step(fmt.Sprintf("%s %s", t.input, strings.ReplaceAll(string(t.how), "-", " ")), t.how, false)}
	}
	c.Change, c.Description = nil, ""
	return &c
}

// messageOf reads a request as the signers take it.
func messageOf(style schemas.Style, r schemas.Request) sign.Message {
	path, query, _ := strings.Cut(strings.TrimPrefix(r.URL, origin(r.URL)), "?")
	m := sign.Message{Method: r.Method, Path: path, Header: r.Header, Body: r.Body}
	m.Params, _ = paramsOf(query)
	if style == schemas.RPC && isFormRequest(r) {
		form, _ := paramsOf(string(r.Body))
		m.Params = append(m.Params, form...)
	}
	m.SignedHeaders = signedHeaders(r.Header)
	return m
}

func isFormRequest(r schemas.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), formType)
}
