package suites

import (
	"fmt"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func timestampChapter() Chapter {
	const day = 24 * time.Hour
	return Chapter{Name: "timestamp", Rules: []Rule{
		refusal("TIME-1"),
		refusal("TIME-2"),
		service("TIME-2"),
		refusal("TIME-3"),
		{Name: named("date-within-the-window"), Clause: "DATE-1", Kind: schemas.FoundValue, One: dateInWindow},
	}, Cases: []Case{
		{Name: named("timestamp-14-minutes-old"), Condition: TimestampInWindow, Change: []Change{WindowAge(-time.Minute)}},
		{Name: named("timestamp-14-minutes-ahead"), Condition: TimestampInWindow, Change: []Change{WindowAhead(-time.Minute)}},
		{Name: named("timestamp-16-minutes-old"), Condition: StaleTimestamp, Change: []Change{WindowAge(time.Minute)}, Clause: "TIME-2"},
		{Name: named("timestamp-16-minutes-ahead"), Condition: StaleTimestamp, Change: []Change{WindowAhead(time.Minute)}, Clause: "TIME-2"},
		{Name: named("timestamp-a-day-old"), KeepReason: "the plainest stale time, in every format and method; the cases beside it are sent once each", Condition: StaleTimestamp, Change: []Change{Age(day)}},
		{Name: named("timestamp-two-days-old-by-a-temporary-key"), Condition: StaleTimestamp, Spread: Once, Needs: []Need{"credentials.sts"}, Change: []Change{Key(schemas.STSKey), Age(2 * day)}},
		{Name: named("timestamp-two-days-old-with-a-body"), Except: "in style roa a call with a body is a route of its own", Condition: StaleTimestamp, Spread: Once, Base: BaseBody, Styles: roaOnly, Needs: []Need{bodyRequest}, Change: []Change{Age(2 * day)}},
		{Name: named("timestamp-two-days-old-with-a-client-token"), Condition: StaleTimestamp, Spread: Once, Base: BaseIdempotency, Needs: []Need{"idempotency"}, Change: []Change{Token(), Age(2 * day)}},
		{Name: named("timestamp-a-day-ahead"), Condition: StaleTimestamp, Change: []Change{Age(-day)}, KeepReason: "the mirror of timestamp-a-day-old, where the document states no window: some look at one side only"},
		{Name: named("timestamp-of-1970"), Condition: StaleTimestamp, Change: []Change{At("of 1970", time.Unix(0, 0))}},
		{Name: named("timestamp-of-9999"), Condition: StaleTimestamp, Change: []Change{At("of 9999", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC))}},

		// Only the gateway's document states the one spelling; elsewhere other spellings of ISO 8601 may be taken.
		{Name: named("timestamp-without-z"), Condition: MalformedTimestamp, Clause: "TIME-1", Change: []Change{Stamp("without Z", "2006-01-02T15:04:05")}},
		{Name: named("timestamp-with-offset"), Condition: MalformedTimestamp, Clause: "TIME-1", Change: []Change{Stamp("with an offset", "2006-01-02T15:04:05+00:00")}},
		{Name: named("timestamp-with-blank"), Condition: MalformedTimestamp, Clause: "TIME-1", Change: []Change{Stamp("with a blank for T", "2006-01-02 15:04:05Z")}},
		{Name: named("timestamp-date-only"), Condition: MalformedTimestamp, Change: []Change{Stamp("without the time of day", "2006-01-02")}},
		{Name: named("timestamp-without-seconds"), Condition: MalformedTimestamp, Clause: "TIME-1", Spread: Methods, Change: []Change{Stamp("without seconds", "2006-01-02T15:04Z")}},
		{Name: named("timestamp-of-single-digits"), Condition: MalformedTimestamp, Clause: "TIME-1", Spread: Once, Styles: withAction, Change: []Change{{"with a Timestamp whose time of day has single digits", singleDigits}}},
		{Name: named("timestamp-of-rfc-1123"), Condition: MalformedTimestamp, Clause: "TIME-1", Spread: Methods, Styles: withAction, Change: []Change{Stamp("in the form of RFC 1123", httpTime)}},
		{Name: named("date-of-rfc-850"), Condition: MalformedTimestamp, Clause: "TIME-1", Spread: Methods, Styles: roaOnly, Except: "the other styles state their time in another form than that of a Date", Change: []Change{Stamp("in the form of RFC 850", "Monday, 02-Jan-06 15:04:05 GMT")}},
		{Name: named("timestamp-in-basic-form"), Condition: MalformedTimestamp, Clause: "TIME-1", Spread: Methods, Change: []Change{Stamp("in the basic form of ISO 8601", "20060102T150405Z")}},
		{Name: named("timestamp-with-blanks-around"), Condition: MalformedTimestamp, Except: "blanks around the value of a header field do not belong to it", Clause: "TIME-1", Spread: Methods, Styles: rpcOnly, Change: []Change{Stamp("with blanks around it", " 2006-01-02T15:04:05Z ")}},
		{Name: named("timestamp-epoch-seconds"), Condition: MalformedTimestamp, Change: []Change{Epoch()}},
		{Name: named("timestamp-month-13"), Condition: MalformedTimestamp, Change: []Change{Spelled("in month 13", "2006-", "13", "-02T15:04:05Z")}},
		{Name: named("timestamp-second-61"), Condition: MalformedTimestamp, Change: []Change{Spelled("in second 61", "2006-01-02T15:04:", "61", "Z")}, KeepReason: "another field's bounds than timestamp-month-13: lenient readers check them one by one"},
		{Name: named("timestamp-lower-case"), Condition: MalformedTimestamp, Clause: "TIME-1", Change: []Change{Stamp("in lower case", "2006-01-02t15:04:05z")}},
		{Name: named("timestamp-with-fraction"), Condition: MalformedTimestamp, Clause: "TIME-1", Change: []Change{Stamp("with a fraction of a second", "2006-01-02T15:04:05.000Z")}},
		{Name: named("timestamp-in-words"), Condition: MalformedTimestamp, Change: []Change{Set("Timestamp", "yesterday")}},
	}}
}

// dateInWindow holds the Date of a sound request that was served against the moment that the request states.
func dateInWindow(e *Observation) Check {
	value, sent := "", false
	if e.served() && e.intent.Condition == schemas.Sound && !e.intent.Stamped.IsZero() {
		value, sent = e.Exchange().Response.Header.Lookup("Date")
	}
	if !sent {
		return notApplicable()
	}
	window := time.Duration(e.Profile.Window)
	if window == 0 {
		window = usualWindow
	}
	date, ok := parseDate(value)
	if !ok {
		return fail("Date: "+short(value), "a date of RFC 9110")
	}
	off := date.Sub(e.intent.Stamped)
	return passIf(off.Abs() <= window, fmt.Sprintf("Date: %s in the answer to a request that states %s, and is served", short(value), e.intent.Stamped.Format(isoTime)),
		fmt.Sprintf("a Date within %s of it", window))
}

// parseDate reads the three forms of a date that RFC 9110 has recipients take.
func parseDate(text string) (time.Time, bool) {
	for _, layout := range []string{httpTime, time.RFC850, time.ANSIC} {
		if date, err := time.Parse(layout, text); err == nil {
			return date, true
		}
	}
	return time.Time{}, false
}
