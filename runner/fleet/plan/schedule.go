package plan

import (
	"time"

	"github.com/robfig/cron/v3"

	"github.com/acsconform/acsconform/schemas"
)

// shortest is the shortest time between two rounds.
const shortest = time.Second

func (r *reading) schedule() {
	s := r.fleet.Schedule
	switch {
	case s.Every != 0 && s.Cron != "":
		r.fault([]string{"schedule"}, "has both every and cron (keep one)")
	case s.Every != 0 && time.Duration(s.Every) < shortest:
		r.fault([]string{"schedule", "every"}, "got %v, want %v or more", time.Duration(s.Every), shortest)
	case s.Cron != "":
		if _, err := cron.ParseStandard(s.Cron); err != nil {
			r.fault([]string{"schedule", "cron"}, "%v (want five fields, like \"0 3 * * *\")", err)
		}
	}
}

// maxMissed is how many times of a cron schedule are looked at to find the last one.
const maxMissed = 1_000_000

// Due returns the last time at which a round fell due, no later than now, and by cron no earlier than since. It is the same
// wherever it is asked, so that all who ask begin the same round.
func Due(s schemas.FleetSchedule, since, now time.Time) (time.Time, bool) {
	if every := time.Duration(s.Every); every > 0 {
		return now.UTC().Truncate(every), true
	}
	times, err := cron.ParseStandard(s.Cron)
	if err != nil {
		return time.Time{}, false
	}
	var last time.Time
	next := times.Next(since.UTC().Add(-time.Second))
	for range maxMissed {
		if next.IsZero() || next.After(now) {
			break
		}
		last, next = next, times.Next(next)
	}
	return last, !last.IsZero()
}

// Missed returns how many times fell due between two times, both left out, and the last of them.
func Missed(s schemas.FleetSchedule, after, before time.Time) (n int, last time.Time) {
	if every := time.Duration(s.Every); every > 0 {
		last = before.UTC().Add(-1).Truncate(every)
		if first := after.UTC().Truncate(every).Add(every); !last.Before(first) {
			return int(last.Sub(first)/every) + 1, last
		}
		return 0, time.Time{}
	}
	times, err := cron.ParseStandard(s.Cron)
	if err != nil {
		return 0, time.Time{}
	}
	for next := times.Next(after.UTC()); n < maxMissed && !next.IsZero() && next.Before(before); next = times.Next(next) {
		n, last = n+1, next
	}
	return n, last
}
