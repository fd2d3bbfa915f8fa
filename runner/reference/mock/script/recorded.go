package script

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// Recorded is a file of recorded answers.
type Recorded struct {
	path    string
	text    []byte
	content schemas.AnswerFile
}

// OpenRecorded reads a file of recorded answers.
func OpenRecorded(path string) (*Recorded, error) {
	text, err := file.Read(path, file.MaxAnswersBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: the recorded answers cannot be read: %w (want a file that --record wrote)", path, err)
	}
	r := &Recorded{path: path, text: text}
	return r, file.ParseYAML(file.Answers, path, text, &r.content)
}

// Operations lists the operations of a product that were recorded.
func (r *Recorded) Operations(profile string) []string {
	names := map[string]bool{}
	for _, of := range r.content.Answers {
		if of.Profile == "" || of.Profile == profile {
			names[of.Operation] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Script returns the answers, each to the very call that was recorded.
func (r *Recorded) Script(products []Product) (*Script, error) {
	return readAs(r.path, r.text, products, true)
}

// Nearest describes what was recorded that is nearest to a call which no entry fits.
func (s *Script) Nearest(c Call) string {
	var best *rule
	least, names := 0, []string{}
	for _, r := range s.rules {
		if r.spec.Profile != "" && r.spec.Profile != c.Profile {
			continue
		}
		names = append(names, r.spec.Operation)
		if r.spec.Operation != c.Operation {
			continue
		}
		if n := len(differences(r.spec.When, c.Params)); best == nil || n < least {
			best, least = r, n
		}
	}
	if best != nil {
		return fmt.Sprintf("the nearest call is %s, where %s", best.place, strings.Join(clipped(differences(best.spec.When, c.Params)), ", "))
	}
	if near := file.Nearest(c.Operation, names); near != "" {
		return "the nearest operation that was recorded is " + near
	}
	return "no call of this operation was recorded"
}

// differences describes in which parameters a call differs from the recorded one.
func differences(recorded, call map[string]string) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(recorded)) {
		switch value, there := call[name]; {
		case !there:
			list = append(list, fmt.Sprintf("%.60s is %.60q and now is missing", name, recorded[name]))
		case value != recorded[name]:
			list = append(list, fmt.Sprintf("%.60s is %.60q and now is %.60q", name, recorded[name], value))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(call)) {
		if _, there := recorded[name]; !there {
			list = append(list, fmt.Sprintf("%.60q is missing and now is %.60q", name, call[name]))
		}
	}
	return list
}

// clipped keeps the first differences.
func clipped(list []string) []string {
	const most = 4
	if len(list) <= most {
		return list
	}
	return append(slices.Clone(list[:most]), fmt.Sprintf("and %d more differences", len(list)-most))
}
