package suites

import "github.com/acsconform/acsconform/schemas"

func credentialsChapter() Chapter {
	return Chapter{Name: "credentials", Rules: []Rule{
		refusal("KEY-1"),
		refusal("KEY-2"),
		refusal("TOKEN-1"),
		refusal("TOKEN-2"),
	}, Cases: []Case{
		{Name: named("key-unknown"), Condition: UnknownAccessKey, Change: []Change{UnknownKey()}},
		{Name: named("key-unknown-and-odd"), Condition: UnknownAccessKey, Except: "the other styles carry the key in Authorization, whose parts such a key would break", Change: []Change{Set("AccessKeyId", "no such key, with blanks & <signs>"), SignWith(madeUpSecret)}, Styles: rpcOnly, KeepReason: "a key that must be encoded to travel, which key-unknown need not be: a lookup that fails on it fails on nothing else"},
		{Name: named("key-in-another-case"), Condition: UnknownAccessKey, Change: []Change{KeyCase()}},
		{Name: named("key-with-more-behind"), KeepReason: "it is tried in every style; what ends early travels in style rpc alone", Condition: UnknownAccessKey, Spread: Methods, Change: []Change{Suffix("AccessKeyId", "A")}},
		{Name: named("key-with-more-before"), Condition: UnknownAccessKey, Spread: Methods, Change: []Change{Edited("A before", "AccessKeyId", func(id string) string { return "A" + id })}},
		{Name: named("key-cut-short"), Condition: UnknownAccessKey, Spread: Methods, Change: []Change{Edited("the last character cut off", "AccessKeyId", cutOne)}},
		{Name: named("key-disabled"), Condition: DisabledAccessKey, Change: []Change{Key("inactive")}, Needs: []Need{"credentials.inactive"}},
		{Name: named("sts-key-without-token"), Condition: STSWithoutToken, Change: []Change{STSKeyWithoutToken()}},
		{Name: named("token-malformed"), Condition: MalformedToken, Change: []Change{STSKey(), Set("SecurityToken", "not-a-token")}},
		{Name: named("token-cut-short"), KeepReason: "the one cut that needs no credentials.sts", Condition: MalformedToken, Change: []Change{STSKey(), Set("SecurityToken", "CAIS")}},
		{Name: named("token-cut-by-one"), Condition: MalformedToken, Spread: Methods, Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), Edited("the last character cut off", "SecurityToken", cutOne)}},
		{Name: named("token-cut-in-half"), Condition: MalformedToken, Spread: Methods, Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), Edited("the second half cut off", "SecurityToken", func(token string) string { return token[:(len(token)+1)/2] })}},
		{Name: named("token-with-more-behind"), KeepReason: "it is tried in every style; what ends early travels in style rpc alone", Condition: MalformedToken, Spread: Methods, Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), Suffix("SecurityToken", "AAAA")}},
		{Name: named("token-expired"), Condition: ExpiredToken, Change: []Change{Key("sts_expired")}, Needs: []Need{"credentials.sts_expired"}},
		{Name: named("token-of-another-key"), KeepReason: "a sound token with the sound key of another; the case beside it has a permanent key", Condition: MismatchedToken, Change: []Change{Key("sts_mismatched")}, Needs: []Need{"credentials.sts_mismatched"}},
		{Name: named("token-in-another-case"), Condition: MalformedToken, Spread: Once, Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), Edited("the case of every letter", "SecurityToken", otherCase)}},
		{Name: named("token-empty"), Condition: STSWithoutToken, Spread: Once, AnyRefusal: true, Needs: []Need{"credentials.sts"}, Change: []Change{STSKeyWithoutToken(), Empty("SecurityToken")}},
		{Name: named("token-sound"), Condition: FreshNonces, Clause: "SUCCESS-4", Change: []Change{Key("sts")}, Needs: []Need{"credentials.sts"}},
	}}
}
