package lint

import "github.com/acsconform/acsconform/schemas/scan"

const (
	maxLayouts = 16
	maxShapes  = 16  // of bodies, in lines of one layout
	relearn    = 512 // when there are that many, one is learned for so many lines that are of none
)

// layouts are the forms that lines came in, the most used first. A line of a log has the names, the order and often
// the values of those before it, and its body has those of other bodies. So a line is held against what came before:
// bytes are compared, and only what differs is read. What fits is what picking and scanning would have found.
type layouts struct {
	list    []*layout
	learned patience
}

// layout is one form of lines, and the forms that the bodies in them have.
type layout struct {
	*scan.Layout
	w       *worker
	q       *quick
	shapes  []*scan.Shape
	learned patience
	shape   *scan.Shape // of the body that was read last; nil: it is of none
}

// patience describes when something is worth learning: the first few times, and now and then.
type patience int

func (p *patience) worth(most int) bool {
	*p++
	return int(*p) <= most || int(*p)%relearn == 0
}

// known judges a line where its layout is known and nothing is wrong with it. It tells how long the line is, with its
// end; 0 leaves it to record.
func (w *worker) known(rest []byte, line int64) int {
	for n, l := range w.layouts.list {
		end := l.Fit(rest, l)
		if end < 0 {
			continue
		}
		if end < len(rest) {
			if rest[end] != '\n' {
				continue
			}
			end++
		}
		if n > 0 {
			w.layouts.list[n-1], w.layouts.list[n] = l, w.layouts.list[n-1]
		}
		if !w.line.again(&w.picked, l.Values) {
			return 0
		}
		w.picked.format = l.q.bound(w.picked.format)
		if !w.acceptBy(l.q, position(w.input, line), l.shape) {
			return 0
		}
		w.part.records++
		if l.shape == nil && l.learned.worth(2*maxShapes) {
			if s := l.q.fast.Learn(w.picked.body); s != nil {
				l.shapes = keep(l.shapes, s, maxShapes)
			}
		}
		return end
	}
	return 0
}

// ReadBody reads the body of a line of the layout.
func (l *layout) ReadBody(b []byte, i int) (end int) {
	p := &l.w.picked
	for n, s := range l.shapes {
		if end := s.Fit(b, i+1); end >= 0 && end < len(b) && b[end] == '"' {
			if n > 0 {
				l.shapes[n-1], l.shapes[n] = s, l.shapes[n-1]
			}
			l.shape, p.found = s, &s.Envelope
			return end + 1
		}
	}
	l.shape, p.found = nil, nil
	end, read := p.scanner.Body(b, i, &p.envelope)
	if read {
		p.found = &p.envelope
	}
	return end
}

// learn learns the layout of a record that was picked and accepted.
func (w *worker) learn(f form, raw []byte) {
	if !w.layouts.learned.worth(2 * maxLayouts) {
		return
	}
	p := &w.picked
	if l := f.learn(p, raw); l != nil {
		one := &layout{Layout: l, w: w, q: w.profile(p.profile)}
		w.layouts.list = keep(w.layouts.list, one, maxLayouts)
	}
}

// keep adds one to a list, in the place of the last when there are too many.
func keep[T any](list []T, one T, most int) []T {
	if len(list) == most {
		list = list[:most-1]
	}
	return append(list, one)
}
