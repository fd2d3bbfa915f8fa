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

// mayBeIn reports whether a text of letters and digits may have a part of a secret. It is never false where there is one.
func (g grams) mayBeIn(bare []byte) bool {
	for i := 0; i+gram <= len(bare); i += stride {
		if word, bit := g.place(bare[i], bare[i+1], bare[i+2], bare[i+3]); g[word]&bit != 0 {
			return true
		}
	}
	return false
}
