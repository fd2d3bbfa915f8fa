package mutants

import (
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// endsMutants each take a value at one end of a kind for a right one, or two values for one.
func endsMutants() []vary.Variant {
	return slices.Concat(emptyMutants(), ownerMutants(), nearKeyMutants(), nearTokenMutants(), nearNonceMutants(), nearTimeMutants())
}

// emptyMutants do with an empty value what they do not do without one.
func emptyMutants() []vary.Variant {
	empty := func(name string, styles []schemas.Style) vary.Variant {
		return vary.Variant{Name: "empty-" + server.Kebab[name] + "-as-good", Clause: "PARAM-3", Styles: styles, Description: "looks whether " + name + " is there, and not whether it has a value",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				value, there := c.Public[name]
				return f.Condition == server.Missing(name) && there && value == ""
			})}
	}
	return []vary.Variant{empty("SignatureNonce", nil), empty("SignatureMethod", vary.ByParameters), empty("SignatureVersion", vary.ByParameters)}
}

func ownerMutants() []vary.Variant {
	served := func(name, says, parameter, expression string, condition schemas.Condition) vary.Variant {
		such := strings.Split(expression, "|")
		return vary.Variant{Name: name, Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: says, Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			return f.Condition == condition && slices.ContainsFunc(such, func(word string) bool { return strings.HasPrefix(c.Param(parameter), word) && word != "" })
		})}
	}
	return []vary.Variant{
		served("owner-account-like-an-address", "takes any OwnerAccount that looks like an address", "OwnerAccount", "acsconform-nobody@", server.InvalidOwnerAccount),
		served("resource-owner-like-an-address", "takes any ResourceOwnerAccount that looks like an address", "ResourceOwnerAccount", "acsconform-nobody@", server.InvalidResourceOwnerAccount),
		served("owner-below-zero", "takes a negative OwnerId for none", "OwnerId", "-", server.InvalidOwnerID),
	}
}

// knows makes a server that takes a key for one of its own where same says so.
func knows(same func(id, own string) bool) vary.Change {
	return func(s *server.Server) {
		right := s.KeyOf
		s.KeyOf = func(id string) *server.Key {
			if k := right(id); k != nil {
				return k
			}
			for _, k := range server.Keys {
				if k.SecurityToken == "" && !k.Inactive && same(id, k.AccessKeyID) {
					return &k
				}
			}
			return nil
		}
	}
}

func nearKeyMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "key-by-its-beginning", Clause: "KEY-1", Description: "knows a key with more behind it", Apply: knows(strings.HasPrefix)},
		{Name: "key-by-its-end", Clause: "KEY-1", Description: "knows a key with more before it", Apply: knows(strings.HasSuffix)},
		{Name: "key-cut-short-known", Clause: "KEY-1", Description: "knows a key without its last character", Apply: knows(func(id, own string) bool { return id == own[:len(own)-1] })},
	}
}

// nearTokenMutants take what is nearly the token of the key.
func nearTokenMutants() []vary.Variant {
	near := func(name, says string, same func(token, own string) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: says, Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			return f.Condition == server.MalformedToken && c.Key != nil && same(c.Value("SecurityToken"), c.Key.SecurityToken)
		})}
	}
	return []vary.Variant{
		near("token-cut-by-one-served", "compares a token as far as there is one, and does not mind one character", func(token, own string) bool { return len(token) == len(own)-1 && strings.HasPrefix(own, token) }),
		near("token-cut-in-half-served", "compares the first half of a token", func(token, own string) bool { return len(token) == (len(own)+1)/2 && strings.HasPrefix(own, token) }),
		near("token-with-more-behind-served", "compares a token as far as its own goes", func(token, own string) bool {
			return own != "" && len(token) > len(own) && strings.HasPrefix(token, own)
		}),
	}
}

// nearNonceMutants keep less of a nonce than there is, so that two fresh ones are one.
func nearNonceMutants() []vary.Variant {
	keeps := func(name, says string, what func(nonce string) string) vary.Variant {
		return vary.Variant{Name: name, Clause: "NONCE-3", Profiles: []string{"gateway", "ecs"}, Description: says,
			Apply: func(s *server.Server) {
				s.NonceOf = func(c *server.Call) string { return what(c.Value("SignatureNonce")) }
			}}
	}
	only := func(keep func(rune) bool) func(string) string {
		return func(nonce string) string {
			return strings.Map(func(c rune) rune {
				if keep(c) {
					return c
				}
				return -1
			}, nonce)
		}
	}
	digit := func(c rune) bool { return '0' <= c && c <= '9' }
	noLetter := func(c rune) bool { return c|0x20 < 'a' || c|0x20 > 'z' }
	return []vary.Variant{
		keeps("nonces-of-36-characters", "keeps 36 characters of a nonce", func(nonce string) string { return nonce[:min(36, len(nonce))] }),
		keeps("nonces-of-63-characters", "keeps 63 characters of a nonce", func(nonce string) string { return nonce[:min(63, len(nonce))] }),
		keeps("nonces-without-case", "keeps nonces without regard to case", strings.ToLower),
		keeps("nonces-without-letters", "drops the letters of what stands behind the first 36 characters of a nonce", func(nonce string) string {
			return nonce[:min(36, len(nonce))] + only(noLetter)(nonce[min(36, len(nonce)):])
		}),
		keeps("nonces-by-their-end", "keeps the last 35 characters of a nonce", func(nonce string) string { return nonce[max(0, len(nonce)-35):] }),
		keeps("nonces-without-signs", "keeps the letters and digits of a nonce", only(func(c rune) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' })),
	}
}

func nearTimeMutants() []vary.Variant {
	spelt := func(name, says, expression string, styles []schemas.Style) vary.Variant {
		return vary.Variant{Name: name, Clause: "TIME-1", Profiles: vary.GatewayOnly, Styles: styles, Description: says, Apply: acceptsSome("Timestamp", expression, server.MalformedTimestamp)}
	}
	return []vary.Variant{
		spelt("time-without-seconds-served", "takes a time without seconds", `^[0-9-]{10}T[0-9]{2}:[0-9]{2}Z$`, nil),
		spelt("time-of-single-digits-served", "takes a time of day in single digits", `^[0-9-]{10}T[0-9]{2}:[0-9]{1,2}:[0-9]Z$`, vary.ByAction),
		spelt("time-of-mail-served", "takes a time in the form of RFC 1123", `GMT$`, vary.ByAction),
		spelt("time-in-basic-form-served", "takes a time in the basic form of ISO 8601", `^[0-9]{8}T[0-9]{6}Z$`, nil),
		spelt("time-with-blanks-served", "takes a time with blanks around it", `^ .* $`, vary.RPCOnly),
	}
}

// timeMutants each take one wrong Timestamp for a right one, or the other way.
func timeMutants() []vary.Variant { return slices.Concat(clockMutants(), spellingMutants()) }

// servedWhen accepts a stale time by how far it lies behind the server's clock; ahead of it, that is negative.
func servedWhen(such func(behind time.Duration, when time.Time) bool) vary.Change {
	return vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		when, _ := c.Timestamp(c.Value("Timestamp"))
		return f.Condition == server.StaleTimestamp && such(c.Now.Sub(when), when)
	})
}

// narrowed refuses times by how far they lie behind the server's clock.
func narrowed(such func(behind time.Duration) bool) vary.Change {
	return vary.Precedes("timestamp", func(_ *server.Server, c *server.Call) *server.Fault {
		if when, ok := c.Timestamp(c.Value("Timestamp")); ok && such(c.Now.Sub(when)) {
			return &server.Fault{Condition: server.StaleTimestamp, Parameter: c.ClientName("Timestamp")}
		}
		return nil
	})
}

func clockMutants() []vary.Variant {
	const day = 24 * time.Hour
	others := []string{"ecs", "kms", "kms-legacy"}
	return []vary.Variant{
		{Name: "window-short-behind", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes times up to 10 minutes behind its clock only",
			Apply: narrowed(func(behind time.Duration) bool { return behind > 10*time.Minute && behind < 15*time.Minute })},
		{Name: "window-short-ahead", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes times up to 10 minutes ahead of its clock only",
			Apply: narrowed(func(behind time.Duration) bool { return behind < -10*time.Minute && behind > -15*time.Minute })},
		{Name: "window-long-behind", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes times up to an hour behind its clock",
			Apply: servedWhen(func(behind time.Duration, _ time.Time) bool { return behind > 0 && behind < time.Hour })},
		{Name: "window-long-ahead", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes times up to an hour ahead of its clock",
			Apply: servedWhen(func(behind time.Duration, _ time.Time) bool { return behind < 0 && behind > -time.Hour })},
		{Name: "yesterday-served", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "compares the time of day where the date is yesterday's",
			Apply: servedWhen(func(behind time.Duration, _ time.Time) bool { return (behind - day).Abs() < time.Hour })},
		{Name: "epoch-served", Clause: "TIME-3", Profiles: others, Description: "takes the beginning of 1970 for a time that was not sent",
			Apply: servedWhen(func(_ time.Duration, when time.Time) bool { return when.Unix() == 0 })},
		{Name: "far-future-served", Clause: "TIME-3", Profiles: others, Description: "miscounts the time to the year 9999, which no 64 bits of nanoseconds hold",
			Apply: servedWhen(func(_ time.Duration, when time.Time) bool { return when.Year() > 2262 })},
	}
}

func spellingMutants() []vary.Variant {
	// Only the gateway's document states the one spelling.
	strict := func(name, says, expression string) vary.Variant {
		return vary.Variant{Name: name, Clause: "TIME-1", Profiles: vary.GatewayOnly, Description: says, Apply: acceptsSome("Timestamp", expression, server.MalformedTimestamp)}
	}
	loose := func(name, says, expression string) vary.Variant {
		return vary.Variant{Name: name, Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: says, Apply: acceptsSome("Timestamp", expression, server.MalformedTimestamp)}
	}
	const date, clock = `^\d{4}-\d\d-\d\d`, `\d\d:\d\d:\d\d`
	return []vary.Variant{
		strict("time-without-z-served", "takes a time without Z for UTC", date+`T`+clock+`$`),
		strict("time-with-offset-served", "takes a time with an offset", date+`T`+clock+`[+-]\d\d:\d\d$`),
		strict("time-with-blank-served", "takes a blank for the T of a time", date+` `+clock+`Z$`),
		strict("time-in-lower-case-served", "takes t and z for T and Z", date+`t`+clock+`z$`),
		strict("time-with-fraction-served", "takes a fraction of a second", date+`T`+clock+`\.\d+Z$`),
		loose("date-served", "reads a date as its midnight, and takes any midnight for the present time", date+`$`),
		loose("seconds-served", "takes seconds since 1970, and does not compare them", `^\d{9,11}$`),
		loose("month-13-served", "counts on into the next year where there are more than 12 months", `^\d{4}-(1[3-9]|[2-9]\d|\d{3,})-\d\dT`+clock+`Z$`),
		loose("words-for-a-time-served", "takes a word that it does not understand for now", `^[a-z]+$`),
	}
}

// dateMutants show a Date that is not the time of the clock they go by.
func dateMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "date-an-hour-ahead", Clause: "DATE-1", Description: "shows a Date that is an hour ahead of the clock it goes by", Apply: vary.SendsDateOff(time.Hour)},
		{Name: "date-an-hour-behind", Clause: "DATE-1", Description: "shows a Date that is an hour behind the clock it goes by", Apply: vary.SendsDateOff(-time.Hour)},
		{Name: "date-of-9999", Clause: "DATE-1", Description: "shows a Date of the year 9999",
			Apply: vary.SendsDate(func(time.Time) string { return "Fri, 31 Dec 9999 23:59:59 GMT" })},
		{Name: "date-of-year-1", Clause: "DATE-1", Description: "shows a Date of the year 1",
			Apply: vary.SendsDate(func(time.Time) string { return "Mon, 01 Jan 0001 00:00:00 GMT" })},
		{Name: "date-in-words", Clause: "DATE-1", Description: "shows a Date in words", Apply: vary.SendsDate(func(time.Time) string { return "just now" })},
	}
}
