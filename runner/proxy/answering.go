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
	in := bufio.NewReader(head)
	for {
		if _, err := in.Peek(1); err != nil {
			return
		}
		a, ok := <-t.asked
		switch {
		case !ok:
			t.giveUp(unasked)
			return
		case a.stop != "":
			t.giveUp(a.stop)
			return
		}
		if !t.readAnswer(in, head, a) {
			return
		}
	}
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
func (t *tap) readAnswer(in *bufio.Reader, head *headed, a *pendingRequest) bool {
	s := &pair{pending: a, body: keptBody{budget: &t.watch.budget}}
	if t.watch.look != nil {
		t.watch.look(a)
	}
	var err error
	for {
		head.left = maxHeader
		s.response, err = http.ReadResponse(in, &http.Request{Method: a.request.Method})
		head.left = -1
		if err != nil {
			return t.breaks(s, err)
		}
		s.charge()
		if code := s.response.StatusCode; code == http.StatusSwitchingProtocols || a.request.Method == http.MethodConnect && code/100 == 2 {
			s.release()
			t.watch.notJudged(tunnelled)
			t.giveUp(tunnelled)
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
	if err := t.answered.keep(&s.body, s.response.Body, length, in); err != nil {
		return t.breaks(s, err)
	}
	t.sent.settle(a.through.Load) // what passed before its answer is of it, however late it is read
	a.seal()
	a.stillHTTP <- true
	ambiguous := a.ambiguous
	s.ended = t.answered.time
	t.watch.hand(s)
	if ambiguous {
		t.giveUp(unclear)
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
