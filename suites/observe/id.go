package observe

import (
	"bytes"

	"github.com/acsconform/acsconform/schemas/scan"
)

// IDFormat describes how the request id is written.
type IDFormat int

// The formats of request ids. NoID is that of an answer without one that can be spoken of.
const (
	NoID IDFormat = iota
	UUID
	PaddedID // it has blanks around it
	OtherID
)

// ID is a request id.
type ID struct {
	Text   []byte // as the body spells it, without blanks around it; empty where it carries none that can be spoken of
	UUID   scan.UUID
	Is     bool // it is a UUID, but for blanks around it
	padded bool // there are some
}

// IDOf reads a request id.
func IDOf(text []byte) *ID {
	id := &ID{}
	id.parse(text)
	return id
}

func (id *ID) parse(written []byte) {
	id.Text = bytes.TrimSpace(written)
	id.padded = len(id.Text) < len(written)
	if u, ok := scan.ParseUUID(id.Text); ok {
		id.UUID, id.Is = u, true
	}
}

func (id *ID) format() IDFormat {
	switch {
	case len(id.Text) == 0:
		return NoID
	case id.padded:
		return PaddedID
	case id.Is:
		return UUID
	}
	return OtherID
}
