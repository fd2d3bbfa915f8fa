package suites

func routingChapter() Chapter {
	return Chapter{Name: "routing", Rules: []Rule{
		refusal("ROUTE-1"),
		refusal("ROUTE-2"),
		refusal("ROUTE-3"),
		refusal("ROUTE-4"),
	}, Cases: []Case{
		{Name: named("action-unknown"), Condition: UnknownAction, Change: []Change{Set("Action", "AcsconformNoSuchAction")}, Styles: withAction},
		{Name: named("action-in-another-case"), KeepReason: "it turns every letter, where a server may fold the first alone", Condition: UnknownAction, Change: []Change{ActionCase()}, Styles: withAction},
		{Name: named("action-with-its-first-letter-in-another-case"), Condition: UnknownAction, Spread: Once, Change: []Change{Edited("the first letter in another case", "Action", firstOtherCase)}, Styles: withAction},
		{Name: named("action-with-more-behind"), Condition: UnknownAction, Change: []Change{Suffix("Action", "2")}, Styles: withAction},
		{Name: named("action-very-long"), Condition: UnknownAction, Change: []Change{Set("Action", longWord)}, Styles: withAction, KeepReason: "longer than buffers and columns are: what is cut off there differs from server to server"},
		{Name: named("path-unknown"), KeepReason: "the plainest call of nothing in style roa", Condition: UnknownAction, Except: "the other styles are called by their Action, whatever the path", Change: []Change{Path("/acsconform/no/such/api")}, Styles: roaOnly},
		{Name: named("version-unknown"), Condition: UnknownVersion, Change: []Change{Set("Version", "1999-12-31")}},
		{Name: named("version-not-a-date"), Condition: UnknownVersion, Change: []Change{Set("Version", "latest")}},
		{Name: named("version-of-the-future"), Condition: UnknownVersion, Change: []Change{Set("Version", "2999-01-01")}},
		{Name: named("version-with-more-behind"), Condition: UnknownVersion, Spread: Methods, Change: []Change{Suffix("Version", "-01")}},
		{Name: named("region-with-more-behind"), Condition: UnknownRegion, Spread: Methods, Change: []Change{RegionAndMore()}},
		{Name: named("region-unknown"), Condition: UnknownRegion, Change: []Change{Region("xx-nowhere")}, KeepReason: "a word that no region begins with, beside region-with-more-behind: which of the two a server takes is not known before"},
		{Name: named("host-of-no-product"), Condition: UnknownHost, Change: []Change{Header("host", "no-such-product.example.com")}},
	}}
}

const longWord = "AcsconformNoSuchActionWithANameThatIsLongerThanAnyoneWouldEverWriteAcsconformNoSuchActionWithANameThatIsLongerThanAnyone"
