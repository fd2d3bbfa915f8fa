package suites

import (
	"fmt"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Age sends a Timestamp (Date in roa) that lies so far behind the target's clock; ahead of it when negative.
func Age(age time.Duration) Change {
	words := sayAge(age) + " behind the server's clock"
	if age < 0 {
		words = sayAge(-age) + " ahead of the server's clock"
	}
	return Change{"with a Timestamp " + words, func(d *Draft) { d.set("Timestamp", d.stamp(d.Now.Add(-age))) }}
}

func sayAge(age time.Duration) string {
	switch {
	case age%(24*time.Hour) == 0:
		return fmt.Sprintf("%d h", age/time.Hour)
	case age%time.Minute == 0:
		return fmt.Sprintf("%d min", age/time.Minute)
	}
	return age.String()
}

// Stamp sends the moment in another spelling: a layout of the time package.
func Stamp(says, layout string) Change {
	return Change{"with a Timestamp " + says, func(d *Draft) { d.set("Timestamp", d.Now.UTC().Format(layout)) }}
}

// stamp writes a moment as the style wants it.
func (d *Draft) stamp(t time.Time) string {
	if d.Style == schemas.ROA {
		return t.UTC().Format(httpTime)
	}
	return t.UTC().Format(isoTime)
}

// stamped returns the moment that the request states; zero when it states none in the style's own notation.
func (d *Draft) stamped() time.Time {
	layout := isoTime
	if d.Style == schemas.ROA {
		layout = httpTime
	}
	when, err := time.Parse(layout, d.get("Timestamp"))
	if err != nil {
		return time.Time{}
	}
	return when
}

// WindowAge sends a Timestamp that lies behind the target's clock by the window and some more (or, when negative, some
// less): the window is the target file's, else the document's, else 15 minutes.
func WindowAge(more time.Duration) Change {
	return Change{"with a Timestamp behind the server's clock by the window " + sayMore(more), func(d *Draft) {
		d.set("Timestamp", d.stamp(d.Now.Add(-d.Setting.Window-more)))
	}}
}

// WindowAhead is WindowAge ahead of the target's clock.
func WindowAhead(more time.Duration) Change {
	return Change{"with a Timestamp ahead of the server's clock by the window " + sayMore(more), func(d *Draft) {
		d.set("Timestamp", d.stamp(d.Now.Add(d.Setting.Window+more)))
	}}
}

func sayMore(more time.Duration) string {
	if more < 0 {
		return "less " + sayAge(-more)
	}
	return "and " + sayAge(more)
}

// At sends a fixed moment.
func At(says string, t time.Time) Change {
	return Change{"with a Timestamp " + says, func(d *Draft) { d.set("Timestamp", d.stamp(t)) }}
}

// Epoch sends seconds since 1970.
func Epoch() Change {
	return Change{"with a Timestamp in seconds since 1970", func(d *Draft) {
		d.set("Timestamp", strconv.FormatInt(d.Now.Unix(), 10))
	}}
}

// Spelled sends the moment with words in it that no clock writes: two layouts of the time package around a literal, in
// which the package would find layouts of its own.
func Spelled(says, before, literal, behind string) Change {
	return Change{"with a Timestamp " + says, func(d *Draft) {
		now := d.Now.UTC()
		d.set("Timestamp", now.Format(before)+literal+now.Format(behind))
	}}
}

// singleDigits states the minute that began last, with no zero before what has one digit.
func singleDigits(d *Draft) {
	d.set("Timestamp", d.Now.UTC().Truncate(time.Minute).Format("2006-01-02T15:4:5Z"))
}
