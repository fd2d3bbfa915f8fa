package oddities

import (
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// clockOddities judge timestamps by a clock of their own, and show it or another one, or none.
func clockOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "no-date", Description: "sends no Date", Apply: vary.SendsDate(func(time.Time) string { return "" })},
		{Name: "clock-five-minutes-ahead-and-no-date", Description: "has a clock that is five minutes ahead, and sends no Date",
			Apply: vary.Both(clock(5*time.Minute), vary.SendsDate(func(time.Time) string { return "" }))},
		{Name: "clock-an-hour-ahead", Description: "has a clock that is an hour ahead", Apply: clock(time.Hour)},
		{Name: "clock-a-day-behind", Description: "has a clock that is a day behind", Apply: clock(-24 * time.Hour)},
		{Name: "date-ten-minutes-ahead", Description: "shows a Date that is ten minutes ahead of the clock it goes by", Apply: vary.SendsDateOff(10 * time.Minute)},
		{Name: "date-ten-minutes-behind", Description: "shows a Date that is ten minutes behind the clock it goes by", Apply: vary.SendsDateOff(-10 * time.Minute)},
		{Name: "date-of-another-form", Description: "writes its Date as RFC 850 does",
			Apply: vary.SendsDate(func(now time.Time) string { return now.UTC().Format(time.RFC850) })},
	}
}
