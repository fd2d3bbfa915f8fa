// Package ids finds the request ids that come more than once among very many, exactly and in bounded memory.
//
// A UUID is kept whole, in its 16 bytes; any other id by the first 16 bytes of its SHA-256. Entries are spread over
// partitions by a keyed hash, so that nobody who chooses the ids can fill one. When the memory allowed is used up,
// all partitions go to one temporary file, and each is read back by itself in the end.
//
// Nothing about it is promised to importers; package runner says what is.
package ids

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"

	"github.com/acsconform/acsconform/schemas/scan"
)

// ID is a request id in the form that is compared.
type ID struct{ High, Low uint64 }

// Entry is one id as it came. It takes 32 bytes.
type Entry struct {
	ID    ID
	At    uint64 // where it came, in an order of the caller's
	Place uint32 // whatever the caller wants back
	Time  uint32
}

const entrySize = 32

// Of returns the ID of a text, in which the case of letters does not count.
func Of(text []byte) ID {
	if id, ok := scan.ParseUUID(text); ok {
		return ID{id.High, id.Low}
	}
	lower := make([]byte, len(text))
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	sum := sha256.Sum256(lower)
	return ID{binary.BigEndian.Uint64(sum[:]), binary.BigEndian.Uint64(sum[8:])}
}

// key makes the hash one that nobody can foresee.
type key struct{ a, b uint64 }

func newKey() key { return key{rand.Uint64() | 1, rand.Uint64() | 1} }

func (k key) hash(id ID) uint64 {
	high, low := bits.Mul64(id.High^k.a, id.Low^k.b)
	high, low = bits.Mul64(high^low^k.b, k.a)
	return high ^ low
}
