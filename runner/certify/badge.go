package certify

import (
	_ "embed"
	"html/template"
	"io"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

//go:embed badge.svg
var badgeText string

var badgeTemplate = template.Must(template.New("badge").Parse(badgeText))

// The measures of the badge, in pixels. A letter of the font takes 6.6 at most.
const (
	letterWidth = 6.6
	badgeMargin = 12
)

// writeBadge draws a badge with the level and the day of issue. It refers to nothing outside of itself.
func writeBadge(w io.Writer, level string, issued time.Time) error {
	const label = "acsconform"
	says := level + " " + issued.UTC().Format(time.DateOnly)
	left, right := widthOf(label), widthOf(says)
	return badgeTemplate.Execute(w, map[string]any{
		"Label": label, "Says": says, "Left": left, "Right": right, "Width": left + right, "LabelAt": left / 2, "SaysAt": left + right/2,
	})
}

// badgeLevel names the level, and what its report lacks to be conformant without reservation.
func badgeLevel(level string, r *schemas.Report) string {
	if r.Green() {
		return level
	}
	return level + ", " + r.Summary()
}

func widthOf(text string) int { return int(float64(len(text))*letterWidth) + badgeMargin }
