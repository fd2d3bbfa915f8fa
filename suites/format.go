package suites

import (
	"fmt"
	"mime"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

func formatChapter() Chapter {
	return Chapter{Name: "format", Rules: []Rule{
		{Name: named("default-format"), Clause: "FORMAT-1", Kind: schemas.FoundFormat, Shape: true, One: defaultFormat},
		{Name: named("json-brings-json"), Clause: "FORMAT-2", Kind: schemas.FoundFormat, Shape: true, Sees: "a success that was asked for with Format=JSON", One: askedFormat(schemas.JSON)},
		{Name: named("xml-brings-xml"), Clause: "FORMAT-3", Idle: withoutXML, Kind: schemas.FoundFormat, Shape: true, Sees: "a success that was asked for with Format=XML", One: askedFormat(schemas.XML)},
		{Name: named("errors-obey-format"), Clause: "FORMAT-4", Behind: []string{"FORMAT-1", "FORMAT-2", "FORMAT-3"}, Kind: schemas.FoundFormat, Shape: true, Sees: "an error in answer to a request with Format", One: errorsObeyFormat},
		{Name: named("same-answer-in-every-format"), Clause: "FORMAT-5", Behind: []string{"SUCCESS-4"}, Reason: true, Idle: withOneFormat, Kind: schemas.FoundDisagree, Whole: sameInEveryFormat},
		refusal("FORMAT-6"),
		refusal("FORMAT-7"),
		{Name: named("content-type-names-the-format"), Clause: "FORMAT-8", Kind: schemas.FoundContentType, Shape: true, One: contentTypeNames},
		{Name: named("one-line-bodies"), Clause: "FORMAT-9", Kind: schemas.FoundSyntax, Shape: true, One: oneLine},
		{Name: named("json-is-rfc-8259"), Clause: "FORMAT-10", Kind: schemas.FoundSyntax, Shape: true, One: soundSyntax(schemas.JSON)},
		{Name: named("xml-is-well-formed"), Clause: "FORMAT-11", Idle: withoutXML, Kind: schemas.FoundSyntax, Shape: true, One: soundSyntax(schemas.XML)},
	}, Cases: []Case{
		{Name: named("format-yaml"), Condition: UnknownFormat, Spread: Methods, Change: []Change{Set("Format", "YAML")}, KeepReason: "a third word that no server knows, beside format-html and format-json-and-more: which one a server has left over is not known before"},
		{Name: named("format-html"), Condition: UnknownFormat, Spread: Methods, Change: []Change{Set("Format", "HTML")}},
		{Name: named("format-html-with-a-body"), Except: "in style roa a call with a body is a route of its own", Condition: UnknownFormat, Spread: Once, Base: BaseBody, Styles: roaOnly, Needs: []Need{bodyRequest}, Change: []Change{Set("Format", "HTML")}},
		{Name: named("format-protobuf"), Condition: UnknownFormat, Spread: Methods, Change: []Change{Set("Format", "protobuf")}, KeepReason: "a word in lower case, beside those in upper case: some fold the case of Format before they look it up, and some do not"},
		{Name: named("format-json-and-more"), Condition: UnknownFormat, Spread: Methods, Change: []Change{Set("Format", "JSONX")}},
		{Name: named("format-xml"), KeepReason: "the plainest way to ask for XML", Condition: FormatXML, Spread: Methods, Change: []Change{Set("Format", "XML")}},
		{Name: named("format-json-beside-accept"), Condition: schemas.Sound, Except: "style roa alone asks for a format by Accept too", Clause: "FORMAT-2", Spread: Once, Change: []Change{Set("Format", "JSON")}, Styles: roaOnly},
		{Name: named("unknown-key-with-format-beside-accept"), Condition: UnknownAccessKey, Except: "style roa alone asks for a format by Accept too", Clause: "FORMAT-4", Spread: Once, Change: []Change{UnknownKey(), Set("Format", "JSON")}, Styles: roaOnly},
		{Name: named("unknown-key-without-format"), KeepReason: "the plainest error without a Format, beside those of an odd Accept and of a missing parameter", Condition: UnknownAccessKey, Clause: "FORMAT-1", Spread: Unformatted, Change: []Change{UnknownKey()}},
		{Name: named("errors-without-format"), Condition: UnknownAction, Clause: "FORMAT-1", Spread: Unformatted, Styles: withAction, Except: "in style roa Accept asks for a format", AnyRefusal: true, Description: "errors of several layers without Format: an unknown Action, an unknown Version, a wrong signature, a stale Timestamp",
			Steps: []Step{
				{Change: []Change{Set("Action", "AcsconformNoSuchAction")}},
				{Condition: UnknownVersion, Change: []Change{Set("Version", "1999-12-31")}},
				{Condition: WrongSignature, AfterSigning: []Change{Spoilt("one character of Signature changed", flipped)}},
				{Condition: StaleTimestamp, Change: []Change{Age(48 * time.Hour)}}}},
		{Name: named("unknown-key-without-format-that-accepts-another"), Condition: AcceptUnsupported, Clause: "FORMAT-1", Spread: Unformatted, Styles: rpcOnly, Except: "in the other styles Accept may ask for a format", AnyRefusal: true, Change: []Change{UnknownKey(), acceptOther()}},
		{Name: named("missing-version-without-format"), Condition: MissingVersion, Clause: "FORMAT-1", Spread: Unformatted, Change: []Change{Drop("Version")}},
	}}
}

// acceptOther accepts a format that is not the default.
func acceptOther() Change {
	return Change{"with an Accept for another format than the default", func(d *Draft) {
		accept := "application/xml"
		if d.Setting.Default == schemas.XML {
			accept = "application/json"
		}
		d.Header.Set("Accept", accept)
	}}
}

// enveloped reports whether the answer is an envelope whose format can be spoken of.
func (e *Observation) enveloped() bool { return e.answered() && e.Envelope != nil && !e.hostile() }

// defaultFormat also concerns captured answers in a format that the profile does not have at all. Of those nobody needs
// to know what was asked for, unless Format asked for one that the profile has, which other clauses concern.
func defaultFormat(e *Observation) Check {
	want := e.Profile.DefaultFormat
	if e.foreignFormat() && e.AskedFormat() == "" {
		return fail(e.saidFormat()+", which this service does not have", formatList(e.Profile.Formats))
	}
	if !e.enveloped() || !e.intent.NoFormat || want == "" {
		return notApplicable()
	}
	return passIf(e.Envelope.Format == want, string(e.Envelope.Format), string(want)+", the default")
}

// foreignFormat reports a captured answer in a format that the profile does not have.
func (e *Observation) foreignFormat() bool {
	return e.enveloped() && e.captured() && len(e.Profile.Formats) > 0 && !slices.Contains(e.Profile.Formats, e.Envelope.Format)
}

// saidFormat names the format of the body, and what is wrong with it.
func (e *Observation) saidFormat() string {
	if flaws := e.flaws(); flaws != "" {
		return fmt.Sprintf("%s that is not well-formed: %s", e.Envelope.Format, flaws)
	}
	return string(e.Envelope.Format)
}

func formatList(formats []schemas.Format) string {
	var words []string
	for _, f := range formats {
		words = append(words, string(f))
	}
	return strings.Join(words, " or ")
}

func askedFormat(f schemas.Format) func(*Observation) Check {
	return func(e *Observation) Check {
		if !e.enveloped() || e.AskedFormat() != f || e.Status/100 != 2 {
			return notApplicable()
		}
		if e.Envelope.Format == f && !e.sentFormat() {
			return notApplicable()
		}
		return passIf(e.Envelope.Format == f, string(e.Envelope.Format), string(f))
	}
}

// sentFormat reports whether it was the parameter Format that asked for the format, which in roa is else asked for by Accept.
func (e *Observation) sentFormat() bool {
	return e.intent.Style != schemas.ROA || strings.Contains(e.Exchange().Request.URL, "Format=")
}

func errorsObeyFormat(e *Observation) Check {
	if !e.enveloped() || e.AskedFormat() == "" || !e.failed() || e.Status/100 == 2 {
		return notApplicable()
	}
	got := fmt.Sprintf("an error in %s", e.Envelope.Format)
	if e.setAside && e.intent.Style == schemas.RPC && e.Method() == "POST" && e.Envelope.Format != e.AskedFormat() {
		// What throttles before the body is read cannot know the Format in it.
		return warned(got, string(e.AskedFormat()))
	}
	if e.Envelope.Format == e.AskedFormat() && !e.sentFormat() {
		return notApplicable()
	}
	return passIf(e.Envelope.Format == e.AskedFormat(), got, string(e.AskedFormat()))
}

// contentTypeNames requires the media type of the format that the body is in. JSON needs no charset, being UTF-8 by its own
// standard; XML does, since text/xml without one is US-ASCII to some clients.
func contentTypeNames(e *Observation) Check {
	if !e.answered() || e.Envelope == nil || e.hostile() {
		return notApplicable()
	}
	value := e.Header("Content-Type")
	media, params, err := mime.ParseMediaType(value)
	charset := strings.ToLower(params["charset"])
	switch {
	case value == "":
		return fail("no Content-Type", wantType(e.Envelope.Format))
	case err != nil, !namesFormat(media, e.Envelope.Format), charset != "" && charset != "utf-8" && charset != "utf8":
		return fail(short(value)+" for a body in "+string(e.Envelope.Format), wantType(e.Envelope.Format)).about("", short(value))
	case charset == "" && e.Envelope.Format == schemas.XML:
		return fail(short(value)+" without charset", wantType(e.Envelope.Format)).about("", short(value))
	}
	return pass()
}

func namesFormat(media string, f schemas.Format) bool {
	_, sub, _ := strings.Cut(media, "/")
	if f == schemas.JSON {
		return sub == "json" || strings.HasSuffix(sub, "+json") || media == "application/json-rpc"
	}
	return sub == "xml" || strings.HasSuffix(sub, "+xml")
}

func wantType(f schemas.Format) string {
	if f == schemas.JSON {
		return "application/json;charset=utf-8"
	}
	return "text/xml;charset=utf-8"
}

func oneLine(e *Observation) Check {
	if !e.enveloped() || e.unreadable() {
		return notApplicable()
	}
	for _, f := range e.Envelope.Flaws() {
		if f.Kind == body.FlawLineBreaks {
			return fail(f.Text, "a body on one line")
		}
	}
	return pass()
}

// soundSyntax reports every flaw of the format itself. Where the request carried text to be echoed, ROBUST-3 speaks.
func soundSyntax(f schemas.Format) func(*Observation) Check {
	return func(e *Observation) Check {
		if !e.answered() || e.Envelope == nil || e.Envelope.Format != f || e.isOdd() {
			return notApplicable()
		}
		switch text := e.flaws(); {
		case text == "":
			return pass()
		case e.deepOnly():
			return warned(text, "fewer levels: the format allows it, and readers limit it")
		default:
			return fail(text, wantSyntax(f))
		}
	}
}

// deepOnly reports a body that is nested deeper than is read here and has no other flaw: RFC 8259 (9) lets a reader limit
// the depth, and a writer none.
func (e *Observation) deepOnly() bool {
	return !slices.ContainsFunc(e.Envelope.Flaws(), func(f body.Flaw) bool { return f.Kind != body.FlawDepth && f.Kind != body.FlawLineBreaks })
}

// flaws returns what a strict reading found wrong with the format, in one line. RFC 8259 (6) has
// numbers of any size, and clients read doubles: an official SDK loses an answer with a larger one.
func (e *Observation) flaws() string {
	var texts []string
	for _, f := range e.Envelope.Flaws() {
		if f.Kind != body.FlawLineBreaks && f.Kind != body.FlawNotAnObject && len(texts) < 3 {
			text := f.Text
			if f.Member != "" {
				text += " (" + f.Member + ")"
			}
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "; ")
}

func wantSyntax(f schemas.Format) string {
	if f == schemas.JSON {
		return "one JSON value (RFC 8259), UTF-8, no BOM, no repeated member, no comment"
	}
	return "well-formed XML 1.0 that declares UTF-8, no DOCTYPE, envelope elements once and with text only"
}
