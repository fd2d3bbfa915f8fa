package input

import (
	"math"
	"strconv"
	"time"
)

// timeForms are how logs write a time, besides numbers of seconds or milliseconds since 1970.
var timeForms = [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "02/Jan/2006:15:04:05 -0700", time.RFC1123, time.RFC1123Z}

// ParseTime reads a time as logs write it; the zero time when it is none.
func ParseTime(text string) time.Time {
	for _, form := range timeForms {
		if t, err := time.Parse(form, text); err == nil {
			return t.UTC()
		}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 0 && n < 1e14 {
		if n >= 1e11 {
			n /= 1e3
		}
		whole, part := math.Modf(n)
		return time.Unix(int64(whole), int64(math.Round(part*1e3))*1e6).UTC()
	}
	return time.Time{}
}

// seconds returns the seconds since 1970 of a time as it is written in a log; 0 when it is none. The common form is read
// without the help of package time.
func seconds(text []byte) uint32 {
	if n, ok := common(text); ok {
		return n
	}
	return Unix(ParseTime(string(text)))
}

// common reads 2026-01-02T03:04:05Z, with or without parts of a second.
func common(text []byte) (n uint32, ok bool) {
	if len(text) < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || !utc(text[19:]) {
		return 0, false
	}
	year, month, day := digits(text[:4]), digits(text[5:7]), digits(text[8:10])
	hour, minute, second := digits(text[11:13]), digits(text[14:16]), digits(text[17:19])
	if year < 1970 || year >= 2106 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return 0, false
	}
	return uint32(days(year, month, day)*86400 + hour*3600 + minute*60 + second), true
}

// utc reports the end of a time in the common form, Z or .999Z.
func utc(end []byte) bool {
	last := len(end) - 1
	return end[last] == 'Z' && (last == 0 || end[0] == '.' && last > 1 && digits(end[1:last]) >= 0)
}

// SecondsSeen reads times with a memory of one: many lines are of the same second.
type SecondsSeen struct {
	text [19]byte
	n    uint32
}

// Seconds returns the seconds since 1970 of a time as it is written in a log; 0 when it is none.
func (s *SecondsSeen) Seconds(text []byte) uint32 {
	const size = len(s.text)
	if len(text) <= size || !utc(text[size:]) {
		return seconds(text)
	}
	if string(text[:size]) != string(s.text[:]) {
		copy(s.text[:], text)
		s.n = seconds(text)
	}
	return s.n
}

// Unix returns the seconds since 1970; 0 for a time before, or after 2106.
func Unix(t time.Time) uint32 {
	if n := t.Unix(); n > 0 && n <= math.MaxUint32 {
		return uint32(n)
	}
	return 0
}

// Clock is the time of some seconds since 1970; the zero time for 0.
func Clock(n uint32) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}

// digits reads a number without a sign; negative when it is none, or too large.
func digits(text []byte) int {
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return -1
		}
		if n = 10*n + int(c-'0'); n < 0 {
			return -1
		}
	}
	return n
}

// days counts the days from 1970-01-01.
func days(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 719469
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
