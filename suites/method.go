package suites

import (
	"bytes"
	"fmt"

	"github.com/acsconform/acsconform/schemas/body"
)

func methodChapter() Chapter {
	return Chapter{Name: "method", Rules: []Rule{refusal("METHOD-1")}, Cases: []Case{
		{Name: named("method-put"), Condition: UnsupportedMethod, Spread: Formats, Except: "the method is what is tried", Change: []Change{AnotherMethod("PUT")}},
		{Name: named("method-delete"), Condition: UnsupportedMethod, Spread: Formats, Except: "the method is what is tried", Change: []Change{AnotherMethod("DELETE")}},
		{Name: named("method-patch"), Condition: UnsupportedMethod, Spread: Formats, Except: "the method is what is tried", Change: []Change{AnotherMethod("PATCH")}},
		{Name: named("method-trace"), Condition: UnsupportedMethod, Spread: Once, AnyRefusal: true, Except: "the method is what is tried", Change: []Change{Method("TRACE")}},
		{Name: named("method-in-lower-case"), Condition: UnsupportedMethod, Spread: Once, AnyRefusal: true, Except: "the method is what is tried", Raw: []ByteEdit{lowerMethod()}},
		{Name: named("method-put-with-a-body"), Condition: UnsupportedMethod, Spread: Once, Styles: rpcOnly, Except: "the other styles compare a body with its digest; the method is what is tried", Change: []Change{AnotherMethod("PUT"), Body("a body", "text/plain", "acsconform")}},
	}}
}

// lowerMethod writes the method in lower case, which makes it another one (RFC 9110, 9.1).
func lowerMethod() ByteEdit {
	return ByteEdit{Description: "the method in lower case", Do: func(raw []byte) []byte {
		method, rest, _ := bytes.Cut(raw, []byte(" "))
		return append(append(bytes.ToLower(method), ' '), rest...)
	}}
}

// methodsOfHTTP are methods that HTTP itself answers: a server may serve HEAD as it serves GET, and say by OPTIONS what it takes
// (RFC 9110, 9.3.2 and 9.3.7). They go over the raw socket, where all that comes behind an answer is seen.
func methodsOfHTTP() []Case {
	by := func(name, method string) Case {
		return mayServe(Once, Case{Name: namedAbove(name), Except: "the method is what is tried", Change: []Change{Method(method)}, Raw: []ByteEdit{{Description: "on another connection", Do: func(raw []byte) []byte { return raw }}}})
	}
	return []Case{by("method-head", "HEAD"), by("method-options", "OPTIONS")}
}

// withoutBody reports an answer that has no place for an envelope: one to HEAD, and a success of OPTIONS that says what it has to
// say in its header.
func (e *Observation) withoutBody() bool {
	return e.Method() == "HEAD" || e.Method() == "OPTIONS" && e.Status/100 == 2 && e.Nature == body.NatureEmpty
}

// statusAlone judges an answer that has no place for an envelope: a redirect neither serves a call nor refuses it.
func statusAlone(e *Observation) Check {
	return passIf(e.Status/100 != 3, fmt.Sprintf("%d%s", e.Status, location(e)), "2xx, 4xx or 5xx")
}
