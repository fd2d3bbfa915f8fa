package lint

import (
	"bytes"
	"hash/maphash"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

const (
	remembered     = 4096 // bodies, of one worker
	maxRememberedB = 2048 // bytes of one
)

// memory holds bodies that were accepted, and what was known of them, so that the same body with another request id
// need not be looked at again. A body has to come twice to be held. It is for one goroutine.
type memory struct {
	seed  maphash.Seed
	once  [remembered]uint64 // hashes of what came
	slots [remembered]memo
}

// memo is one accepted body. Nothing of it is lost: what is compared is the body itself.
type memo struct {
	body             []byte // as it is written in the record; empty: none
	at               int    // where the request id stands
	status           int
	format           schemas.Format
	meta             []byte // Content-Type, host, action and profile
	failed           bool
	typeEnd, hostEnd int
	actionEnd        int
}

func newMemory() *memory { return &memory{seed: maphash.MakeSeed()} }

// requestIDIn finds where the value of the first RequestId stands, as it is written in a record; negative where it is
// no UUID.
func requestIDIn(body []byte) (at int, id scan.UUID) {
	i := bytes.Index(body, []byte("RequestId"))
	if i < 0 {
		return -1, id
	}
	i += len("RequestId")
	for _, skip := range [...]int{len(`\":\"`), len(`>`), len(`":"`), len(`\u003e`)} {
		if at := i + skip; at+36 <= len(body) && body[at+8] == '-' {
			if id, ok := scan.ParseUUID(body[at : at+36]); ok {
				return at, id
			}
		}
	}
	return -1, id
}

// hash is that of a record without its request id.
func (m *memory) hash(p *picked, at int) uint64 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	_, _ = h.Write(p.body[:at])
	_, _ = h.Write(p.body[at+36:])
	_, _ = h.Write(p.action)
	_ = h.WriteByte(byte(p.status))
	return h.Sum64()
}

// recall finds the memo of a record; nil when there is none. Then again tells that the record came before.
func (m *memory) recall(p *picked, at int, hash uint64) (found *memo, again bool) {
	slot := hash % remembered
	c := &m.slots[slot]
	if len(c.body) == len(p.body) && c.at == at && c.status == p.status && c.format == p.format &&
		bytes.Equal(c.meta[:c.typeEnd], p.contentType) && bytes.Equal(c.meta[c.typeEnd:c.hostEnd], p.host) &&
		bytes.Equal(c.meta[c.hostEnd:c.actionEnd], p.action) && bytes.Equal(c.meta[c.actionEnd:], p.profile) &&
		bytes.Equal(c.body[:at], p.body[:at]) && bytes.Equal(c.body[at+36:], p.body[at+36:]) {
		return c, true
	}
	again = m.once[slot] == hash
	m.once[slot] = hash
	return nil, again
}

// hold keeps an accepted record whose request id is the text at that place.
func (m *memory) hold(p *picked, at int, hash uint64, failed bool) {
	if len(p.body) > maxRememberedB || bytes.Count(p.body, []byte("RequestId")) != 1 {
		return
	}
	c := &m.slots[hash%remembered]
	c.body = append(c.body[:0], p.body...)
	c.at, c.status, c.format, c.failed = at, p.status, p.format, failed
	c.meta = append(c.meta[:0], p.contentType...)
	c.typeEnd = len(c.meta)
	c.meta = append(c.meta, p.host...)
	c.hostEnd = len(c.meta)
	c.meta = append(c.meta, p.action...)
	c.actionEnd = len(c.meta)
	c.meta = append(c.meta, p.profile...)
}
