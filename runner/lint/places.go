package lint

import (
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

const knownPlaces = 1 << 8

// places are the hosts and actions that a worker met. Those met lately are found by comparing them.
type places struct {
	known [knownPlaces]knownPlace
	names map[string]placeName
	key   []byte
	block int // of which a part is being made
}

// knownPlace is a host and action.
type knownPlace struct {
	placeName
	block  int         // in which it has a number; 0: none
	number int32       // of the place in the part of that block
	sound  sound       // of successes
	failed *scan.Shape // of the error that came last: it carries no result data
}

// sound is what of a success made it good, its request id aside: all that its verdict rests on. A layout does not vary
// the status, the Content-Type and the profile, and each shape is one of a body in lines of one layout.
type sound struct {
	shape  *scan.Shape
	format schemas.Format
}

// placeName is a host and action, made into strings once.
type placeName struct{ key, host, action string }

func newPlaces() places { return places{names: map[string]placeName{}} }

// of returns a host and action. It is valid until the next call.
func (s *places) of(host, action []byte) *knownPlace {
	k := &s.known[(slotOf(host)*31+slotOf(action))%knownPlaces]
	if len(k.host) == len(host) && len(k.action) == len(action) && k.key != "" && k.host == string(host) && k.action == string(action) {
		return k
	}
	s.key = append(append(append(s.key[:0], host...), 0), action...)
	name, ok := s.names[string(s.key)]
	if !ok {
		name = placeName{string(s.key), string(host), string(action)}
		if len(s.names) < maxPlaces {
			s.names[name.key] = name
		}
	}
	*k = knownPlace{placeName: name}
	return k
}

// slotOf spreads names that are likely to come together.
func slotOf(name []byte) uint {
	n := uint(len(name))
	if n == 0 {
		return 0
	}
	return n*7 + uint(name[n/2]) + uint(name[n*3/4])*5 + uint(name[0])*3
}

// placed returns the number of a place within the part, and counts a record there.
func (w *worker) placed(k *knownPlace) int32 {
	if k.block != w.places.block {
		k.block, k.number = w.places.block, w.part.place(k.placeName)
	}
	w.part.places[k.number].records++
	return k.number
}

// place returns the number of a host and action, a new one where it is not there.
func (p *part) place(name placeName) int32 {
	if n, ok := p.placeOf[name.key]; ok {
		return n
	}
	n := len(p.places)
	if n < cap(p.places) {
		p.places = p.places[:n+1]
	} else {
		p.places = append(p.places, place{})
	}
	p.places[n].host, p.places[n].action = name.host, name.action
	p.placeOf[name.key] = int32(n)
	return int32(n)
}
