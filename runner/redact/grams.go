package redact

// gram is how many letters and digits are looked up at once, and stride how far one look-up is from the next: what is found of
// a secret has [minPiece] of its letters and digits in a row, so that one of the look-ups falls within.
const (
	gram   = 4
	stride = minPiece - gram + 1
)

// grams is which runs of [gram] letters and digits the secrets have, and by chance some others: by it most texts are told to
// have none of them.
type grams []uint64

// gramsOf returns the grams of secrets, with 256 bits for each of them at least.
func gramsOf(secrets []secret) grams {
	n := 0
	for _, s := range secrets {
		n += len(s.bare)
	}
	size := 16
	for size < 4*n {
		size *= 2
	}
	g := make(grams, size)
	for _, s := range secrets {
		for i := range len(s.bare) - gram + 1 {
			word, bit := g.place(s.bare[i], s.bare[i+1], s.bare[i+2], s.bare[i+3])
			g[word] |= bit
		}
	}
	return g
}

func (g grams) place(a, b, c, d byte) (word int, bit uint64) {
	h := (uint32(a) | uint32(b)<<8 | uint32(c)<<16 | uint32(d)<<24) * 0x9e3779b1
	h >>= 10
	return int(h>>6) & (len(g) - 1), 1 << (h & 63)
}

// mayBeIn reports whether a text of letters and digits may have a part of a secret. It is never false where there is one that
// is no part of a public text.
func (g grams) mayBeIn(bare []byte, public []string) bool {
	for i := 0; i+gram <= len(bare); i += stride {
		if !g.has(bare, i) {
			continue
		}
		from, to := g.around(bare, i)
		if to-from >= minPiece && !within(string(bare[from:to]), public) {
			return true
		}
		i = max(i, to-minPiece)
	}
	return false
}

// has reports whether the run that begins at a place is one of the secrets' own.
func (g grams) has(bare []byte, i int) bool {
	word, bit := g.place(bare[i], bare[i+1], bare[i+2], bare[i+3])
	return g[word]&bit != 0
}

// around returns the longest part around a place that is made of the secrets' own runs. The first letters of a signature, which
// are shown, are too few for a part of it.
func (g grams) around(bare []byte, i int) (from, to int) {
	from, to = i, i+gram
	for from > 0 && g.has(bare, from-1) {
		from--
	}
	for to < len(bare) && g.has(bare, to+1-gram) {
		to++
	}
	return from, to
}
