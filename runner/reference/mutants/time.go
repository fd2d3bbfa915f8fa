package mutants

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

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
