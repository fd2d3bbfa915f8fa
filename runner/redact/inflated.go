package redact

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// maxInflated is how much of compressed text is looked into. Compressed text that has more is not shown at all.
const maxInflated = 256 << 10

// inflaters open compressed text that begins as they say.
var inflaters = []struct {
	magic []byte
	first bool // looked for at the beginning of a text alone, since it is too short
	open  func(io.Reader) (io.Reader, error)
}{
	{[]byte{0x1f, 0x8b, 8}, false, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{[]byte("PK\x03\x04"), false, openZip},
	{[]byte{0x78, 0x01}, true, openZlib}, {[]byte{0x78, 0x5e}, true, openZlib}, {[]byte{0x78, 0x9c}, true, openZlib}, {[]byte{0x78, 0xda}, true, openZlib},
}

func openZlib(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }

// openZip opens the first file of an archive; the others have a beginning of their own.
func openZip(r io.Reader) (io.Reader, error) {
	var head [30]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	names := int64(binary.LittleEndian.Uint16(head[26:])) + int64(binary.LittleEndian.Uint16(head[28:]))
	if _, err := io.CopyN(io.Discard, r, names); err != nil {
		return nil, err
	}
	if binary.LittleEndian.Uint16(head[8:]) == 0 {
		return r, nil
	}
	return flate.NewReader(r), nil
}

// inflated calls visit with what is compressed in a layer. It reports where there is more of it than is looked into.
func (l *layer) inflated(visit func(*layer)) (over []span) {
	left := maxInflated
	for _, f := range inflaters {
		if f.first && !bytes.HasPrefix(l.text, f.magic) {
			continue
		}
		for at := 0; ; at++ {
			i := bytes.Index(l.text[at:], f.magic)
			if i < 0 {
				break
			}
			at += i
			r, err := f.open(bytes.NewReader(l.text[at:]))
			if err != nil {
				if f.first {
					break
				}
				continue
			}
			text, _ := io.ReadAll(io.LimitReader(r, int64(left)+1)) // what there is of a stream that breaks off counts
			if len(text) > left {
				over = append(over, l.span(at, len(l.text)))
				break
			}
			left -= len(text)
			out := l.next(len(text))
			out.add(l, at, len(l.text), text...)
			visit(out)
			if f.first {
				break
			}
		}
	}
	return over
}
