package suites

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/observe"
)

// The clauses that every envelope is judged by: an envelope at which they were not looked is none that was judged.
const (
	ErrorClause   = "ERROR-1"
	SuccessClause = "SUCCESS-1"
)

func envelopeChapter() Chapter {
	return Chapter{Name: "envelope", Rules: []Rule{
		{Name: named("success-carries-request-id"), Clause: SuccessClause, Behind: []string{"METHOD-1", "ROUTE-1"}, Kind: schemas.FoundMembers, One: successCarriesRequestID},
		{Name: named("success-is-one-object"), Clause: "SUCCESS-2", Kind: schemas.FoundShape, One: successIsAnObject},
		{Name: named("success-root"), Clause: "SUCCESS-3", Idle: withoutXML, Kind: schemas.FoundShape, One: successRoot},
		{Name: named("error-members"), Clause: ErrorClause, Kind: schemas.FoundMembers, Shape: true, One: errorMembers},
		{Name: named("error-carries-host-id"), Clause: "ERROR-2", Idle: withoutMember("HostId"), Kind: schemas.FoundMembers, Shape: true, One: carriesHostID},
		{Name: named("error-should-carry-host-id"), Clause: "ERROR-3", Idle: withoutMember("HostId"), Kind: schemas.FoundMembers, Shape: true, One: carriesHostID},
		{Name: named("error-carries-http-status"), Clause: "ERROR-4", Idle: withoutMember("HttpStatus"), Kind: schemas.FoundMembers, Shape: true, One: carriesHTTPStatus},
		{Name: named("http-status-equals-status"), Clause: "ERROR-5", Idle: withoutMember("HttpStatus"), Kind: schemas.FoundValue, Shape: true, One: httpStatusEquals},
		{Name: named("error-root-is-error"), Clause: "ERROR-6", Idle: withoutXML, Kind: schemas.FoundShape, Shape: true, One: errorRoot},
		{Name: named("error-root-is-kms"), Clause: "ERROR-7", Idle: withoutXML, Kind: schemas.FoundShape, Shape: true, One: errorRoot},
		{Name: named("error-without-result-data"), Clause: "ERROR-8", Across: ResultData, Kind: schemas.FoundResultInError, Shape: true, Whole: errorWithoutResult},
		{Name: named("host-id-is-the-host"), Clause: "ERROR-11", Kind: schemas.FoundValue, One: hostIDIsTheHost},
		{Name: named("further-members-are-listed"), Clause: "ERROR-12", One: furtherMembers, Informs: furtherList},
	}, Cases: []Case{
		// Behind one address may be several services, so that whatever answers is judged by its HostId alone.
		{Name: named("host-of-another-name"), Condition: UnknownAccessKey, Clause: "ERROR-11", Only: true, Spread: InTurns,
			Change: []Change{UnknownKey(), Header("host", "another-name.example.com")}},
	}}
}

// successCarriesRequestID judges every 2xx that is no error. A 2xx without any envelope is reported here too.
func successCarriesRequestID(e *Observation) Check {
	switch {
	case e.Status/100 != 2 || e.failed() || e.hostile() || e.unreadable() || e.notAnObject():
		return notApplicable()
	case e.Envelope == nil:
		return fail(e.sketch(), "an envelope with RequestId").of(e)
	}
	switch name := e.publishedID(); name {
	case "":
		return notApplicable()
	case "RequestId":
	default:
		return e.carriesPublishedID(name)
	}
	got, want := e.lacks("RequestId")
	return Check{Looked: true, Got: got, Want: want}
}

func successIsAnObject(e *Observation) Check {
	if e.Status/100 != 2 || e.Envelope == nil || e.Envelope.Format != schemas.JSON || e.hostile() || e.unreadable() || e.publishesArray() {
		return notApplicable()
	}
	return passIf(!e.notAnObject(), "JSON whose top is no object", "one JSON object")
}

// The root of a success where the profile names none, and that of errors in other conventions, which looks like one.
const (
	responseRoot  = "{Action}Response"
	errorResponse = "ErrorResponse"
)

// successRoot judges an answer that is an error by its root too, where STATUS-2 does not.
func successRoot(e *Observation) Check {
	switch {
	case e.Status/100 != 2, e.Envelope == nil, e.Envelope.Format != schemas.XML, e.unreadable(), e.hostile(),
		e.failed() && (!e.isErrorRoot() || failureIsNot2xx(e).broken()), e.intent.Condition == UnknownAction:
		return notApplicable() // the answer to an unknown action has no root of its own
	}
	form := cmp.Or(e.Profile.Envelope.SuccessRoot, responseRoot)
	if e.hasSuccessRoot(form) {
		return pass()
	}
	root, want := e.Envelope.RootName(), strings.ReplaceAll(form, "{Action}", e.Action())
	if root == e.Profile.Envelope.ToleratedSuccessRoot {
		return warned("<"+root+">", "<"+want+">")
	}
	return fail("<"+root+">", "<"+want+">")
}

// hasSuccessRoot reports a root of that form. ErrorResponse is one only of a form or an action that is known to be so named.
func (e *Observation) hasSuccessRoot(form string) bool {
	return e.Envelope.HasRoot(form) && (form == errorResponse || !e.Envelope.HasRoot(errorResponse) || e.Action() != "")
}

// errorMembers judges every answer that fails. An answer that is no envelope at all is reported here, except to hostile
// input, which ROBUST-1 concerns; one too broken to read is reported by FORMAT-10 and FORMAT-11.
func errorMembers(e *Observation) Check {
	switch {
	case !e.failed() || !e.answered() || e.unreadable() || (e.hostile() || e.isOdd()) && (e.Envelope == nil || e.isOdd() && e.flaws() != "") || e.expected.outcome == serves && e.looksServed():
		return notApplicable()
	case e.Envelope == nil:
		return fail(e.sketch()+servedBy(e), "an envelope with Code, Message and RequestId").of(e)
	case e.notAnObject():
		return fail("JSON whose top is no object", "an object with Code, Message and RequestId").about(schemas.FoundShape, "")
	}
	members := append([]string{"Code", "Message", "RequestId"}, e.Profile.Envelope.Mandatory...)
	if got, want := e.lacks(slices.DeleteFunc(members, hasClause)...); got != "" {
		return fail(got, want)
	}
	for _, name := range e.Profile.Envelope.Recommended {
		if !hasClause(name) && !e.Envelope.Has(name) {
			return warned("no "+name, name+", which the document recommends")
		}
	}
	return pass()
}

// hasClause reports the members of an error that other clauses concern.
func hasClause(member string) bool { return member == "HostId" || member == "HttpStatus" }

// servedBy names the program that signed an answer that is no envelope.
func servedBy(e *Observation) string {
	for _, name := range []string{"Server", "Via"} {
		if v := e.Header(name); v != "" {
			return fmt.Sprintf(" (%s: %s)", name, short(v))
		}
	}
	return ""
}

// readable reports whether the answer is an error envelope whose members can be spoken of.
func (e *Observation) readableError() bool {
	return e.answered() && e.failed() && e.Envelope != nil && !e.unreadable() && !e.notAnObject() &&
		!(e.expected.outcome == serves && e.looksServed())
}

// carriesHostID is silent where the profile asks for no HostId, though one that it is like does.
func carriesHostID(e *Observation) Check {
	shape := e.Profile.Envelope
	if !e.readableError() || !slices.Contains(shape.Mandatory, "HostId") && !slices.Contains(shape.Recommended, "HostId") {
		return notApplicable()
	}
	if other, misspelt := e.Envelope.Misspelt("HostId"); misspelt {
		return fail(other+" in place of HostId", "HostId")
	}
	class := e.Envelope.Class("HostId")
	if class.Blank() && !e.hostile() { // a request may name no host, but only a hostile one
		return fail("an empty HostId", "HostId, a string")
	}
	return passIf(class.Textual(), "no HostId", "HostId, a string")
}

func carriesHTTPStatus(e *Observation) Check {
	if !e.readableError() || !slices.Contains(e.Profile.Envelope.Mandatory, "HttpStatus") {
		return notApplicable()
	}
	got, want := e.lacks("HttpStatus")
	return Check{Looked: true, Got: got, Want: want}
}

func httpStatusEquals(e *Observation) Check {
	if !e.readableError() {
		return notApplicable()
	}
	n, err := strconv.Atoi(strings.TrimSpace(e.Envelope.Text("HttpStatus")))
	if err != nil {
		return notApplicable()
	}
	return passIf(n == e.Status, fmt.Sprintf("HttpStatus %d in an answer of status %d", n, e.Status), fmt.Sprintf("HttpStatus %d", e.Status))
}

func errorRoot(e *Observation) Check {
	if !e.readableError() || e.Envelope.Format != schemas.XML || e.Profile.Envelope.ErrorRoot == "" {
		return notApplicable()
	}
	want := e.Profile.Envelope.ErrorRoot
	if e.Envelope.HasRoot(want) {
		return pass()
	}
	return fail("<"+e.Envelope.RootName()+">", "<"+want+">")
}

func hostIDIsTheHost(e *Observation) Check {
	if !e.readableError() || !e.HostKnown() || e.hostile() || !e.Envelope.Class("HostId").Textual() {
		return notApplicable()
	}
	if e.Envelope.AgreesWithHost("HostId") == observe.Same {
		return pass()
	}
	host, _ := e.Envelope.Get("HostId")
	name, _, _ := strings.Cut(host.Text, ":")
	right := strings.EqualFold(name, e.Host()) || strings.Trim(host.Text, "[]") == e.Host() || strings.HasPrefix(host.Text, "["+e.Host()+"]")
	return passIf(right, "HostId "+short(host.Text), e.Host())
}

// furtherMembers is kept whatever it sees; furtherList says what that was.
func furtherMembers(e *Observation) Check {
	if !e.readableError() {
		return notApplicable()
	}
	return pass()
}

// furtherList names the members that errors carried beyond the documents.
func furtherList(observations []*Observation) string {
	names := map[string]bool{}
	for _, e := range observations {
		if e.readableError() && !e.hostile() {
			for _, n := range e.extraMembers() {
				names[n] = true
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	list := slices.Sorted(maps.Keys(names))
	return "further members: " + strings.Join(list[:min(12, len(list))], ", ")
}

// extraMembers returns the members of an error that no document names.
func (e *Observation) extraMembers() []string {
	var names []string
	for _, name := range e.Envelope.Names() {
		if !slices.Contains(e.Profile.Envelope.Mandatory, name) && !slices.Contains(e.Profile.Envelope.Recommended, name) {
			names = append(names, name)
		}
	}
	return names
}

func (e *Observation) isEnvelopeMember(name string) bool {
	shape := e.Profile.Envelope
	return slices.Contains([]string{"RequestId", "HostId", "Code", "Message", "HttpStatus", "Success"}, name) || slices.Contains(shape.Known, name)
}
