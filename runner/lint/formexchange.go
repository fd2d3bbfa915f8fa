package lint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

// The slots of an exchange of our own schema.
const (
	ownStatus = iota
	ownBody
	ownHeader
	ownStarted
	ownURL
	ownSent // the body of the request
	ownSentHeader
	ownAction
	ownHost
	ownFormat
	ownProfile
	ownLength
	ownMethod
	ownSlots
)

// The values that headers adds to those of the paths.
const (
	ownType = len(ownPaths) + iota // Content-Type
	ownID                          // x-acs-request-id
	ownValues
)

// ownPaths are the paths of the slots; then of what makes a record one for the full reader.
var ownPaths = [...]string{
	"response.status", "response.body", "response.header", "started", "request.url", "request.body", "request.header",
	"asked.action", "asked.host", "asked.format", "asked.profile", "response.length", "request.method",
	"asked.case", "asked.condition", "asked.clause", "asked.no_format", "asked.echo", "asked.row", "asked.parameter", "fault",
	"response.truncated", "response.cut", "attempts", "asked.step", "asked.together", "asked.place",
}

// exchangeForm reads exchanges as a transcript has them.
type exchangeForm struct{ picker, field *scan.Picker }

func newExchangeForm() *exchangeForm {
	return &exchangeForm{scan.NewPicker(ownPaths[:]...).WithBody(ownBody), scan.NewPicker("name", "value")}
}

func (f *exchangeForm) pick(p *picked, raw []byte) bool {
	v := p.values[:ownValues]
	read, ok := p.scanner.PickBody(f.picker, raw, v[:len(ownPaths)], &p.envelope)
	if p.found = nil; read {
		p.found = &p.envelope
	}
	if !ok || v[ownStatus].Kind != scan.Number || v[ownBody].Kind != scan.String {
		return false
	}
	for i := range v[:len(ownPaths)] {
		text := i != ownStatus && i != ownLength && i != ownHeader && i != ownSentHeader
		if v[i].Kind != scan.None && (i >= ownSlots || text && v[i].Kind != scan.String) {
			return false
		}
	}
	if len(v[ownFormat].Raw) > 0 && formatOf(v[ownFormat].Raw) == "" {
		return false
	}
	return f.headers(p, v) && f.again(p, v)
}

// learn learns a layout, in which the names of the answer's headers do not vary, and of their values the Content-Type.
func (f *exchangeForm) learn(p *picked, raw []byte) *scan.Layout {
	v := p.values
	fixed := [][]byte{v[ownStatus].Raw, v[ownFormat].Raw, v[ownProfile].Raw, v[ownType].Raw}
	list := v[ownHeader].Raw
	for element, at, ok := p.scanner.Element(list, 0); ok; element, at, ok = p.scanner.Element(list, at) {
		if !p.scanner.Pick(f.field, element, p.field[:]) {
			return nil
		}
		fixed = append(fixed, p.field[0].Raw)
	}
	v[ownHeader].Raw, v[ownSentHeader].Raw = nil, nil // that they are there is all that counts from now on
	return scan.LearnLayout(raw, v[:ownValues], ownBody, fixed)
}

func (f *exchangeForm) again(p *picked, v []scan.Value) bool {
	for i := ownStarted; i < ownValues; i++ {
		if v[i].Kind == scan.String && !v[i].Plain && i != ownURL && i != ownSent {
			return false
		}
	}
	if _, ok := common(v[ownStarted].Raw); !ok && v[ownStarted].Kind != scan.None {
		return false
	}
	p.body, p.plain, p.status = v[ownBody].Raw, v[ownBody].Plain, number(v[ownStatus])
	if p.status == 0 || isNoAnswer(p.status) || isNoCallBytes(v[ownMethod].Raw) || longer(v[ownLength].Raw, p.body) { // a length alone says nothing
		return false
	}
	p.contentType, p.idHeader = v[ownType].Raw, v[ownID].Raw
	p.time, p.host, p.action = v[ownStarted].Raw, v[ownHost].Raw, v[ownAction].Raw
	p.format, p.profile = formatOf(v[ownFormat].Raw), v[ownProfile].Raw
	p.readURL(p.text(v[ownURL], &p.url))
	switch sent := v[ownSent]; {
	case len(sent.Raw) == 0:
	case v[ownSentHeader].Kind == scan.None && (len(v[ownMethod].Raw) == 0 || string(v[ownMethod].Raw) == "POST"):
		p.readForm(p.text(sent, &p.form))
	case len(p.action) == 0:
		p.action = parameter(p.text(sent, &p.form), "Action")
	}
	return len(p.action) > 0 && p.format != "" || v[ownSentHeader].Kind == scan.None
}

// longer reports a length that may be more than there is of the body, or is none.
func longer(length, body []byte) bool {
	n := digits(length)
	return n < 0 || n > len(body)
}

// headers adds the two fields of the answer's header that matter to a good one.
func (f *exchangeForm) headers(p *picked, v []scan.Value) bool {
	v[ownType], v[ownID] = scan.Value{}, scan.Value{}
	list := v[ownHeader]
	if list.Kind != scan.Array {
		return list.Kind == scan.None
	}
	for element, at, ok := p.scanner.Element(list.Raw, 0); ok; element, at, ok = p.scanner.Element(list.Raw, at) {
		if !p.scanner.Pick(f.field, element, p.field[:]) {
			return false
		}
		name, value := p.field[0], p.field[1]
		if name.Kind != scan.String || value.Kind != scan.String || !name.Plain || !value.Plain {
			return false
		}
		slot := 0
		switch {
		case len(name.Raw) == len("content-type") && bytes.EqualFold(name.Raw, []byte("content-type")):
			slot = ownType
		case len(name.Raw) == len("x-acs-request-id") && bytes.EqualFold(name.Raw, []byte("x-acs-request-id")):
			slot = ownID
		}
		if slot > 0 && v[slot].Kind == scan.None {
			v[slot] = value
		}
	}
	return true
}

func (f *exchangeForm) exchange(raw []byte) (*schemas.Exchange, error) {
	x := &schemas.Exchange{}
	if err := json.Unmarshal(raw, x); err != nil {
		return nil, fmt.Errorf("no exchange: %w", err)
	}
	if x.Response == nil && x.Fault == nil || x.Response != nil && x.Response.Status == 0 {
		return nil, errors.New("no exchange: there is no answer in it (say --map for a log of another form)")
	}
	if x.Asked.Format != "" && formatOf([]byte(x.Asked.Format)) == "" {
		return nil, fmt.Errorf("no exchange: asked.format is %q", strings.ToValidUTF8(string(x.Asked.Format), "?"))
	}
	return x, nil
}
