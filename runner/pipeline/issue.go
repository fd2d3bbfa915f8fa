package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// An Issue is one thing to fix.
type Issue struct {
	Rule   string        // the clause, or a word of its own where no clause applies
	Level  schemas.Level // MUST or SHOULD
	Text   string        // in one line, plain
	Places []Place       // where it shows; one at least
	Known  string        // why it is taken for known; empty where it is not
	Count  int           // of cases or records
	key    []string      // distinguishes it from other issues, and is the same in every run
}

// Place is a file, and a line in it where there is one.
type Place struct {
	File string
	Line int // from 1; 0 for the file as a whole
}

// Issues are all that was found, and what it was found by.
type Issues struct {
	Command string // run, lint or diff
	Suite   schemas.Suite
	Summary []string // a line for each run, for where nothing is wrong too
	Faults  []string // why something could not be judged
	Place   Place    // where issues show that belong to no single place
	List    []Issue
	Clauses []schemas.Clause
}

// Write writes the issues as sarif, gitlab or github.
func (l *Issues) Write(w io.Writer, form string) error {
	switch form {
	case "sarif":
		return l.SARIF(w)
	case "gitlab":
		return l.GitLab(w)
	}
	return l.GitHub(w)
}

// Fingerprint returns what the issue is known by from run to run: it depends on no line, count, time or address.
func (i Issue) Fingerprint() string {
	sum := sha256.Sum256([]byte(i.Rule + "\x00" + string(i.Level) + "\x00" + strings.Join(i.key, "\x00")))
	return hex.EncodeToString(sum[:])
}

// longest is how many columns of a text that came from a target an issue shows.
const longest = 300

func shown(s string) string { return wording.Clip(wording.Plain(s), longest) }

// gather makes one issue of what has the same key. It keeps the order.
type gather struct {
	list []Issue
	at   map[string]int
}

// find returns where in the list the issue of that rule, level and key is, which it adds where there is none.
func (g *gather) find(rule string, level schemas.Level, key ...string) int {
	if g.at == nil {
		g.at = map[string]int{}
	}
	i := Issue{Rule: rule, Level: level, key: key}
	name := i.Fingerprint()
	n, there := g.at[name]
	if !there {
		n = len(g.list)
		g.at[name] = n
		g.list = append(g.list, i)
	}
	return n
}

// ordered returns the issues: those on the list of known failures last, and MUST before SHOULD.
func (g *gather) ordered() []Issue {
	var out []Issue
	for _, known := range []bool{false, true} {
		for _, level := range []schemas.Level{schemas.Must, schemas.Should} {
			for _, i := range g.list {
				if i.Level == level && (i.Known != "") == known {
					out = append(out, i)
				}
			}
		}
	}
	return out
}

// gotWant words a finding in one line.
func gotWant(f schemas.Finding) string {
	return fmt.Sprintf("got %s, want %s", shown(f.Got), shown(f.Want))
}

// named names the first of several cases, and says how many there are beside it.
func named(first string, count int) string {
	if count == 1 {
		return shown(first)
	}
	return fmt.Sprintf("%s and %s", shown(first), text.Count(count-1, "more case", "more cases"))
}
