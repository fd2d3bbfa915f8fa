package gateways

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/text"
)

// What a block of a careful configuration says that it fixes is broken again without it.
func TestWithoutABlockItsBreaksAreBack(t *testing.T) {
	for _, g := range All() {
		t.Run(g.Name, func(t *testing.T) {
			wanted(t, g)
			t.Parallel()
			fixes, err := g.fixes()
			if err != nil || len(fixes) == 0 {
				t.Fatalf("%d blocks, %v", len(fixes), err)
			}
			for _, m := range fixes {
				if strings.HasSuffix(m.Text, "{") && m.First == m.Last {
					continue // it opens what the rest is in
				}
				back, err := broken(t.Context(), g.Without(m), m.Words)
				if err != nil {
					t.Fatalf("without %q: %v", m.Text, err)
				}
				missing := func(word string) bool { return !slices.Contains(back, word) }
				if slices.ContainsFunc(m.Words, missing) { // in the other ways, a header field holds what a query does in the first
					if back, err = broken(t.Context(), g.Without(m), names(Ways())); err != nil {
						t.Fatalf("without %q: %v", m.Text, err)
					}
				}
				for _, word := range m.Words {
					if missing(word) {
						t.Errorf("%s: without %q nothing breaks %s; what breaks is %s", g.Name, m.Text, word, strings.Join(back, " "))
					}
				}
			}
		})
	}
}

// broken lists the words for what a careful configuration breaks, beyond what it breaks when it is whole, in the first
// way and in those that the words name.
func broken(ctx context.Context, g Gateway, words []string) ([]string, error) {
	ways := slices.DeleteFunc(Ways(), func(w Way) bool { return w != Ways()[0] && !slices.Contains(words, w.String()) })
	r, err := g.Measure(ctx, Careful, ways...)
	if err != nil {
		return nil, err
	}
	excuses, err := g.Excuses()
	if err != nil {
		return nil, err
	}
	var all []string
	for _, b := range r.Breaks() {
		if _, excused := excuseOf(excuses, b); excused {
			continue
		}
		all = text.With(text.With(all, b.Clause), b.Case)
		if b.Case == "" {
			all = append(all, b.Ways...)
		}
	}
	return all, nil
}

func names(ways []Way) (list []string) {
	for _, w := range ways {
		list = append(list, w.String())
	}
	return list
}
