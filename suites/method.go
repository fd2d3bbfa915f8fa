package suites

import "bytes"

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
