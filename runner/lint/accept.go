package lint

import (
	"bytes"
	"slices"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
	"github.com/acsconform/acsconform/suites"
)

// accept judges a record that was picked; false leaves it to the full judge.
func (w *worker) accept(at uint64) bool {
	q := w.profile(w.picked.profile)
	if q == nil {
		return false
	}
	w.picked.format = q.bound(w.picked.format)
	return w.acceptBy(q, at, nil)
}

// bound returns the format that was asked for; none where the profile does not know it, as it binds nothing then.
func (q *quick) bound(f schemas.Format) schemas.Format {
	if f != "" && !slices.Contains(q.profile.Formats, f) {
		return ""
	}
	return f
}

// acceptBy is accept by a profile; shape is that of the body, where it has one.
func (w *worker) acceptBy(q *quick, at uint64, shape *scan.Shape) bool {
	p := &w.picked
	k := w.places.of(p.host, p.action)
	if shape != nil && k.sound == (sound{shape, p.format}) && (len(p.idHeader) == 0 || bytes.Equal(p.idHeader, shape.Envelope.RequestID.Raw)) {
		w.good(q, at, k, false, shape.Envelope.RequestID.Raw, shape.Envelope.UUID)
		return true
	}
	w.answer = suites.Answer{Status: p.status, ContentType: p.contentType, IDHeader: p.idHeader, Action: p.action, Host: p.host, Format: p.format}
	if p.found == nil {
		return w.recall(q, k, at)
	}
	return w.settle(q, at, k, q.fast.AcceptsRead(&w.answer, p.found), p.found, shape)
}

// recall judges a body that could not be read on the way: by what was said of the same body before, or by unquoting
// and reading it.
func (w *worker) recall(q *quick, k *knownPlace, at uint64) bool {
	p := &w.picked
	var hash uint64
	again := false
	idAt, id := requestIDIn(p.body)
	if idAt >= 0 {
		text := p.body[idAt : idAt+36]
		hash = w.memory.hash(p, idAt)
		var m *memo
		if m, again = w.memory.recall(p, idAt, hash); m != nil && (len(p.idHeader) == 0 || string(p.idHeader) == string(text)) {
			w.good(q, at, k, m.failed, text, id)
			return true
		}
	}
	w.answer.Body = p.body
	if !p.plain {
		w.body = scan.Unquote(w.body[:0], p.body)
		w.answer.Body = w.body
	}
	e := q.fast.Envelope()
	if !w.settle(q, at, k, q.fast.Accepts(&w.answer), e, nil) {
		return false
	}
	if again && string(e.RequestID.Raw) == string(p.body[idAt:idAt+36]) {
		w.memory.hold(p, idAt, hash, p.status >= 400)
	}
	return true
}

// settle counts an accepted answer; false for one that the full judge has to look at.
func (w *worker) settle(q *quick, at uint64, k *knownPlace, accepted bool, e *scan.Envelope, shape *scan.Shape) bool {
	failed := w.picked.status >= 400
	if !accepted || (!failed || shape == nil || k.failed != shape) && !w.members(q, e, failed) {
		return false
	}
	switch {
	case shape == nil:
	case failed:
		k.failed = shape
	case e.IsUUID && e.Code.Kind == scan.None: // no other value of a success is looked at
		k.sound = sound{shape, w.picked.format}
	}
	w.good(q, at, k, failed, e.RequestID.Raw, q.fast.RequestID())
	return true
}

// members notes the result data of a success. It is false for an error that may carry some.
func (w *worker) members(q *quick, e *scan.Envelope, failed bool) bool {
	if q.results == "" || len(w.picked.action) == 0 {
		return true
	}
	for _, o := range e.Others() {
		if q.envelope[string(o.Name)] {
			continue
		}
		if failed {
			return false
		}
		if o.Kind == scan.Object || o.Kind == scan.Array {
			w.result(w.picked.action, o.Name)
		}
	}
	odd := e.AccessDenied.Kind != scan.None && !q.envelope["AccessDeniedDetail"]
	if failed {
		return !odd && (e.Recommend.Kind == scan.None || q.envelope["Recommend"])
	}
	if odd && e.AccessDenied.Kind == scan.Object {
		w.result(w.picked.action, []byte("AccessDeniedDetail"))
	}
	return true
}

// result notes that the successes of an action carry a member as result data.
func (w *worker) result(action, name []byte) {
	w.key = append(append(append(w.key[:0], action...), 0), name...)
	if !w.results[string(w.key)] {
		if len(w.results) >= maxResults {
			clear(w.results) // they are told again
		}
		key := string(w.key)
		w.results[key] = true
		w.part.results = append(w.part.results, key)
	}
}

// good counts a record in which nothing is wrong by itself.
func (w *worker) good(q *quick, at uint64, k *knownPlace, failed bool, text []byte, id scan.UUID) {
	w.part.judged++
	w.part.fast++
	e := ids.Entry{ID: ids.ID{High: id.High, Low: id.Low}, At: at, Place: uint32(w.placed(k)), Time: w.clock.seconds(w.picked.time)}
	w.identify(q.judging, e, failed, text, letterCase(id.Letters))
}
