package suites

func acceptChapter() Chapter {
	refused := func(accept string) []Change { return []Change{Header("Accept", accept)} }
	return Chapter{Name: "accept", Rules: []Rule{
		service("ACCEPT-1"),
		service("ACCEPT-2"),
		refusal("ACCEPT-3"),
	}, Cases: []Case{
		{Name: named("accept-json"), Condition: AcceptSupported, Change: refused("application/json")},
		{Name: named("accept-json-rpc"), Condition: AcceptSupported, Change: refused("application/json-rpc")},
		{Name: named("accept-none"), Condition: AcceptSupported, Clause: "ACCEPT-2", Change: []Change{NoAccept()}},
		{Name: named("accept-html"), KeepReason: "the Accept of a browser: a server may refuse by the family of the type, and an image is of another family", Condition: AcceptUnsupported, Change: refused("text/html")},
		{Name: named("accept-png"), Condition: AcceptUnsupported, Change: refused("image/png")},
		{Name: named("accept-json-and-more"), Condition: AcceptUnsupported, Spread: Methods, Steps: []Step{{Change: refused("application/jsonx")}, {Change: refused("text/json")}}},
		{Name: named("accept-html-with-a-body"), Except: "in style roa a call with a body is a route of its own", Condition: AcceptUnsupported, Spread: Once, Base: BaseBody, Styles: roaOnly, Needs: []Need{bodyRequest}, Change: refused("text/html")},
		{Name: named("accept-xml"), Condition: AcceptUnsupported, Change: refused("application/xml")},
	}}
}
