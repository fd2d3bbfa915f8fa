package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// understoodBySDKs is broken where the caller of an official SDK does not get what the answer should tell. An answer in
// XML is looked at only where JSON was asked for: the SDKs ask for nothing else by themselves, and most read nothing else.
func understoodBySDKs(e *Observation) Check {
	switch {
	case !e.answered(), e.hostile(), len(e.Readings()) == 0, e.Status/100 == 3, e.Status/100 == 2 && e.tells():
		return notApplicable()
	case e.Exchange().Request.Method == "HEAD", e.Envelope != nil && e.Envelope.Format == schemas.XML && e.AskedFormat() != schemas.JSON:
		return notApplicable()
	}
	return fail(e.misreadBy(""), "Code, Message and RequestId reach the caller of every official SDK").about(schemas.FoundMisread, "")
}

// errorTakenForSuccess names the SDKs that give an error told with a status of success for a success.
func errorTakenForSuccess(e *Observation) Check {
	if e.Status/100 != 2 || !e.tells() || e.hostile() {
		return notApplicable()
	}
	var names []string
	for _, r := range e.Readings() {
		if !r.Failed {
			names = append(names, r.SDK)
		}
	}
	if len(names) == 0 {
		return notApplicable()
	}
	return fail(e.sketch()+", a success to "+strings.Join(names, ", "), "an error to every official SDK").about(schemas.FoundMisread, e.Code)
}

// misreadBy names the SDKs that misread the answer and how, behind a separator; empty when there is none.
func (e *Observation) misreadBy(separator string) string {
	var ways []string
	names := map[string][]string{}
	for _, r := range e.Readings() {
		how := e.Misread(r)
		if how == "" {
			continue
		}
		if names[how] == nil {
			ways = append(ways, how)
		}
		names[how] = append(names[how], r.SDK)
	}
	for i, how := range ways {
		ways[i] = strings.Join(names[how], ", ") + ": " + how
	}
	if len(ways) == 0 {
		return ""
	}
	return separator + strings.Join(ways, "; ")
}

// Misread describes in a few words, to follow the SDK's name, what its caller does not get of what an answer should tell:
// of an error Code, Message and RequestId, of a success RequestId. It is empty when nothing is lost.
func (e *Observation) Misread(r schemas.Reading) string {
	success := e.Status/100 == 2
	switch {
	case r.Panicked:
		return "panics (" + cutTo(r.Fault, 120) + ")"
	case r.Fault != "":
		return "loses all (" + cutTo(r.Fault, 120) + ")"
	case success && e.tells() && !r.Failed:
		return "takes it for a success"
	}
	var lost []string
	if !success {
		lost = e.lost(lost, "Code", r.Code)
		lost = e.lost(lost, "Message", r.Message)
	}
	if lost = e.lost(lost, "RequestId", r.RequestID); len(lost) > 0 {
		return "loses " + strings.Join(lost, ", ")
	}
	return ""
}

// lost adds the member's name where the caller sees none of it, or something else than was told. A text may be cut.
func (e *Observation) lost(names []string, name, seen string) []string {
	const compared = 2 << 10
	told := ""
	if e.Envelope != nil {
		told = e.Envelope.Text(name)
	}
	nothing := slices.Contains([]string{"", "<nil>", "undefined", "null"}, seen) || e.Envelope == nil
	if nothing || told != "" && cutTo(seen, compared) != cutTo(told, compared) {
		return append(names, name)
	}
	return names
}

// cutTo keeps the first bytes of a text.
func cutTo(text string, most int) string {
	return strings.ToValidUTF8(text[:min(len(text), most)], "")
}

// Kind describes of what kind an answer is to the one who has to read it: "a refusal (4xx) in JSON". There are few of them,
// whatever a server answers.
func (e *Observation) Kind() string {
	what := fmt.Sprintf("a refusal (%dxx)", e.Status/100)
	switch {
	case !e.answered():
		return ""
	case e.Status/100 == 2 && e.tells():
		what = "an error told with 2xx"
	case e.Status/100 == 2:
		what = "a success"
	case e.Status < 400:
		what = "a redirect or other status below 400"
	}
	switch {
	case e.Envelope == nil:
		return what + ", " + SayNature(e.Nature)
	case e.Envelope.Format == schemas.JSON:
		return what + " in JSON"
	}
	what += " in XML"
	if e.Status >= 400 {
		what += ", root " + e.rootWord()
	}
	if e.Header("Content-Type") != wantType(schemas.XML) {
		what += ", not as " + wantType(schemas.XML)
	}
	return what
}

// rootWord names the root of an error, if it is one of those known.
func (e *Observation) rootWord() string {
	if root := e.Envelope.RootName(); root == "Error" || root == "KMS" || root == e.Profile.Envelope.ErrorRoot {
		return root
	}
	return "of another name"
}
