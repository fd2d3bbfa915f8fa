package reference

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A reply is what the server has to say, before it is written down in a format.
type reply struct {
	fault   *fault       // why it is refused; nil for a success
	row     *schemas.Row // the row that a refusal tells
	status  int
	format  schemas.Format
	root    string // of XML
	members []member
	header  http.Header
}

// A member is one member of an envelope or of a result. Its value is a string, an int, a bool, a list of members (an
// object), or a list of values (in XML the element repeated).
type member struct {
	name  string
	value any
}

type list = []any

// get returns the text of a member, and "" when there is none.
func (r *reply) get(name string) string {
	for _, m := range r.members {
		if text, ok := m.value.(string); ok && m.name == name {
			return text
		}
	}
	return ""
}

// set replaces the value of a member where it stands, or adds it at the end.
func (r *reply) set(name string, value any) {
	for i := range r.members {
		if r.members[i].name == name {
			r.members[i].value = value
			return
		}
	}
	r.members = append(r.members, member{name, value})
}

func (r *reply) drop(name string) {
	r.members = slices.DeleteFunc(r.members, func(m member) bool { return m.name == name })
}

// SetStatus changes the status everywhere it is told.
func (r *reply) SetStatus(status int) {
	r.status = status
	if slices.ContainsFunc(r.members, func(m member) bool { return m.name == "HttpStatus" }) {
		r.set("HttpStatus", status)
	}
}

// SetRow makes a refusal tell another row.
func (r *reply) SetRow(row *schemas.Row) {
	code, message := fill(row, r.fault.parameter)
	r.row = row
	r.set("Code", code)
	r.set("Message", message)
	r.SetStatus(StatusOf(row))
}

// refuse makes the reply that tells a fault.
func (s *Server) refuse(c *call, f *fault) *reply {
	row := s.RowFor(f)
	code, message := fill(row, f.parameter)
	if row == f.row {
		code, message = fillHoles(row, f.parameter) // it was asked for as it is
	}
	r := s.blank(c, StatusOf(row), s.profile.Envelope.ErrorRoot)
	r.fault, r.row = f, row
	for _, name := range s.errorMembers() {
		switch name {
		case "HttpStatus":
			r.set(name, r.status)
		case "Code":
			r.set(name, code)
		case "Message":
			r.set(name, message)
		case "RequestId":
			r.set(name, s.NewRequestID(c))
		case "HostId":
			r.set(name, c.host)
		default:
			r.set(name, s.ownMember(name))
		}
	}
	if f.condition == throttled || strings.HasPrefix(code, "Throttling") {
		r.header.Set("X-Acs-Retry-After", "1")
	}
	return r
}

// ownMember is the value of a member that only this profile asks for.
func (s *Server) ownMember(name string) any {
	if slices.Contains(s.profile.Envelope.Numeric, name) {
		return 1
	}
	return s.profile.Title
}

// errorMembers names the members of an error in the order of the document's samples. HostId comes last where the
// document does not list it: live gateways send it in every error.
func (s *Server) errorMembers() []string {
	shape := s.profile.Envelope
	names := append(slices.Clone(shape.Mandatory), shape.Recommended...)
	if !slices.Contains(names, "HostId") {
		names = append(names, "HostId")
	}
	return names
}

// actionForm is what can be part of the name of an XML element.
var actionForm = regexp.MustCompile(`^[A-Za-z]{1,64}$`)

// serve makes the reply of a call with nothing wrong.
func (s *Server) serve(c *call) *reply {
	name := c.value("Action")
	switch {
	case c.action != nil:
		name = c.action.name
	case !actionForm.MatchString(name):
		name = s.service.sound.Action
	}
	r := s.blank(c, http.StatusOK, strings.ReplaceAll(s.profile.Envelope.SuccessRoot, "{Action}", name))
	r.set("RequestId", s.NewRequestID(c))
	r.members = append(r.members, c.result...)
	return r
}

func (s *Server) blank(c *call, status int, root string) *reply {
	return &reply{status: status, format: c.format, root: root, header: http.Header{
		"Date": {c.now.UTC().Format(http.TimeFormat)},
	}}
}

// newUUID returns a random UUID (version 4) in upper case.
func newUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
