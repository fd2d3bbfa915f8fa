package suites

func ownerChapter() Chapter {
	return Chapter{Name: "owner", Rules: []Rule{refusal("OWNER-1")}, Cases: []Case{
		{Name: named("owner-id-and-account"), Condition: OwnerIDAndAccount, Change: []Change{Set("OwnerId", "1234567890123456"), Set("OwnerAccount", "acsconform@example.com")}},
		{Name: named("owner-account-invalid"), Condition: InvalidOwnerAccount, Change: []Change{Set("OwnerAccount", "no such account <>")}},
		{Name: named("owner-id-invalid"), Condition: InvalidOwnerID, Change: []Change{Set("OwnerId", "not-a-number")}},
		{Name: named("resource-owner-account-invalid"), Condition: InvalidResourceOwner, Change: []Change{Set("ResourceOwnerAccount", "no such account <>")}},
	}}
}
