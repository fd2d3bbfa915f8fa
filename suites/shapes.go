package suites

import (
	"fmt"
	"net/textproto"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A shape is something about a sound request that official SDKs send and that a tame request does not have.
type shape struct {
	says   string
	sender string // which SDKs send it, in which call
	change []Change
	spoil  []Change
}

// sdkShapes is a case of sound requests of several shapes. A server may refuse what it does not know: they count only
// where the requests with tame values under the same names are served.
func sdkShapes(name string, styles []schemas.Style, tame [][]Change, shapes ...shape) Case {
	c := Case{Name: namedAbove(name), Condition: FreshNonces, Clause: "SUCCESS-4", Spread: Methods, Styles: styles}
	var says []string
	for _, changes := range tame {
		c.Steps = append(c.Steps, Step{Condition: schemas.Sound, Setup: true, Change: changes})
	}
	for _, s := range shapes {
		c.Steps = append(c.Steps, Step{Change: s.change, AfterSigning: s.spoil, Sender: s.says + ", as " + s.sender})
		says = append(says, s.says+" ("+s.sender+")")
	}
	c.Description = "as SDKs send it: " + strings.Join(says, "; ")
	return c
}

// tameSender is the sender of a tame request with parameters that nobody knows.
const tameSender = "a call with a further parameter, or a refusal of the parameter"

// unknownNames marks the set-up of a case whose tame requests have further parameters. A server may refuse what it does
// not know, though not for the signature, which is right.
func unknownNames(c Case) Case {
	for i := range c.Steps {
		if c.Steps[i].Setup {
			c.Steps[i].Sender = tameSender
		}
	}
	return c
}

func extraValue(value string) []Change { return []Change{Set(spareParameter, value)} }

// shapeCases are the shapes that official SDKs send, each with its source.
func shapeCases() []Case {
	value := func(says, value, sender string) shape { return shape{says, sender, extraValue(value), nil} }
	numbered, instances := []Change{}, []Change{}
	for i := 1; i <= 12; i++ {
		numbered = append(numbered, Set(fmt.Sprintf("Tag.%d.Key", i), "k"), Set(fmt.Sprintf("Tag.%d.Value", i), "v"))
	}
	for i := 1; i <= 50; i++ {
		instances = append(instances, Set(fmt.Sprintf("%s.%d", spareParameter, i), strings.Repeat("i-bp67acfmxazb4ph", 7)))
	}
	plain := [][]Change{{}}
	long := unknownNames(sdkShapes("sdk-long-get", withAction, [][]Change{{Set(spareParameter+".1", "0")}},
		shape{"a GET of 7 KiB", "every SDK sends a call with lists, whose method is GET unless the caller says otherwise (ECS DescribeInstances with 100 InstanceIds)", instances, nil}))
	long.Spread, long.RequiresMethods, long.Except = Once, []string{"GET"}, "it is long in the request line, and SDKs send no such call in style roa"
	empty := unknownNames(sdkShapes("sdk-empty-value", nil, [][]Change{extraValue("0")},
		value("an empty value", "", "every SDK sends what its caller left empty")))
	empty.Spread, empty.Parameter = Once, spareParameter
	paths := unknownNames(sdkShapes("sdk-values-beside-a-path", roaOnly, [][]Change{extraValue("0")},
		value("signs and blanks in a value", "a b/c?d=e&f+g%", "every SDK signs the value as it is decoded"),
		value("Chinese in a value", "中文unicode", "every SDK sends text of users")))
	paths.Except = "in the other styles sdk-values are such values"
	typed := sdkShapes("sdk-empty-signature-type", rpcOnly, [][]Change{{Set("SignatureType", "HMAC-SHA1")}},
		shape{"an empty SignatureType", "the SDKs for Go, Python and Java send it with every call", []Change{Empty("SignatureType")}, nil})
	typed.Except = "SignatureType is a parameter of style rpc"
	nonces := sdkShapes("sdk-nonce-of-32-digits", nil, plain,
		shape{"a nonce of 32 hexadecimal digits", "the SDKs for Node and Go send it, and the published example of style acs3 has one",
			[]Change{NonceLike("a nonce of 32 hexadecimal digits", func(first string) string {
				digits := strings.ReplaceAll(first, "-", "")
				return digits[len(digits)/2:] + digits[:len(digits)/2]
			})}, nil})
	nonces.Spread = Once
	return append(postShapes(), nonces,
		unknownNames(sdkShapes("sdk-values", withAction, [][]Change{extraValue("0")},
			value("blanks at the ends of a value", " a b ", "every SDK sends text of users (ECS CreateInstance, Description)"),
			value("! ' ( ) in a value", "!'()", "every SDK sends text of users; the SDK for Node encodes these by hand (rpc.js)"),
			value("* in a value", "a*b*", "the SDK for Java encodes it by hand (AcsURLEncoder)"),
			value("~ in a value", "~a~", "the SDK for Java leaves it by hand (AcsURLEncoder)"),
			value("+ and / in a value", "a+b/c==", "every SDK sends base64 (ECS RunInstances, UserData)"),
			value("% in a value", "100%25 %2F", "every SDK sends text of users"),
			value(": / and @ in a value", "acs:ram::1234567890123:role/first@example", "every SDK sends names of roles (STS AssumeRole, RoleArn)"),
			value("JSON in a value", `{"code":"1234","list":["a&b=c"]}`, "every SDK sends templates (Dysmsapi SendSms, TemplateParam)"),
			value("Chinese in a value", "中文unicode", "the SDK for Python sends it in its own tests (test_sha_hmac1.py)"),
			value("every sign at once in a value", "~*'()!@/:;,$&=+ %2F中文", "every SDK sends text of users"),
			value("a letter and its accent as two characters in a value", "e\u0301", "every SDK sends text of users (typed or copied on a Mac)"),
			value("characters beyond 16 bits in a value", "a\U0001f600b", "every SDK sends text of users"))),
		unknownNames(sdkShapes("sdk-names-numbered", withAction, [][]Change{{Set("Tag.1.Key", "k"), Set("Tag.1.Value", "v")}},
			shape{"twelve items of a list, whose names sort by bytes and not by numbers", "every SDK sends a list of objects (ECS TagResources, Tag.12.Key)", numbered, nil})),
		unknownNames(sdkShapes("sdk-names-in-both-cases", withAction, [][]Change{{Set("acsconform", "1")}, {Set("Bcsconform", "1")}},
			shape{"a name that begins with a small letter beside others", "every SDK sends names as the metadata spells them (Cms DescribeMetricList: the older regionId beside Namespace)",
				[]Change{Set("acsconform", "1"), Set("Bcsconform", "1")}, nil})),
		typed, empty, escapesInSmallLetters(), paths, queryInAnyOrder(), long,
		staying("no server in Go can lack it: net/http spells names for it", sdkShapes("sdk-header-names-of-go", headerStyles, plain,
			shape{"header names spelt X-Acs-Version", "every SDK for Go sends them (net/http spells them so)", nil, []Change{goSpelling()}})),
		staying("no server in Go can lack it: net/http keeps no order of headers", headersReversed(sdkShapes("sdk-headers-in-any-order", headerStyles, plain,
			shape{"x-acs- headers that are not in the order of their names", "the SDK for Node sends x-acs-signature-nonce before x-acs-signature-method (roa.js)", nil, nil}))),
		signedHeader(sdkShapes("sdk-signed-headers", headerStyles, plain,
			shape{"a further signed header", "the SDK for Go sends x-acs-credentials-provider (roa_signature_composer_test.go)", []Change{Header(spareHeader, "static_ak")}, nil})),
		jsonBody())
}

// spareHeader is a header that SDKs sign and a server need not know.
const spareHeader = "x-acs-credentials-provider"

// signedHeader is the case of a header that a server need not know. No tame value of it tells the two apart that refuse it:
// a strict one, which is right, and one that signs without it, which says so by the code of its refusal.
func signedHeader(c Case) Case {
	c.Parameter = spareHeader
	return c
}

// staying returns the case with the reason why it is kept though no mutant needs it.
func staying(why string, c Case) Case {
	c.KeepReason = why
	return c
}

// jsonBody is the case of a body in JSON that the target file calls sound.
func jsonBody() Case {
	c := sdkShapes("sdk-json-body", headerStyles, nil,
		shape{"the body of body_request", "the SDKs of Darabonba send a body in JSON (doROARequest)", nil, nil})
	c.Base, c.Founds, c.Needs = BaseBody, true, []Need{bodyRequest}
	return c
}

// divided moves parameters from the form into the query: all of them, or the public ones.
func divided(all bool) Change {
	says := "with the public parameters in the query"
	if all {
		says = "with all parameters in the query"
	}
	return Change{says, func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			var query, form []string
			for _, pair := range split(string(r.Body)) {
				name, _, _ := strings.Cut(pair, "=")
				if all || slices.Contains(publicNames, name) {
					query = append(query, pair)
				} else {
					form = append(form, pair)
				}
			}
			r.URL += "?" + strings.Join(query, "&")
			if r.Body = schemas.Body(strings.Join(form, "&")); len(form) == 0 {
				r.Body = nil
			}
		})
	}}
}

// ownParameter sends a parameter of the call's own where the target file names none.
func ownParameter() Change {
	return Change{"with a parameter of the call's own", func(d *Draft) {
		if len(d.Own) == 0 {
			d.set(spareParameter, "0")
		}
	}}
}

// charsetOfForm names the charset of a form.
func charsetOfForm() Change {
	return Change{"with a charset behind the type of the form", func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) { r.Header.Set("Content-Type", formType+";charset=utf-8") })
	}}
}

// goSpelling spells the names of headers as net/http does.
func goSpelling() Change {
	return Change{"with header names in the spelling of Go", func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			for i, f := range r.Header {
				r.Header[i].Name = textproto.CanonicalMIMEHeaderKey(f.Name)
			}
		})
	}}
}

// shapeServed fails where a request is refused though SDKs send requests of its shape. A server may refuse one as too long.
func shapeServed(e *Observation) Check {
	if e.intent.Setup && e.intent.Sender != "" && e.answered() && e.Status/100 == 4 && e.refusesSignature() {
		return fail(e.sketch()+": a request that is signed rightly is refused for its signature", "2xx for "+e.intent.Sender)
	}
	if e.intent.Sender == "" || e.intent.Setup || !e.answered() || slices.Contains([]int{413, 414, 431}, e.Status) {
		return notApplicable()
	}
	if e.Status/100 != 2 && (e.usedNonce() || e.looksServed() || optional(e.intent.Parameter) && !e.refusesSignature()) {
		return notApplicable()
	}
	return passIf(e.Status/100 == 2, e.sketch()+": a request that SDKs send is refused", "2xx for "+e.intent.Sender)
}

// optional reports what a server may refuse as it is: a header that it does not know, and an empty value.
func optional(parameter string) bool { return parameter == spareHeader || parameter == spareParameter }

// refusesSignature reports a refusal for the signature.
func (e *Observation) refusesSignature() bool {
	return e.Code == "SignatureDoesNotMatch" || e.Row != nil && slices.Contains(e.Row.Answers, WrongSignature)
}
