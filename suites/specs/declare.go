package specs

import (
	"context"
	"errors"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Target is what [Declare] tests; a runner.Target is one.
type Target interface {
	// Plan returns the cases to declare. It is called while the tree is built, when no server needs to run yet.
	Plan() ([]*suites.Planned, error)
	// Conform sends the selected ones and returns their results in the order of selected, with the verdict on the run.
	Conform(ctx context.Context, selected []*suites.Planned) (*schemas.Run, error)
	// Fails reports whether a case with that outcome fails its spec.
	Fails(schemas.Outcome) bool
}

// Declare adds the cases of the target to the Ginkgo suite that is being built: a container named after profile and style,
// in it containers by chapter, clause and case, and in them a spec for each variant, with its labels and the place where
// the case is. It is called in a container or at the top of a file, as often as there are targets.
//
// The first of the specs that Ginkgo selects has them all sent at once, in one run; each then tells its own verdict. What
// labels, focus and files leave out is not sent. The container is an ordered one, so that with ginkgo -p one process has it
// all, and the plan is sent once; it cannot be in another ordered container. A case that has to have the server for
// itself has it only if no other process speaks to it: decorate the container around with ginkgo.Serial if one does.
//
// A Target that makes no sense is reported while the tree is built. A server that cannot be tested fails the first spec with one
// line, and the others are skipped. A run in which nothing was judged, or too little, fails the first spec that it is about.
func Declare(target Target) {
	planned, err := target.Plan()
	if err == nil && len(planned) == 0 {
		err = errors.New("no case is selected")
	}
	if err != nil {
		panic("acsconform: " + err.Error()) // a spec that failed could be filtered out; Ginkgo says this while it builds the tree
	}
	first := planned[0]
	name := first.Profile.Name + "-" + string(first.Style)
	ginkgo.Describe(name, ginkgo.Ordered, ginkgo.ContinueOnFailure, ginkgo.Offset(1), func() {
		d := &declared{target: target, planned: planned}
		ginkgo.BeforeAll(d.run)
		branches(planned, func(ctx ginkgo.SpecContext, i int) {
			d.tell(d.judged(ctx, i))
		})
		ginkgo.AfterAll(d.note)
	})
}

// branches declares containers by chapter, clause and case, and in them a spec for each planned case.
func branches(planned []*suites.Planned, body func(ctx ginkgo.SpecContext, i int)) {
	chapters := chaptersByCase()
	declare(grow(planned, func(p *suites.Planned) []string {
		return []string{chapters[p.Case.Name.Text], p.Clause.ID, p.Case.Name.Text}
	}), planned, body)
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

func declare(at *branch, planned []*suites.Planned, body func(ginkgo.SpecContext, int)) {
	for _, b := range at.branches {
		ginkgo.Describe(b.name, func() { declare(b, planned, body) })
	}
	for _, i := range at.leaves {
		p := planned[i]
		ginkgo.It(p.ID(), ginkgo.Label(labels(p)...), placeOf(p), func(ctx ginkgo.SpecContext) { body(ctx, i) })
	}
}

// placeOf is where the case stands in the book.
func placeOf(p *suites.Planned) types.CodeLocation {
	return types.CodeLocation{FileName: p.Case.Name.File, LineNumber: p.Case.Name.Line}
}

// chaptersByCase returns the chapter of each case of the book.
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
