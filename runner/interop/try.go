package interop

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/interop/clients"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// cell is one cell of the table: what the server answered, and what the client made of it.
type cell struct {
	client   clients.Client
	answer   *schemas.Response
	requests int
	reading  schemas.Reading
}

// try brings a client into a situation. It returns false where the situation cannot arise.
func try(s situation, p *schemas.Profile, c clients.Client) (cell, bool) {
	if !s.fits(p, c) {
		return cell{}, false
	}
	server := reference.New(p, reference.Now(func() time.Time { return time.Now().Add(s.clock) }))
	f := listen(server)
	defer f.listens.Close()
	target := server.TargetIn(f.listens.URL, c.Style)
	call := clients.Call{
		Host: f.host(), Action: target.Request.Action, Version: target.Request.Version, Params: target.Request.Params,
		Key: target.Credentials[schemas.DefaultKey],
	}
	if c.Style == schemas.ROA {
		call.Path = target.Request.Path
	}
	if s.key != "" {
		call.Key = target.Credentials[s.key]
	}
	if f.row = s.row(p); s.edit != nil {
		s.edit(&call)
	}
	if s.front != nil {
		s.front(f)
	}
	m := cell{client: c, reading: c.Do(call)}
	m.answer, m.requests = f.answered()
	return m, true
}

func (s situation) fits(p *schemas.Profile, c clients.Client) bool {
	return (len(s.profiles) == 0 || slices.Contains(s.profiles, p.Name)) &&
		(len(c.Profiles) == 0 || slices.Contains(c.Profiles, p.Name)) &&
		slices.Contains(p.Styles, c.Style) &&
		(s.onlyIf == nil || s.onlyIf(c)) &&
		(len(s.codes) == 0 || s.row(p) > 0)
}

// told describes what the server answered: "200", "400 MissingParameter".
func (m cell) told() string {
	if m.answer == nil {
		return "not reached"
	}
	e := body.Open(m.answer.Body)
	if m.answer.Status < 300 || e == nil {
		return fmt.Sprint(m.answer.Status)
	}
	return fmt.Sprintf("%d %s", m.answer.Status, e.Text("Code"))
}

// cell describes in a few words what reached the client's caller: ✓ when all did that the server told last.
func (m cell) cell() string {
	text := m.verdict()
	if m.requests != 1 {
		text += fmt.Sprintf(", %d requests", m.requests)
	}
	return text
}

func (m cell) verdict() string {
	r := m.reading
	switch {
	case m.answer == nil:
		return "sends nothing"
	case r.Panicked:
		return "panics"
	case r.Fault != "":
		return "loses all" // its words differ by the version of Node
	case r.Failed != (m.answer.Status >= 400):
		return "takes it for " + map[bool]string{true: "a failure", false: "a success"}[r.Failed]
	}
	if lost := lost(r, m.answer); len(lost) > 0 {
		return "loses " + strings.Join(lost, ", ")
	}
	return "✓"
}

// lost names what did not reach the caller.
func lost(r schemas.Reading, answer *schemas.Response) []string {
	var names []string
	e := body.Open(answer.Body)
	note := func(name, got, want string) {
		if got != want || want == "" {
			names = append(names, name)
		}
	}
	if answer.Status >= 400 {
		if r.Status != answer.Status {
			names = append(names, "status")
		}
		note("Code", r.Code, e.Text("Code"))
		note("Message", r.Message, e.Text("Message"))
	}
	note("RequestId", r.RequestID, e.Text("RequestId"))
	return names
}
