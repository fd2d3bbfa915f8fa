package redact

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"
	"strings"
)

const (
	maxUnpacked = 3 // base64 in base64 in hex
	minBare     = 8 // letters and digits of a secret that is searched for in every encoding
	minPiece    = 8 // of a secret that was cut
)

// cut is a part of a text that must not be shown, and what is shown instead.
type cut struct {
	span
	shown string
}

// window is how much of a text is decoded at once, and overlap what is looked at twice so that no secret is parted.
const (
	window  = 64 << 10
	overlap = 16 << 10
)

// searching bounds how many windows are held at once.
var searching = make(chan struct{}, runtime.GOMAXPROCS(0))

// search returns where secrets are in a text, in any encoding and any case, whole or cut at an ellipsis or an end.
func search(text string, w *wanted) []cut {
	if len(w.secrets) == 0 || len(text) < minBare || w.views.areClean(text, w) {
		return nil
	}
	searching <- struct{}{}
	defer func() { <-searching }()
	var found []cut
	for from := 0; ; from += window - overlap {
		part := text[from:min(from+window, len(text))]
		if w.mayBeInText(part) {
			var here []cut
			searchLayer(&layer{text: []byte(part)}, w, &here)
			for _, c := range here {
				found = append(found, cut{span{c.from + from, c.to + from}, c.shown})
			}
		}
		if from+len(part) == len(text) {
			return found
		}
	}
}

func searchLayer(l *layer, w *wanted, found *[]cut) {
	walk(l, w.shortest, 0, func(l, bare *layer) {
		if w.mayBeIn(bare.text) {
			matches(l, bare, w, found)
		}
	}, func(s span) { *found = append(*found, cut{s, hidden}) })
}

// walk calls see with a layer, with what it reads as when its escapes are undone, and with all that is in it as base64, in hex,
// as numbers or compressed and has room for so many letters; beside each are its letters and digits alone. It calls over
// with the places of compressed text that is too long to be looked into.
func walk(l *layer, letters, depth int, see func(l, bare *layer), over func(span)) {
	for round := 0; l != nil && len(l.text) >= minBare && round <= maxRounds; round++ {
		bare := l.bare()
		if len(bare.text) < minPiece { // whatever encodes a secret has a letter or digit for each of its own at least
			bare.release()
			return
		}
		see(l, bare)
		bare.release()
		if depth < maxUnpacked {
			inner := func(inner *layer) { walk(inner, letters, depth+1, see, over) }
			l.unpacked(letters, inner)
			for _, s := range l.inflated(inner) {
				over(s)
			}
		}
		l = l.unescaped()
	}
}

// matches finds secrets, their halves and what a cut left over of them, in a layer of which the letters and digits are given.
func matches(l, bare *layer, w *wanted, found *[]cut) {
	for _, s := range w.secrets {
		whole(bare, s, found)
		halves(bare, s, w.public, found)
	}
	if !l.rough || bytes.Contains(l.text, ellipsis) {
		pieces(l, w, found)
		return
	}
	for _, s := range w.secrets {
		if !s.whole {
			piece(nil, bare, true, s, found)
		}
	}
}

// whole finds a secret.
func whole(bare *layer, s secret, found *[]cut) {
	for at := 0; ; {
		i := bytes.Index(bare.text[at:], []byte(s.bare))
		if i < 0 {
			return
		}
		at += i
		*found = append(*found, cut{bare.span(at, at+len(s.bare)), s.shown})
		at += len(s.bare)
	}
}

var ellipsis = []byte("…")

// pieces finds the parts of secrets that a cut left over: a beginning before it, an end behind it, and what is between
// two of them.
func pieces(l *layer, w *wanted, found *[]cut) {
	for from := 0; from <= len(l.text); {
		to := len(l.text)
		if i := bytes.Index(l.text[from:], ellipsis); i >= 0 {
			to = from + i
		}
		size := min(8*w.longest, to-from)
		tail := l.part(to-size, to).bare()
		var head *layer
		if from > 0 {
			head = l.part(from, from+size).bare()
		}
		for _, s := range w.secrets {
			if !s.whole {
				piece(head, tail, size == to-from, s, found)
			}
		}
		from = to + len(ellipsis)
	}
}

// piece finds what of a secret is at the end of a part of a text, and where the part is behind a cut, at its
// beginning; all is set where tail is the whole part.
func piece(head, tail *layer, all bool, s secret, found *[]cut) {
	add := func(of *layer, i, j int) { *found = append(*found, cut{of.span(i, j), s.shown}) }
	n := len(tail.text)
	if head != nil && all && n >= minPiece && n < len(s.bare) && strings.Contains(s.bare, string(tail.text)) {
		add(tail, 0, n)
		return
	}
	for n := min(n, len(s.bare)-1); n >= minPiece; n-- {
		if string(tail.text[len(tail.text)-n:]) == s.bare[:n] {
			add(tail, len(tail.text)-n, len(tail.text))
			break
		}
	}
	if head == nil {
		return
	}
	for n := min(len(head.text), len(s.bare)-1); n >= minPiece; n-- {
		if string(head.text[:n]) == s.bare[len(s.bare)-n:] {
			add(head, 0, n)
			break
		}
	}
}

// without returns a text in which each part is replaced by what is shown for it. Parts that overlap are one.
func without(text string, cuts []cut) string {
	if len(cuts) == 0 {
		return text
	}
	slices.SortFunc(cuts, func(a, b cut) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var out strings.Builder
	rest := 0
	for _, c := range cuts {
		if c.from >= rest {
			out.WriteString(text[rest:c.from])
			out.WriteString(c.shown)
		}
		rest = max(rest, c.to)
	}
	out.WriteString(text[rest:])
	return out.String()
}
