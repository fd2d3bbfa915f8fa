package certify

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Level is how much a certificate stands for.
type Level struct {
	Name string
	Says string // finishes "a certificate of this level: …"
	All  bool   // cases are required that need more than a URL, a harmless request and one key
	Rows bool   // every row of the table has to come back where it is asked for
}

// levels are all there are, the least first. What a case needs stands with the case in the book; nothing is listed here.
var levels = []Level{
	{Name: "core", Says: "every case that takes no more than the URL, a harmless request and one key"},
	{Name: "full", Says: "every case of the profile, and every row of its table answered, or declared not applicable with the reason", All: true, Rows: true},
}

// LevelNamed finds a level by its name.
func LevelNamed(name string) (Level, bool) {
	for _, l := range levels {
		if l.Name == name {
			return l, true
		}
	}
	return Level{}, false
}

// SayLevels reports the levels in one sentence, for help texts.
func SayLevels() string {
	parts := make([]string, len(levels))
	for i, l := range levels {
		parts[i] = l.Name + ": " + l.Says
	}
	return strings.Join(parts, "; ")
}

// needs finds what a case needs beyond URL, request and one key, by its name in the book.
type needs map[string][]suites.Need

func needsOf(b Book) needs {
	n := needs{}
	for _, chapter := range b.Chapters {
		for i := range chapter.Cases {
			c := &chapter.Cases[i]
			n[c.Name.Text] = c.Needs
			if c.Condition == suites.FromRecipe {
				n[""] = c.Needs // the plan names a case after each recipe
			}
		}
	}
	return n
}

// of returns the needs of a case of a run.
func (n needs) of(c *schemas.CaseResult) []suites.Need {
	if c.Condition == suites.FromRecipe {
		return n[""]
	}
	return n[c.Name]
}

// requires reports whether the level wants the case judged. A service may have one address and no balancer.
func (l Level) requires(n needs, c *schemas.CaseResult) bool {
	of := n.of(c)
	return len(of) == 0 || l.All && !slices.Contains(of, suites.NeedsResolve)
}
