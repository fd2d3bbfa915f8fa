package proxy

import (
	"bufio"
	"errors"
	"io"
	"net/http"
)

// readAnswers reads what the upstream sends, each answer for the request that waits longest for it.
func (t *tap) readAnswers() {
	defer t.answered.drop()
	defer t.leaveOpen()
	defer close(t.over)
	defer t.guard()
	head := &headed{in: t.answered, left: -1}
	r := &answers{tap: t, in: bufio.NewReader(head), head: head}
	defer r.hand()
	for r.next() {
	}
}

// next reads one answer, or what is behind one; false when nothing more can be read.
func (r *answers) next() bool {
	r.linger()
	if _, err := r.in.Peek(1); err != nil {
		return false
	}
	if passed, goOn := r.passOver(); passed {
		return goOn
	}
	r.hand()
	a, ok := <-r.asked
	switch {
	case !ok:
		r.giveUp(unasked)
		return false
	case a.stop != "":
		r.giveUp(a.stop)
		return false
	}
	return r.readAnswer(a)
}

// leaveOpen counts the requests that will have no answer.
func (t *tap) leaveOpen() {
	for a := range t.asked {
		if a.stop != "" {
			t.giveUp(a.stop)
			continue
		}
		a.forget(&t.watch.budget)
		t.unanswered(Incomplete)
	}
}

// unanswered counts a request of which no answer is known, for that reason or because the connection was given up.
func (t *tap) unanswered(why Reason) {
	if t.gone.Load() {
		why = Lost
	}
	t.watch.notJudged(why)
}

// readAnswer reads the answer to one request, interim ones passed over; false when nothing can be read behind it.
func (r *answers) readAnswer(a *pendingRequest) bool {
	s := &pair{pending: a, body: keptBody{budget: &r.watch.budget}}
	if r.watch.look != nil {
		r.watch.look(a)
	}
	var err error
	for {
		r.head.left = maxHeader
		s.response, err = http.ReadResponse(r.in, &http.Request{Method: a.request.Method})
		r.head.left = -1
		if err != nil {
			return r.breaks(s, err)
		}
		s.charge()
		if code := s.response.StatusCode; code == http.StatusSwitchingProtocols || a.request.Method == http.MethodConnect && code/100 == 2 {
			s.release()
			r.watch.notJudged(tunnelled)
			r.giveUp(tunnelled)
			return false
		}
		if s.response.StatusCode >= 200 {
			break
		}
	}
	length := s.response.ContentLength
	if s.response.Body == http.NoBody {
		length = 0
	}
	if err := r.answered.keep(&s.body, s.response.Body, length, r.in); err != nil {
		return r.breaks(s, err)
	}
	r.sent.settle(a.through.Load) // what passed before its answer is of it, however late it is read
	a.seal()
	a.stillHTTP <- true
	ambiguous := a.ambiguous
	s.ended = r.answered.time
	r.hold(s)
	if ambiguous {
		r.hand()
		r.giveUp(unclear)
	}
	return !ambiguous
}

// breaks ends with an answer that is not complete, or none.
func (t *tap) breaks(s *pair, err error) bool {
	s.release()
	t.unanswered(Incomplete)
	switch {
	case errors.Is(err, errLongHeader):
		t.giveUp(longHeader)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errBroken), errors.Is(err, errGivenUp):
	default:
		t.giveUp(malformed)
	}
	return false
}
