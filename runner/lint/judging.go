package lint

import (
	"slices"
	"sync"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// judging is what is needed to judge by one profile. It is shared by the workers.
type judging struct {
	profile     *schemas.Profile
	apart       bool // places are counted apart by their profiles
	judge       *suites.Judge
	unique      schemas.Level // of the clause of unique ids; empty where the profile is not judged by it
	idCaseLevel schemas.Level
	results     schemas.Level
}

// placeName returns the name of the profile where places of several profiles are counted apart, else "".
func (g *judging) placeName() string {
	if !g.apart {
		return ""
	}
	return g.profile.Name
}

// judges makes the judge of each profile once.
type judges struct {
	o     Options
	all   []*schemas.Profile // that records may name
	mu    sync.Mutex
	named map[string]*judging
	noted schemas.Level // of unique request ids, as partial results note it
}

func newJudges(o Options) *judges {
	return &judges{o: o, all: slices.Concat(o.Products, o.Profiles), named: map[string]*judging{}}
}

// of returns the judge of the profile that a record names, or else of the one given; nil where there is none.
func (j *judges) of(name string) *judging {
	j.mu.Lock()
	defer j.mu.Unlock()
	if g, ok := j.named[name]; ok {
		return g
	}
	p := j.profile(name)
	if p == nil {
		return nil
	}
	g := j.named[p.Name]
	if g == nil {
		g = &judging{profile: p, apart: len(j.o.Products) > 0, judge: suites.NewJudge(p, j.o.Clauses)}
		g.unique, _ = g.judge.Level(suites.AcrossClause(suites.UniqueIDs))
		g.idCaseLevel, _ = g.judge.Level(suites.AcrossClause(suites.LetterCases))
		g.results, _ = g.judge.Level(suites.AcrossClause(suites.ResultData))
		j.named[p.Name] = g
	}
	if len(j.named) < 1000 { // names are the traffic's
		j.named[name] = g
	}
	return g
}

// uniqueLevel returns the weightiest level at which the profiles that judged ask for unique request ids; empty where none does.
func (j *judges) uniqueLevel() schemas.Level {
	j.mu.Lock()
	defer j.mu.Unlock()
	level := j.noted
	for _, g := range j.named {
		level = weightier(level, g.unique)
	}
	return level
}

// weightier returns the weightier of two levels, of which either may be empty.
func weightier(a, b schemas.Level) schemas.Level {
	if a == "" || b != "" && weight(b) < weight(a) {
		return b
	}
	return a
}

// profile finds the profile that a record names, and else returns the one for all others.
func (j *judges) profile(name string) *schemas.Profile {
	for _, p := range j.all {
		if p.Name == name && (j.o.Profile == nil || j.o.Profile.Name != name) {
			return p
		}
	}
	return j.o.Profile
}

// knows reports whether there is a profile of that name.
func (j *judges) knows(name string) bool {
	return slices.ContainsFunc(j.all, func(p *schemas.Profile) bool { return p.Name == name })
}
