package runner

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/steady"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Answer returns what came back in an exchange without what differs each time. It takes an exchange from a report, in
// which a large body may be cut: its contents are then not reported.
func Answer(e *schemas.ExchangeReport) schemas.Answer {
	var a schemas.Answer
	if e.Fault != nil {
		a.Fault = e.Fault.Kind
	}
	r := e.Response
	if r == nil {
		return a
	}
	a.Proto, a.Status, a.Cut = r.Proto, r.Status, wasCut(r)
	for _, f := range r.Header {
		switch strings.ToLower(f.Name) {
		case "date":
		case "content-type":
			a.ContentType = f.Value
		default:
			a.Header = append(a.Header, schemas.Field{Name: f.Name, Value: steady.Field(f)})
		}
	}
	slices.SortFunc(a.Header, func(a, b schemas.Field) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Value, b.Value))
	})
	if a.Cut {
		return a
	}
	if e := body.Open(r.Body); e != nil {
		a.Code, a.Message, a.RequestID = e.Text("Code"), steady.Text(e.Text("Message")), steady.RequestID(e.Text("RequestId"))
		for _, m := range e.Members {
			a.Members = append(a.Members, m.Name)
		}
		slices.Sort(a.Members)
		a.Members = slices.Compact(a.Members)
	}
	return a
}

// wasCut distinguishes a body that was cut for keeping from one that is shorter because a secret was taken out of it.
func wasCut(r *schemas.Response) bool {
	return r.Truncated || r.Length > int64(len(r.Body)) && len(r.Body) > transport.TruncatedBody-8
}

// answers returns the different answers among several exchanges, secrets left out, in an order that does not depend on
// which came first. Of a single exchange the report says all there is to say, so it returns none. Clean are copies that can be
// shown, of those that were made before.
func (s *Session) answers(xs []*schemas.Exchange, clean []redact.Clean[*schemas.Exchange]) []schemas.Answer {
	if len(xs) < 2 {
		return nil
	}
	known := map[string]schemas.Answer{}
	for i, x := range xs {
		shown := &schemas.ExchangeReport{Fault: x.Fault}
		if i < len(clean) && clean[i].Value() != nil {
			shown.Response = clean[i].Value().Response
		} else {
			shown.Response = s.redactor.Answer(x).Value()
		}
		a := Answer(shown)
		key, err := json.Marshal(a)
		if err == nil {
			known[string(key)] = a
		}
	}
	keys := make([]string, 0, len(known))
	for key := range known {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	list := make([]schemas.Answer, 0, len(keys))
	for _, key := range keys[:min(mostAnswers, len(keys))] {
		list = append(list, known[key])
	}
	return list
}

// mostAnswers is how many sorts of answer a report keeps of one case.
const mostAnswers = 8
