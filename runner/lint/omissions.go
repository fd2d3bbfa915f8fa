package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// Which kinds of left-out records a result distinguishes, and how many a result lists and a note names.
const (
	maxOmissions   = 10_000
	maxListed      = 200
	maxNamedInNote = 8
)

// omitted counts the records that were left out for one reason.
type omitted struct {
	input.Omission
	count int64
}

// omissions count what was left out, in the order of its first record. So a limit to their number is reached at the same
// record however the input was cut into parts.
type omissions struct {
	list []omitted
	at   map[input.Omission]int
	more int64 // beyond the limit
}

func (o *omissions) reset() {
	o.list, o.more = o.list[:0], 0
	clear(o.at)
}

func (o *omissions) add(what input.Omission, n int64) {
	i, ok := o.at[what]
	switch {
	case ok:
		o.list[i].count += n
	case len(o.list) == maxOmissions:
		o.more += n
	default:
		if o.at == nil {
			o.at = map[input.Omission]int{}
		}
		o.at[what] = len(o.list)
		o.list = append(o.list, omitted{what, n})
	}
}

func (o *omissions) merge(later *omissions) {
	for _, one := range later.list {
		o.add(one.Omission, one.count)
	}
	o.more += later.more
}

func (o *omissions) clone() omissions {
	return omissions{slices.Clone(o.list), maps.Clone(o.at), o.more}
}

// omit counts a record that is left out, and reports whether it is.
func (p *partial) omit(why input.Omission) bool {
	if why.Why == "" {
		return false
	}
	p.counts.omitted++
	p.omissions.add(why, 1)
	return true
}

// listed returns the reasons, the most frequent first, and how many records were left out for others.
func (o *omissions) listed() (list []schemas.LintOmitted, more int64) {
	all := slices.Clone(o.list)
	slices.SortStableFunc(all, func(a, b omitted) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.Why, b.Why), cmp.Compare(a.Host.Value(), b.Host.Value()), cmp.Compare(a.What.Value(), b.What.Value()))
	})
	more = o.more
	for i, one := range all {
		if i >= maxListed {
			more += one.count
			continue
		}
		list = append(list, schemas.LintOmitted{Why: one.Why, What: one.What.Value(), Host: one.Host.Value(), Count: one.count})
	}
	return list, more
}

// omissionWords are the reasons in words, in the order they are reported in.
var omissionWords = []struct {
	why  schemas.OmittedWhy
	text string
}{
	{schemas.OmittedUnanswered, "nothing was answered to a call"},
	{schemas.OmittedFiltered, "left out by"},
	{schemas.OmittedPacked, "packed"},
	{schemas.OmittedStream, "an event stream"},
	{schemas.OmittedNoText, "the log has the body as JSON and not as the text that was sent, which cannot be judged byte for byte; let this line of the map name a field with the text"},
	{schemas.OmittedConvention, "answered by the convention of another service"},
	{schemas.OmittedOther, "other traffic, which shows no sign of the convention"},
}

// omissionNotes describe what was left out, a line for each reason.
func omissionNotes(r *Result) []string {
	var notes []string
	for _, reason := range omissionWords {
		var total int64
		var named []string
		further := 0
		for _, o := range r.Omitted {
			if o.Why != reason.why {
				continue
			}
			total += o.Count
			if len(named) == maxNamedInNote {
				further++
				continue
			}
			if what := sayOmitted(o); what != "" {
				named = append(named, what)
			}
		}
		if total == 0 {
			continue
		}
		if further > 0 {
			named = append(named, fmt.Sprintf("%d more", further))
		}
		note := fmt.Sprintf("%s not judged: %s", text.Count(total, "record"), reason.text)
		switch {
		case len(named) == 0:
		case reason.why == schemas.OmittedFiltered:
			note += " " + strings.Join(named, ", ")
		default:
			note += " (" + strings.Join(named, ", ") + ")"
		}
		notes = append(notes, note)
	}
	if r.MoreKinds > 0 {
		notes = append(notes, fmt.Sprintf("%s left out for reasons that are not listed", text.Count(r.MoreKinds, "further record")))
	}
	if r.Judged == 0 && slices.ContainsFunc(r.Omitted, func(o schemas.LintOmitted) bool { return o.Why == schemas.OmittedOther }) {
		notes = append(notes, "none of this is of the convention: no answer has an envelope, and no request is a call")
	}
	return notes
}

// noneFits reports that none of the judged answers is an envelope, though their requests are calls or are not shown.
const noneFits = "none of this is of the convention: no answer that was judged has a member or a header by which an envelope is known"

// sayOmitted names what was left out, with how many there are where that is not one.
func sayOmitted(o schemas.LintOmitted) string {
	what := o.What
	if o.Why == schemas.OmittedOther {
		what = strings.TrimSpace(cmp.Or(o.Host, "an unknown host") + " " + cmp.Or(o.What, "without a type"))
	}
	if what == "" || o.Count == 1 || o.Why == schemas.OmittedNoText {
		return what
	}
	return fmt.Sprintf("%s %d times", what, o.Count)
}
