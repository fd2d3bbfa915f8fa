package input

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

// ownPaths are the paths of the slots; then of what may be there and is not looked at. With anything else a record is
// one for the full reader.
var ownPaths = [...]string{
	"response.status", "response.body", "response.header", "started", "request.url", "request.body", "request.header",
	"asked.action", "asked.host", "asked.format", "asked.profile", "response.length", "request.method",
	"asked.method", "response.proto", "seconds", "attempts",
}

// exchangeForm reads exchanges as a transcript has them.
type exchangeForm struct{ picker, field *scan.Picker }

func newExchangeForm() *exchangeForm {
	picker := scan.NewPicker(ownPaths[:]...).Only("").Only("asked").Only("response").WithBody(ownBody)
	return &exchangeForm{picker, scan.NewPicker("name", "value")}
}

// Pick reads an exchange that has nothing unusual in it.
func (f *exchangeForm) Pick(p *Picked, raw []byte) bool {
	v := p.values[:ownValues]
	read, ok := p.take(f.picker, raw, v[:len(ownPaths)])
	if !ok || v[ownStatus].Kind != scan.Number || v[ownBody].Kind != scan.String || !f.headers(p, v) {
		return false
	}
	for i := range v {
		text := i != ownStatus && i != ownLength && i != ownHeader && i != ownSentHeader && (i < ownSlots || i >= len(ownPaths))
		unread := v[i].Kind == scan.String && !v[i].Plain && i != ownURL && i != ownSent && i != ownBody
		if v[i].Kind != scan.None && text && (v[i].Kind != scan.String || unread) {
			return false
		}
	}
	if len(v[ownFormat].Raw) > 0 && formatOf(v[ownFormat].Raw) == "" {
		return false
	}
	return f.take(p, v) && p.open(read, v[ownBody])
}

// take takes a record out of its values.
func (f *exchangeForm) take(p *Picked, v []scan.Value) bool {
	if _, ok := common(v[ownStarted].Raw); !ok && v[ownStarted].Kind != scan.None {
		return false
	}
	if p.Status = number(v[ownStatus]); p.Status == 0 || isNoAnswer(p.Status) || isNoCallBytes(v[ownMethod].Raw) || longer(v[ownLength].Raw, v[ownBody].Raw) { // a length alone tells nothing
		return false
	}
	p.ContentType, p.IDHeader = v[ownType].Raw, v[ownID].Raw
	p.Time, p.Host, p.Action = v[ownStarted].Raw, v[ownHost].Raw, v[ownAction].Raw
	p.Format, p.Profile = formatOf(v[ownFormat].Raw), v[ownProfile].Raw
	p.Version, p.Method, p.URL = nil, v[ownMethod].Raw, p.text(v[ownURL], &p.url)
	p.readURL(p.URL)
	switch sent := v[ownSent]; {
	case len(sent.Raw) == 0:
	case v[ownSentHeader].Kind == scan.None && (len(v[ownMethod].Raw) == 0 || string(v[ownMethod].Raw) == "POST"):
		p.readForm(p.text(sent, &p.form))
	case len(p.Action) == 0:
		p.Action = parameter(p.text(sent, &p.form), "Action")
	}
	if p.Versioned && len(p.Version) == 0 && v[ownSentHeader].Kind != scan.None { // it may be there
		return false
	}
	return len(p.Action) > 0 && p.Format != "" || v[ownSentHeader].Kind == scan.None
}

// longer reports whether a length may exceed that of the body, or is no number.
func longer(length, body []byte) bool {
	n := digits(length)
	return n < 0 || n > len(body)
}

// headers adds the two fields of the answer's header that matter to a good one.
func (f *exchangeForm) headers(p *Picked, v []scan.Value) bool {
	v[ownType], v[ownID], p.foreign = scan.Value{}, scan.Value{}, false
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
		case isForeignField(name.Raw):
			p.foreign = true
		}
		if slot > 0 && v[slot].Kind == scan.None {
			v[slot] = value
		}
	}
	return true
}

// Exchange reads an exchange in full.
func (f *exchangeForm) Exchange(raw []byte) (*schemas.Exchange, error) {
	x := &schemas.Exchange{}
	if err := json.Unmarshal(raw, x); err != nil {
		return nil, fmt.Errorf("no exchange: %w", err)
	}
	if x.Response == nil && x.Fault == nil || x.Response != nil && x.Response.Status == 0 {
		return nil, errors.New("no exchange: there is no answer in it (say --map for a log of another form)")
	}
	if x.Intent.Format != "" && formatOf([]byte(x.Intent.Format)) == "" {
		return nil, fmt.Errorf("no exchange: asked.format is %q", strings.ToValidUTF8(string(x.Intent.Format), "?"))
	}
	return x, nil
}
