package suites

func methodChapter() Chapter {
	return Chapter{Name: "method", Rules: []Rule{refusal("METHOD-1")}, Cases: []Case{
		{Name: named("method-put"), Condition: UnsupportedMethod, Spread: Formats, Except: "the method is what is tried", Change: []Change{AnotherMethod("PUT")}},
		{Name: named("method-delete"), Condition: UnsupportedMethod, Spread: Formats, Except: "the method is what is tried", Change: []Change{AnotherMethod("DELETE")}},
		{Name: named("method-patch"), Condition: UnsupportedMethod, Spread: Formats, Except: "the method is what is tried", Change: []Change{AnotherMethod("PATCH")}},
		{Name: named("method-put-with-a-body"), Condition: UnsupportedMethod, Spread: Once, Styles: rpcOnly, Except: "the other styles compare a body with its digest; the method is what is tried", Change: []Change{AnotherMethod("PUT"), Body("a body", "text/plain", "acsconform")}},
	}}
}
