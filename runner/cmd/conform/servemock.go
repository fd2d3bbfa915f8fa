package main

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/newprofile"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/runner/reference/mock/recording"
	"github.com/acsconform/acsconform/schemas"
)

// profiles finds those that are named, and makes those of metadata, which is opened.
func (c *serveCommand) profiles() (list []*schemas.Profile, opened []*metadata.Opened, err error) {
	if len(c.Profile) > 0 {
		if list, err = profilesNamed(c.Profile); err != nil {
			return nil, nil, err
		}
	}
	base, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		return nil, nil, err
	}
	for _, path := range c.FromMetadata {
		product, err := newprofile.OpenMetadata(path, os.Stdin)
		if err != nil {
			return nil, nil, wrong("--from-metadata %s: %s", path, err)
		}
		list, opened = append(list, product.Over(base)), append(opened, product)
	}
	if len(list) == 0 {
		return nil, nil, wrong("nothing says what to answer; name a profile by --profile (%s, or the path of a YAML file), or published API metadata by --from-metadata", strings.Join(fixtures.AllNames(), ", "))
	}
	seen := map[string]bool{}
	for _, p := range list {
		if seen[p.Name] {
			return nil, nil, wrong("%s is named twice; leave one out", p.Name)
		}
		seen[p.Name] = true
	}
	return list, opened, nil
}

// follow makes the mock answer by the file that is named, and returns the line that says so.
func (c *serveCommand) follow(m *mock.Mock) (string, error) {
	if c.AnswersFrom != "" {
		recorded, err := m.Replay(c.AnswersFrom)
		if err != nil {
			return "", wrong("%s", err)
		}
		return fmt.Sprintf("%s: %s and no other; nothing is sent to any service\n", c.AnswersFrom, text.Count(recorded.Entries(), "recorded call")), nil
	}
	if c.Answers == "" {
		return "", nil
	}
	first, err := m.Follow(c.Answers)
	if err != nil {
		return "", wrong("%s", err)
	}
	return fmt.Sprintf("%s: %s, seed %d\n", c.Answers, text.Count(first.Entries(), "entry", "entries"), first.Seed), nil
}

// strictly finds, where that is asked for, what of the answers was not used and what was asked for in vain.
func (c *serveCommand) strictly(m *mock.Mock) error {
	if !c.Strict {
		return nil
	}
	var faults []string
	for _, entry := range m.Unused() {
		faults = append(faults, entry+" has answered no call")
	}
	if n := m.Journal().Unserved; n > 0 {
		faults = append(faults, text.Count(n, "call")+" named no operation or version that is served")
	}
	if len(faults) == 0 {
		return nil
	}
	return &exit{exitBroken, strings.Join(faults, "\n")}
}

// recorderFor returns what records into a file, and nil where none is named. The file is written at the end, when it is too late
// to learn that it cannot be.
func recorderFor(path string, latency bool) (*recording.Recorder, error) {
	if path == "" && latency {
		return nil, wrong("--record-latency: nothing is recorded; add --record FILE")
	}
	if path == "" {
		return nil, nil
	}
	if err := output.Check("--record", path); err != nil {
		return nil, wrong("%s", err)
	}
	return recording.New(latency), nil
}

// record writes a recording where there is one, and prints what is in it.
func (w *env) record(r *recording.Recorder, path string) error {
	if r == nil {
		return nil
	}
	line, err := r.Write(path)
	if err != nil {
		return untested("--record %s: %s", path, err)
	}
	w.say("%s", line)
	return nil
}

// logging returns a log on standard error, for several goroutines.
func (w *env) logging() func(line string) {
	var one sync.Mutex
	return func(line string) {
		one.Lock()
		defer one.Unlock()
		_, _ = fmt.Fprintln(w.err, w.lang.Text(line))
	}
}

// together names profiles in one phrase.
func together(profiles []*schemas.Profile) string {
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.Name
	}
	return text.List(names, "and")
}
