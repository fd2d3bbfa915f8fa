package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Answer describes in words what a profile documents about a condition.
func Answer(p *schemas.Profile, condition schemas.Condition) string {
	var codes []string
	for _, row := range p.Codes {
		if slices.Contains(row.Answers, condition) {
			codes = append(codes, row.Status.String()+" "+row.Code)
		}
	}
	switch {
	case len(codes) > 0:
		text := strings.Join(slices.Compact(codes), " or ")
		if more := p.Tolerates[condition]; len(more) > 0 {
			text += "; " + strings.Join(more, ", ") + " warns"
		}
		return text
	case condition == schemas.Sound, slices.Contains(p.Serves, condition):
		return "served"
	case slices.Contains(p.Silent, condition) && len(observed(p, condition)) > 0:
		return "refused with 4xx; observed, not published: " + strings.Join(observed(p, condition), " or ")
	case slices.Contains(p.Silent, condition):
		return "refused with 4xx; the document names no code"
	case slices.Contains(p.Ignores, condition):
		return "whatever it answers comes in the envelope"
	case slices.Contains(p.Inapplicable, condition):
		return "cannot arise"
	}
	return "not said, so nothing is sent"
}

// observed lists what is seen as an answer to a condition, and not published.
func observed(p *schemas.Profile, condition schemas.Condition) []string {
	var seen []string
	for _, row := range p.Observed {
		if slices.Contains(row.Answers, condition) {
			seen = append(seen, fmt.Sprintf("%s %s (%s)", row.Status, row.Code, row.Message))
		}
	}
	return seen
}
