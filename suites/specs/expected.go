package specs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/acsconform/acsconform/suites"
)

// ownDepth is how many containers of ours are around a spec: target, chapter, clause and case.
const ownDepth = 4

// expected returns the planned cases whose specs Ginkgo is going to run, as far as can be told from within the first of
// them: Ginkgo tells nobody. It returns all where it is wrong about that one. A case too many is sent for nothing, one too
// few is sent later by itself.
func expected(planned []*suites.Planned) []*suites.Planned {
	suite, _ := ginkgo.GinkgoConfiguration()
	here := ginkgo.CurrentSpecReport()
	around := max(0, len(here.ContainerHierarchyTexts)-ownDepth)
	c := choice{around: strings.Join(here.ContainerHierarchyTexts[:around], " "), skip: joined(suite.SkipStrings), focus: joined(suite.FocusStrings)}
	for _, list := range here.ContainerHierarchyLabels[:around] {
		c.labels = append(c.labels, list...)
	}
	if filter := suite.LabelFilter; filter != "" {
		c.wanted, _ = types.ParseLabelFilter(filter)
	}
	chapters := chaptersByCase()
	var chosen []*suites.Planned
	for _, p := range planned {
		if c.has(p, chapters[p.Case.Name.Text]) {
			chosen = append(chosen, p)
		}
	}
	if !slices.ContainsFunc(chosen, func(p *suites.Planned) bool { return p.ID() == here.LeafNodeText }) {
		return planned
	}
	return chosen
}

// choice is what the command line of a suite says about which specs are run. Files are left to Ginkgo: what names the
// file of a Declare has all its specs.
type choice struct {
	around      string   // the texts of the containers that Declare was called in
	labels      []string // theirs
	wanted      types.LabelFilter
	focus, skip *regexp.Regexp
}

func (c choice) has(p *suites.Planned, chapter string) bool {
	text := strings.Join([]string{c.around, p.Profile.Name + "-" + string(p.Style), chapter, p.Clause.ID, p.Case.Name.Text, p.ID()}, " ")
	switch {
	case c.wanted != nil && !c.wanted(slices.Concat(c.labels, labels(p))):
		return false
	case c.focus != nil && !c.focus.MatchString(text):
		return false
	}
	return c.skip == nil || !c.skip.MatchString(text)
}

// joined makes of several patterns the one that Ginkgo makes of them; nil of none.
func joined(patterns []string) *regexp.Regexp {
	if len(patterns) == 0 {
		return nil
	}
	pattern, err := regexp.Compile(strings.Join(patterns, "|"))
	if err != nil {
		return nil
	}
	return pattern
}
