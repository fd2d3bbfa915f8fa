package specs

import (
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/acsconform/acsconform/suites"
)

// Declare adds the planned cases to the Ginkgo suite that is being built: containers by chapter, clause and case, and
// in them a spec for each variant, with its labels and the place where the case stands. Each spec waits for the
// verdict on planned[i], which wait(i) gives; strictly, what is warned fails too.
//
// It has to be called while the tree is built, so in a container or before RunSpecs. Whoever has a suite of his own
// registers Gomega's fail handler himself; [Run] does it for those who have none.
func Declare(planned []*suites.Planned, wait func(i int) *suites.Judged, strictly bool) {
	chapters := chaptersByCase()
	declare(grow(planned, func(p *suites.Planned) []string {
		return []string{chapters[p.Case.Name.Text], p.Clause.ID, p.Case.Name.Text}
	}), planned, wait, strictly)
}

// branch is a container that is to be: branches below it, or at the tips the planned cases by their index.
type branch struct {
	name     string
	branches []*branch
	leaves   []int
}

// grow sorts the planned cases into a tree by the names along the way, in the order of the plan.
func grow(planned []*suites.Planned, way func(*suites.Planned) []string) *branch {
	root := &branch{}
	known := map[string]*branch{}
	for i, p := range planned {
		at, path := root, ""
		for _, name := range way(p) {
			path += "\x00" + name
			next := known[path]
			if next == nil {
				next = &branch{name: name}
				known[path] = next
				at.branches = append(at.branches, next)
			}
			at = next
		}
		at.leaves = append(at.leaves, i)
	}
	return root
}

func declare(at *branch, planned []*suites.Planned, wait func(int) *suites.Judged, strictly bool) {
	for _, b := range at.branches {
		ginkgo.Describe(b.name, func() { declare(b, planned, wait, strictly) })
	}
	for _, i := range at.leaves {
		p := planned[i]
		place := types.CodeLocation{FileName: p.Case.Name.File, LineNumber: p.Case.Name.Line}
		ginkgo.It(p.ID(), ginkgo.Label(labels(p)...), place, func() { say(wait(i), strictly) })
	}
}

// chaptersByCase gives the chapter of each case of the book.
func chaptersByCase() map[string]string {
	names := map[string]string{}
	for _, chapter := range suites.Book() {
		for i := range chapter.Cases {
			names[chapter.Cases[i].Name.Text] = chapter.Name
		}
	}
	return names
}

// labels are the planned case's, without the characters that Ginkgo keeps for its filter's grammar (a profile from
// outside may be called anything).
func labels(p *suites.Planned) []string {
	var out []string
	for _, label := range p.Labels() {
		label = strings.Map(func(r rune) rune {
			if strings.ContainsRune("&|!,()/:{}", r) {
				return '-'
			}
			return r
		}, strings.TrimSpace(label))
		if label != "" {
			out = append(out, label)
		}
	}
	return out
}
