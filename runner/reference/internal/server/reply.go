package server

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A Reply is what the server has to say, before it is written down in a format.
type Reply struct {
	Fault   *Fault       // why it is refused; nil for a success
	Row     *schemas.Row // the row that a refusal tells
	Status  int
	Format  schemas.Format
	Root    string // of XML
	Members []Member
	Header  http.Header
}

// A Member is one member of an envelope or of a result. Its value is a string, an int, a bool, a list of members (an
// object), or a list of values (in XML the element repeated).
type Member struct {
	Name  string
	Value any
}

// List is a list of values in a reply.
type List = []any

// Get returns the text of a member, and "" when there is none.
func (r *Reply) Get(name string) string {
	for _, m := range r.Members {
		if text, ok := m.Value.(string); ok && m.Name == name {
			return text
		}
	}
	return ""
}

// Set replaces the value of a member where it is, or adds it at the end.
func (r *Reply) Set(name string, value any) {
	for i := range r.Members {
		if r.Members[i].Name == name {
			r.Members[i].Value = value
			return
		}
	}
	r.Members = append(r.Members, Member{name, value})
}

// Drop leaves a member out.
func (r *Reply) Drop(name string) {
	r.Members = slices.DeleteFunc(r.Members, func(m Member) bool { return m.Name == name })
}

// SetStatus changes the status everywhere it is written.
func (r *Reply) SetStatus(status int) {
	r.Status = status
	if slices.ContainsFunc(r.Members, func(m Member) bool { return m.Name == "HttpStatus" }) {
		r.Set("HttpStatus", status)
	}
}

// SetRow makes a refusal tell another row.
func (r *Reply) SetRow(row *schemas.Row) {
	code, message := fill(row, r.Fault.Parameter)
	r.Row = row
	r.Set("Code", code)
	r.Set("Message", message)
	r.SetStatus(StatusOf(row))
}

// Refuse makes the reply that tells a fault.
func (s *Server) Refuse(c *Call, f *Fault) *Reply {
	row := s.RowFor(f)
	code, message := fill(row, f.Parameter)
	if row == f.Row {
		code, message = fillHoles(row, f.Parameter) // it was asked for as it is
	}
	r := s.blank(c, StatusOf(row), s.Profile.Envelope.ErrorRoot)
	r.Fault, r.Row = f, row
	for _, name := range s.errorMembers() {
		switch name {
		case "HttpStatus":
			r.Set(name, r.Status)
		case "Code":
			r.Set(name, code)
		case "Message":
			r.Set(name, message)
		case "RequestId":
			r.Set(name, s.NewRequestID(c))
		case "HostId":
			r.Set(name, c.Host)
		default:
			r.Set(name, s.ownMember(name))
		}
	}
	if f.Condition == Throttled || strings.HasPrefix(code, "Throttling") {
		r.Header.Set("X-Acs-Retry-After", "1")
	}
	return r
}

// ownMember is the value of a member that only this profile asks for.
func (s *Server) ownMember(name string) any {
	if slices.Contains(s.Profile.Envelope.Numeric, name) {
		return 1
	}
	return s.Profile.Title
}

// errorMembers names the members of an error in the order of the document's samples. HostId comes last where the
// document does not list it: live gateways send it in every error.
func (s *Server) errorMembers() []string {
	shape := s.Profile.Envelope
	names := append(slices.Clone(shape.Mandatory), shape.Recommended...)
	if !slices.Contains(names, "HostId") {
		names = append(names, "HostId")
	}
	return names
}

// ActionForm is what can be part of the name of an XML element.
var ActionForm = regexp.MustCompile(`^[A-Za-z]{1,64}$`)

// serve makes the reply of a call with nothing wrong.
func (s *Server) serve(c *Call) *Reply {
	name := c.Value("Action")
	switch {
	case c.Action != nil:
		name = c.Action.Name
	case !ActionForm.MatchString(name):
		name = s.Service.Sound.Action
	}
	r := s.blank(c, http.StatusOK, strings.ReplaceAll(s.Profile.Envelope.SuccessRoot, "{Action}", name))
	r.Set("RequestId", s.NewRequestID(c))
	r.Members = append(r.Members, c.result...)
	return r
}

func (s *Server) blank(c *Call, status int, root string) *Reply {
	return &Reply{Status: status, Format: c.Format, Root: root, Header: http.Header{
		"Date": {c.Now.UTC().Format(http.TimeFormat)},
	}}
}

// NewUUID returns a random UUID (version 4) in upper case.
func NewUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
