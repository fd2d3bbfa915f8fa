package observe

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Envelope is an opened body as rules read it. What it has in common with [body.Envelope] it does as that does.
type Envelope struct {
	view   *View
	Format schemas.Format
}

// Form returns the format.
func (e *Envelope) Form() schemas.Format { return e.Format }

// RootName returns the name of the XML root; empty in JSON.
func (e *Envelope) RootName() string {
	_, text := e.view.ask(question{what: root})
	return text
}

// HasRoot reports whether the XML root is that of a form, in which {Action} stands for the action, or for any where
// the action is not known.
func (e *Envelope) HasRoot(form string) bool {
	code, _ := e.view.ask(question{rootOfForm, form})
	return code == 1
}

// Flaws returns what a strict reading found wrong.
func (e *Envelope) Flaws() []body.Flaw {
	if code, _ := e.view.ask(question{what: flaws}); code == 0 {
		return nil
	}
	e.view.beyond()
	return e.view.opened.Faults
}

// NotAnObject describes what the top of JSON is instead of an object; empty for an object, and in XML.
func (e *Envelope) NotAnObject() string {
	if len(e.Flaws()) == 0 {
		return ""
	}
	return e.view.opened.NotAnObject()
}

// Class returns the class of the first member of that name.
func (e *Envelope) Class(name string) body.Class {
	code, _ := e.view.ask(question{class, name})
	return body.Class(code)
}

// Has reports a member of that name.
func (e *Envelope) Has(name string) bool { return e.Class(name) != body.Absent }

// Get returns the first member of that name.
func (e *Envelope) Get(name string) (body.Member, bool) {
	code, text := e.view.ask(question{value, name})
	return member(name, code, text)
}

func member(name string, code int, text string) (body.Member, bool) {
	if body.Class(code) == body.Absent {
		return body.Member{}, false
	}
	return body.Member{Name: name, Kind: body.Class(code).Kind(), Text: text}, true
}

// Text returns the text of the first member of that name, and "" when there is none.
func (e *Envelope) Text(name string) string {
	m, _ := e.Get(name)
	return m.Text
}

// All returns the members of that name.
func (e *Envelope) All(name string) []body.Member {
	code, text := e.view.ask(question{values, name})
	if code != several {
		if m, ok := member(name, code, text); ok {
			return []body.Member{m}
		}
		return nil
	}
	var all []body.Member
	e.view.beyond()
	for _, m := range e.view.opened.Members {
		if m.Name == name {
			all = append(all, m)
		}
	}
	return all
}

// Names returns the names of the members, in their order.
func (e *Envelope) Names() []string {
	_, text := e.view.ask(question{what: names})
	return list(text)
}

// Structured returns the names of the members that are objects, arrays, or elements with elements in them.
func (e *Envelope) Structured() []string {
	_, text := e.view.ask(question{what: structured})
	return list(text)
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\x00"), "\x00")
}

// Members returns the members, in their order. A verdict that depends on them is not repeated.
func (e *Envelope) Members() []body.Member {
	e.view.beyond()
	return e.view.opened.Members
}

// Misspelt finds a member that must have been meant for name, see [body.Envelope.Misspelt].
func (e *Envelope) Misspelt(name string) (string, bool) {
	if e.Has(name) {
		return "", false
	}
	var like body.Envelope
	for _, n := range e.Names() {
		like.Members = append(like.Members, body.Member{Name: n})
	}
	return like.Misspelt(name)
}

// AgreesWithHost reports whether a member is the host that the client addressed, to the letter.
func (e *Envelope) AgreesWithHost(name string) Agreement {
	code, _ := e.view.ask(question{sameAsHost, name})
	return Agreement(code)
}

// NamesHost reports whether the text of a member has the host in it that the client addressed.
func (e *Envelope) NamesHost(name string) bool {
	code, _ := e.view.ask(question{holdsHost, name})
	return code == 1
}
