package reference

import (
	"net/http"
	"time"
)

// dates sends another Date than the server's clock shows; an empty one is not sent.
func dates(date func(now time.Time) string) func(*Server) {
	return writes(func(c *call, out *sent) {
		if text := date(c.now); text != "" {
			out.header["Date"] = []string{text}
			return
		}
		out.header["Date"] = nil // net/http adds one by itself where there is no key
	})
}

func dateOff(off time.Duration) func(*Server) {
	return dates(func(now time.Time) string { return now.Add(off).UTC().Format(http.TimeFormat) })
}

// clockOddities judge timestamps by a clock of their own, and show it or another one, or none.
func clockOddities() []Variant {
	return []Variant{
		{Name: "no-date", Description: "sends no Date", apply: dates(func(time.Time) string { return "" })},
		{Name: "clock-five-minutes-ahead-and-no-date", Description: "has a clock that is five minutes ahead, and sends no Date",
			apply: both(clock(5*time.Minute), dates(func(time.Time) string { return "" }))},
		{Name: "clock-an-hour-ahead", Description: "has a clock that is an hour ahead", apply: clock(time.Hour)},
		{Name: "clock-a-day-behind", Description: "has a clock that is a day behind", apply: clock(-24 * time.Hour)},
		{Name: "date-ten-minutes-ahead", Description: "shows a Date that is ten minutes ahead of the clock it goes by", apply: dateOff(10 * time.Minute)},
		{Name: "date-ten-minutes-behind", Description: "shows a Date that is ten minutes behind the clock it goes by", apply: dateOff(-10 * time.Minute)},
		{Name: "date-of-another-form", Description: "writes its Date as RFC 850 does",
			apply: dates(func(now time.Time) string { return now.UTC().Format(time.RFC850) })},
	}
}

// dateMutants show a Date that is not the time of the clock they go by.
func dateMutants() []Variant {
	return []Variant{
		{Name: "date-an-hour-ahead", Clause: "DATE-1", Description: "shows a Date that is an hour ahead of the clock it goes by", apply: dateOff(time.Hour)},
		{Name: "date-an-hour-behind", Clause: "DATE-1", Description: "shows a Date that is an hour behind the clock it goes by", apply: dateOff(-time.Hour)},
		{Name: "date-of-9999", Clause: "DATE-1", Description: "shows a Date of the year 9999",
			apply: dates(func(time.Time) string { return "Fri, 31 Dec 9999 23:59:59 GMT" })},
		{Name: "date-of-year-1", Clause: "DATE-1", Description: "shows a Date of the year 1",
			apply: dates(func(time.Time) string { return "Mon, 01 Jan 0001 00:00:00 GMT" })},
		{Name: "date-in-words", Clause: "DATE-1", Description: "shows a Date in words", apply: dates(func(time.Time) string { return "just now" })},
	}
}
