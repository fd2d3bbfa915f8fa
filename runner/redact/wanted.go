package redact

import (
	"slices"
	"strings"
)

// wanted is the secrets that are searched for in every encoding, and how many letters and digits the shortest and the
// longest have.
type wanted struct {
	secrets           []secret
	shortest, longest int
	public            []string // letters and digits of AccessKeyIds
	shown             []string // those of them of which every part may be shown
	grams             []grams  // of the secrets
	views             *views   // nil: none are remembered
	short             []string // the cores of secrets that are not long enough to be told by their grams
}

// with returns what is searched for when more secrets are.
func (w wanted) with(more []secret) *wanted {
	w.secrets, w.grams = slices.Clone(w.secrets), append(slices.Clip(w.grams), gramsOf(more))
	w.short = slices.Clip(w.short)
	for _, s := range more {
		if len(s.core) < minPiece {
			w.short = append(w.short, s.core)
		}
		if n := len(s.bare); n >= minBare {
			w.secrets = append(w.secrets, s)
			w.longest = max(w.longest, n)
			if w.shortest == 0 || n < w.shortest {
				w.shortest = n
			}
		}
	}
	return &w
}

// mayBeIn reports whether letters and digits may have a part of a secret.
func (w *wanted) mayBeIn(bare []byte) bool {
	return slices.ContainsFunc(w.grams, func(g grams) bool { return g.mayBeIn(bare, w.shown) })
}

// areAbsent reports whether a text is found at little cost to have none of the secrets, in no spelling and no encoding.
func (w *wanted) areAbsent(text string) bool {
	switch {
	case len(text) > window, slices.ContainsFunc(w.short, func(core string) bool { return strings.Contains(text, core) }):
		return false
	case len(w.secrets) == 0, len(text) < minBare, w.views.areClean(text, w):
		return true
	}
	searching <- struct{}{}
	defer func() { <-searching }()
	return !w.mayBeInText(text)
}

// mayBeInText is mayBeIn for a text of at most one window, in every encoding.
func (w *wanted) mayBeInText(text string) bool {
	var found []cut
	searchLayer(&layer{text: []byte(text), rough: true}, w, &found)
	return len(found) > 0
}
