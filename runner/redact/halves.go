package redact

import (
	"bytes"
	"strings"
)

// halves finds what is at least half of a secret and not the whole: parted over two fields of a header, neither part has the
// beginning and an ellipsis that [pieces] looks for. A part that an AccessKeyId has too is none, since that is no secret.
func halves(bare *layer, s secret, public []string, found *[]cut) {
	half := max(minPiece, len(s.bare)/2)
	if s.whole || len(s.bare) < 2*minPiece {
		return
	}
	block := (half + 1) / 2 // any piece of half the length contains one whole block
	for from := 0; from+block <= len(s.bare); from += block {
		for at := 0; ; {
			i := bytes.Index(bare.text[at:], []byte(s.bare[from:from+block]))
			if i < 0 {
				break
			}
			at += i
			before := commonEnd(bare.text[:at], s.bare[:from])
			after := block + commonStart(bare.text[at+block:], s.bare[from+block:])
			if part := string(bare.text[at-before : at+after]); len(part) >= half && !within(part, public) {
				*found = append(*found, cut{bare.span(at-before, at+after), s.shown})
			}
			at += after
		}
	}
}

func within(part string, public []string) bool {
	for _, id := range public {
		if strings.Contains(id, part) {
			return true
		}
	}
	return false
}

// commonStart is how many bytes two texts begin with alike.
func commonStart(a []byte, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// commonEnd is how many bytes two texts end with alike.
func commonEnd(a []byte, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
