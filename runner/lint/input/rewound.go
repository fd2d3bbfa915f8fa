package input

import (
	"bytes"
	"cmp"
	"io"
)

// rewound is an input of which something was read and put back.
type rewound struct {
	in   io.Reader
	head []byte // comes before what is in the input
	err  error  // comes behind the head
}

// unread puts back what was read last.
func (r *rewound) unread(text []byte) { r.head = append(bytes.Clone(text), r.head...) }

// Read reads what was put back, and then on.
func (r *rewound) Read(p []byte) (int, error) {
	if len(r.head) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		return r.in.Read(p)
	}
	n := copy(p, r.head)
	r.head = r.head[n:]
	return n, nil
}

// gap passes over white space and byte order marks, and returns how many lines end there; an error where nothing follows.
func (r *rewound) gap() (lines int64, err error) {
	const mark = "\xef\xbb\xbf"
	for idle := 0; ; idle++ {
		rest := bytes.TrimPrefix(bytes.TrimLeft(r.head, " \t\r\n"), []byte(mark))
		lines += int64(bytes.Count(r.head[:len(r.head)-len(rest)], []byte("\n")))
		moved := len(rest) < len(r.head)
		r.head = rest
		switch {
		case moved:
			idle = 0
		case len(rest) > 0 && (r.err != nil || !bytes.HasPrefix([]byte(mark), rest)):
			return lines, nil
		case r.err != nil:
			return lines, r.err
		default: // nothing, or what may be the beginning of a mark
			more := make([]byte, 4<<10)
			n := 0
			n, r.err = r.in.Read(more)
			r.head = append(bytes.Clone(rest), more[:n]...)
			if idle > 100 {
				r.err = cmp.Or(r.err, io.ErrNoProgress)
			}
		}
	}
}
