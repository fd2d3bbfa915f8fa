package observe

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas/body"
)

// maxTrimmed bounds what a trimmed envelope holds of all members together that keep does not name.
const maxTrimmed = 8 << 10

// Trim lets go of most of a large envelope: of the members of which keep is false when there are more than most, and
// of all but the beginning of long names and texts. What stays does not hold the body that it was read from.
func (v *View) Trim(most, mostText int, keep func(name string) bool) {
	v.opened = trimmed(v.opened, most, mostText, keep)
	v.begun = trimmed(v.begun, most, mostText, keep)
}

func trimmed(e *body.Envelope, most, mostText int, keep func(name string) bool) *body.Envelope {
	if e == nil {
		return nil
	}
	small := *e
	many := len(small.Members) > most
	small.Members = make([]body.Member, 0, min(most, len(small.Members)))
	left := maxTrimmed
	for _, m := range e.Members {
		own := keep(m.Name)
		if many && !own || len(small.Members) == most {
			continue
		}
		room := mostText
		if !own {
			room = min(room, left)
		}
		m.Name = begins(m.Name, room)
		m.Text = begins(m.Text, room)
		if !own {
			left = max(0, left-len(m.Name)-len(m.Text))
		}
		small.Members = append(small.Members, m)
	}
	small.Faults = slices.Clone(e.Faults)
	for i := range small.Faults {
		small.Faults[i].Member = begins(small.Faults[i].Member, mostText)
	}
	return &small
}

// begins copies the beginning of a text.
func begins(text string, most int) string { return strings.Clone(text[:min(len(text), most)]) }
