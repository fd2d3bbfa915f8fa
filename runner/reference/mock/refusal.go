package mock

import (
	"bytes"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/signing"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// What is kept of refusals: so many in all, and of the last few of a wrong signature what was signed.
const (
	maxRefusals   = 50
	maxSignatures = 10
	maxSignedBody = 64 << 10 // a request with a longer body is kept without what was signed
)

// refusal is a call that was refused, and why.
type refusal struct {
	Entry
	Condition schemas.Condition
	Parameter string
	signed    *signed
}

// signed is a request whose signature is wrong: what both sides signed is worked out when somebody looks.
type signed struct {
	style   schemas.Style
	message sign.Message
	key     schemas.Credential
	once    sync.Once
	shown   *pageSignature
}

func refusalOf(c *server.Call, r *server.Reply, e Entry) refusal {
	of := refusal{Entry: e, Condition: r.Fault.Condition, Parameter: r.Fault.Parameter}
	if r.Fault.Condition == server.WrongSignature && c.Key != nil && len(c.Body) <= maxSignedBody {
		m := c.Message()
		m.Params, m.Header, m.Body = slices.Clone(m.Params), slices.Clone(m.Header), bytes.Clone(m.Body)
		of.signed = &signed{style: c.Style, message: m, key: c.Key.Credential}
	}
	return of
}

// refuse adds a refusal to those that are kept, and drops the oldest where there are too many.
func (j *journal) refuse(r refusal) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.refused) == maxRefusals {
		j.refused = slices.Delete(j.refused, 0, 1)
	}
	j.refused = append(j.refused, r)
	left := maxSignatures
	for i := range slices.Backward(j.refused) {
		if j.refused[i].signed == nil {
			continue
		}
		if left--; left < 0 {
			j.refused[i].signed = nil
			return
		}
	}
}

// refusals returns those that are kept, the last one first.
func (j *journal) refusals() []refusal {
	j.mu.Lock()
	defer j.mu.Unlock()
	list := slices.Clone(j.refused)
	slices.Reverse(list)
	return list
}

// pageSignature is what both sides signed, without secrets.
type pageSignature struct {
	Name   string // of the texts
	Ours   string
	Theirs string // what the client must have signed; empty where no known mistake leads to its signature
	Why    []string
}

// explanation is worked out once: the mistakes are looked for by signing a few thousand texts.
func (s *signed) explanation() *pageSignature {
	s.once.Do(func() { s.shown = s.explain() })
	return s.shown
}

// explain works out what the client has signed.
func (s *signed) explain() *pageSignature {
	told := signing.SentBy(s.style, s.message)
	steps := signing.Explain(s.style, s.message, s.key.AccessKeySecret)
	clean := signing.Cleaner(&schemas.Target{Credentials: map[string]schemas.Credential{schemas.DefaultKey: s.key}}, s.message, told)
	out := &pageSignature{Name: "string to sign"}
	if s.style == schemas.ACS3 {
		out.Name = steps.CanonicalName()
	}
	c := signing.Compare(steps, told, s.key.AccessKeySecret)
	ours := steps.ToSign
	if s.style == schemas.ACS3 {
		ours = steps.Canonical
	}
	out.Ours, out.Theirs = lines(clean(ours)), lines(clean(c.Made))
	for _, m := range c.Mistakes {
		out.Why = append(out.Why, m.Name+": "+m.Says)
	}
	return out
}
