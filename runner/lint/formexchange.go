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
	ownSlots
)

// ownPaths are the paths of the slots; then of what makes a record one for the full reader.
var ownPaths = [...]string{
	"response.status", "response.body", "response.header", "started", "request.url", "request.body", "request.header",
	"asked.action", "asked.host", "asked.format", "asked.profile",
	"asked.case", "asked.condition", "asked.clause", "asked.no_format", "asked.echo", "asked.row", "asked.parameter", "fault",
	"response.length", "response.truncated", "response.cut",
}

// exchangeForm reads exchanges as a transcript has them.
type exchangeForm struct{ picker, field *scan.Picker }

func newExchangeForm() *exchangeForm {
	return &exchangeForm{scan.NewPicker(ownPaths[:]...).WithBody(ownBody), scan.NewPicker("name", "value")}
}

func (f *exchangeForm) pick(p *picked, raw []byte) bool {
	v := p.values[:len(ownPaths)]
	read, ok := p.scanner.PickBody(f.picker, raw, v, &p.envelope)
	if p.found = nil; read {
		p.found = &p.envelope
	}
	return ok && f.read(p, v)
}

func (f *exchangeForm) learn(*picked, []byte) *scan.Layout { return nil }

func (f *exchangeForm) read(p *picked, v []scan.Value) bool {
	for i := range v {
		unread := i >= ownSlots && i != len(v)-3 // a length alone says nothing
		if v[i].Kind != scan.None && (unread || !v[i].Plain && i != ownBody && i != ownURL && i != ownSent) {
			return false
		}
	}
	p.status, p.body, p.plain = number(v[ownStatus]), v[ownBody].Raw, v[ownBody].Plain
	if v[ownStatus].Kind != scan.Number || p.status == 0 || v[ownBody].Kind != scan.String || longer(v[len(v)-3].Raw, p.body) {
		return false
	}
	for i := ownStarted; i < ownSlots; i++ {
		if i != ownSentHeader && v[i].Kind != scan.None && v[i].Kind != scan.String {
			return false
		}
	}
	p.time, p.host, p.action, p.profile = v[ownStarted].Raw, v[ownHost].Raw, v[ownAction].Raw, v[ownProfile].Raw
	p.format = formatOf(v[ownFormat].Raw)
	p.readURL(p.text(v[ownURL], &p.url))
	if len(p.action) == 0 && len(v[ownSent].Raw) > 0 {
		p.action = parameter(p.text(v[ownSent], &p.form), "Action")
	}
	if len(p.action) == 0 && v[ownSentHeader].Kind != scan.None {
		return false
	}
	return f.headers(p, v[ownHeader])
}

// longer reports a length that may be more than there is of the body.
func longer(length, body []byte) bool { return len(length) > 0 && digits(length) > len(body) }

// headers reads the two fields of the answer that matter to a good one.
func (f *exchangeForm) headers(p *picked, list scan.Value) bool {
	p.contentType, p.idHeader = nil, nil
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
		switch {
		case len(name.Raw) == len("content-type") && p.contentType == nil && bytes.EqualFold(name.Raw, []byte("content-type")):
			p.contentType = value.Raw
		case len(name.Raw) == len("x-acs-request-id") && p.idHeader == nil && bytes.EqualFold(name.Raw, []byte("x-acs-request-id")):
			p.idHeader = value.Raw
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
