package suites

func ownerChapter() Chapter {
	return Chapter{Name: "owner", Rules: []Rule{refusal("OWNER-1")}, Cases: []Case{
		{Name: named("owner-id-and-account"), Condition: OwnerIDAndAccount, Change: []Change{Set("OwnerId", "1234567890123456"), Set("OwnerAccount", "acsconform@example.com")}},
		{Name: named("owner-account-invalid"), KeepReason: "what looks like no account, beside owner-account-of-nobody, which does", Condition: InvalidOwnerAccount, Change: []Change{Set("OwnerAccount", "no such account <>")}},
		{Name: named("owner-account-of-nobody"), Condition: InvalidOwnerAccount, Spread: Methods, Change: []Change{Set("OwnerAccount", "acsconform-nobody@example.com")}},
		{Name: named("owner-id-invalid"), KeepReason: "what is no number, beside a number that is no id", Condition: InvalidOwnerID, Change: []Change{Set("OwnerId", "not-a-number")}},
		{Name: named("owner-id-negative"), Condition: InvalidOwnerID, Spread: Methods, Change: []Change{Set("OwnerId", "-1")}},
		{Name: named("owner-id-with-more-behind"), Condition: InvalidOwnerID, Spread: Methods, Change: []Change{Set("OwnerId", "1234567890123456x")}},
		{Name: named("resource-owner-account-of-nobody"), Condition: InvalidResourceOwner, Spread: Methods, Change: []Change{Set("ResourceOwnerAccount", "acsconform-nobody@example.com")}},
		{Name: named("resource-owner-account-invalid"), KeepReason: "what looks like no account, beside resource-owner-account-of-nobody, which does", Condition: InvalidResourceOwner, Change: []Change{Set("ResourceOwnerAccount", "no such account <>")}},
	}}
}
