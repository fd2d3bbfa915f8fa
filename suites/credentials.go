package suites

func credentialsChapter() Chapter {
	return Chapter{Name: "credentials", Rules: []Rule{
		refusal("KEY-1"),
		refusal("KEY-2"),
		refusal("TOKEN-1"),
		refusal("TOKEN-2"),
	}, Cases: []Case{
		{Name: named("key-unknown"), Condition: UnknownAccessKey, Change: []Change{UnknownKey()}},
		{Name: named("key-unknown-and-odd"), Condition: UnknownAccessKey, Change: []Change{Set("AccessKeyId", "no such key, with blanks & <signs>"), SignWith(madeUpSecret)}, Styles: rpcOnly, Stays: "a key that must be encoded to travel, which key-unknown need not be: a lookup that fails on it fails on nothing else"},
		{Name: named("key-in-another-case"), Condition: UnknownAccessKey, Change: []Change{KeyCase()}},
		{Name: named("key-disabled"), Condition: DisabledAccessKey, Change: []Change{Key("inactive")}, Needs: []Need{"credentials.inactive"}},
		{Name: named("sts-key-without-token"), Condition: STSWithoutToken, Change: []Change{STSKeyWithoutToken()}},
		{Name: named("token-malformed"), Condition: MalformedToken, Change: []Change{STSKey(), Set("SecurityToken", "not-a-token")}},
		{Name: named("token-cut-short"), Condition: MalformedToken, Change: []Change{STSKey(), Set("SecurityToken", "CAIS")}},
		{Name: named("token-expired"), Condition: ExpiredToken, Change: []Change{Key("sts_expired")}, Needs: []Need{"credentials.sts_expired"}},
		{Name: named("token-of-another-key"), Condition: MismatchedToken, Change: []Change{Key("sts_mismatched")}, Needs: []Need{"credentials.sts_mismatched"}},
		{Name: named("token-sound"), Condition: FreshNonces, Clause: "SUCCESS-4", Change: []Change{Key("sts")}, Needs: []Need{"credentials.sts"}},
	}}
}
