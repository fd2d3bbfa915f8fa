package observe

import "github.com/acsconform/acsconform/schemas/scan"

// IDFormat describes how the request id is written.
type IDFormat int

// The formats of request ids. NoID is that of an answer without one that can be spoken of.
const (
	NoID IDFormat = iota
	UUID
	OtherID
)

// ID is a request id.
type ID struct {
	Text []byte // as the body spells it; empty where it carries none that can be spoken of
	UUID scan.UUID
	Is   bool // it is a UUID
}

// IDOf reads a request id.
func IDOf(text []byte) *ID {
	id := &ID{Text: text}
	id.parse()
	return id
}

func (id *ID) parse() {
	if u, ok := scan.ParseUUID(id.Text); ok {
		id.UUID, id.Is = u, true
	}
}

func (id *ID) format() IDFormat {
	switch {
	case len(id.Text) == 0:
		return NoID
	case id.Is:
		return UUID
	}
	return OtherID
}
