package reference

import "time"

// clockOddities judge timestamps by a clock of their own, and show it or another one, or none.
func clockOddities() []Variant {
	return []Variant{
		{Name: "no-date", Description: "sends no Date", apply: SendsDate(func(time.Time) string { return "" })},
		{Name: "clock-five-minutes-ahead-and-no-date", Description: "has a clock that is five minutes ahead, and sends no Date",
			apply: both(clock(5*time.Minute), SendsDate(func(time.Time) string { return "" }))},
		{Name: "clock-an-hour-ahead", Description: "has a clock that is an hour ahead", apply: clock(time.Hour)},
		{Name: "clock-a-day-behind", Description: "has a clock that is a day behind", apply: clock(-24 * time.Hour)},
		{Name: "date-ten-minutes-ahead", Description: "shows a Date that is ten minutes ahead of the clock it goes by", apply: SendsDateOff(10 * time.Minute)},
		{Name: "date-ten-minutes-behind", Description: "shows a Date that is ten minutes behind the clock it goes by", apply: SendsDateOff(-10 * time.Minute)},
		{Name: "date-of-another-form", Description: "writes its Date as RFC 850 does",
			apply: SendsDate(func(now time.Time) string { return now.UTC().Format(time.RFC850) })},
	}
}
