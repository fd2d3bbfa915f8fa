package input

import (
	"fmt"
	"testing"
)

// The quick reading of a time is that of package time.
func TestSecondsOfTimes(t *testing.T) {
	var seen SecondsSeen
	for _, day := range []string{"2026-01-01", "2026-01-31", "2026-02-28", "2026-02-29", "2028-02-29", "2026-04-30", "2026-04-31", "2026-12-31", "2100-02-29", "1969-12-31", "2026-13-01", "2026-00-10", "2026-1-01"} {
		for _, clock := range []string{"00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", "1:00:00", "12:00"} {
			for _, end := range []string{"Z", ".5Z", ".123456789Z", ".Z", ".xZ", "", "+08:00", "z", ",5Z", " Z", ".99999999999999999999999Z"} {
				text := fmt.Sprintf("%sT%s%s", day, clock, end)
				want := Unix(ParseTime(text))
				if got := seconds([]byte(text)); got != want {
					t.Errorf("%s: %d, want %d", text, got, want)
				}
				if got := seen.Seconds([]byte(text)); got != want {
					t.Errorf("%s after others: %d, want %d", text, got, want)
				}
			}
		}
	}
}
