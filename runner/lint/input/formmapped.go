package input

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

// The slots of a mapped line.
const (
	mappedStatus = iota
	mappedBody
	mappedType
	mappedID
	mappedTime
	mappedHost
	mappedAction
	mappedFormat
	mappedURL
	mappedMethod
	mappedSlots
)

// mappedForm reads the lines of somebody's access log. It is for one goroutine.
type mappedForm struct {
	m       *Map
	fields  [mappedSlots]string
	picker  *scan.Picker
	scanner scan.Scanner
	values  [mappedSlots]scan.Value
}

func newMappedForm(m *Map) *mappedForm {
	f := &mappedForm{m: m, fields: [mappedSlots]string{m.Status, m.Body, m.ContentType, m.RequestID, m.Time, m.Host, m.Action, m.Format, m.URL, m.Method}}
	f.picker = scan.NewPicker(f.fields[:]...).WithBody(mappedBody)
	return f
}

// Pick reads a line whose fields are as most logs have them.
func (f *mappedForm) Pick(p *Picked, raw []byte) bool {
	v := p.values[:mappedSlots]
	read, ok := p.take(f.picker, raw, v)
	if !ok || v[mappedBody].Kind != scan.String || f.m.BodyEncoding == "base64" {
		return false
	}
	for i := mappedType; i < mappedSlots; i++ {
		text := v[i].Kind == scan.String && (v[i].Plain || i == mappedURL) // many loggers write & as \u0026
		if v[i].Kind != scan.None && !text && (i != mappedTime || v[i].Kind != scan.Number) {
			return false
		}
	}
	if p.Status = number(v[mappedStatus]); p.Status == 0 || isNoAnswer(p.Status) || isNoCallBytes(v[mappedMethod].Raw) {
		return false
	}
	p.ContentType, p.IDHeader, p.Time = said(v[mappedType].Raw), said(v[mappedID].Raw), said(v[mappedTime].Raw)
	p.Host, p.Action, p.Format, p.Profile = withoutPort(said(v[mappedHost].Raw)), said(v[mappedAction].Raw), formatOf(v[mappedFormat].Raw), nil
	p.Version, p.Method, p.URL = nil, said(v[mappedMethod].Raw), said(p.text(v[mappedURL], &p.url))
	if len(p.URL) > 0 {
		p.readURL(p.URL)
	}
	if f.m.ContentType == "" {
		p.ContentType = assumedType(v[mappedBody].Raw)
	}
	return p.open(read, v[mappedBody])
}

// noStatuses are what logs write where nothing was answered.
var noStatuses = []string{"0", "000", "-1"}

// said returns a field as it is, but nothing for the dash that many logs write where there is nothing.
func said(text []byte) []byte {
	if string(text) == "-" {
		return nil
	}
	return text
}

// Exchange reads a line whose fields may be of any type.
func (f *mappedForm) Exchange(raw []byte) (*schemas.Exchange, error) {
	if f.scanner.Pick(f.picker, raw, f.values[:]) {
		x, err := f.made(func(slot int) (string, bool) { return f.word(f.values[slot]) })
		return x, noText(err, isJSON(f.values[mappedBody].Kind))
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var line map[string]any
	if err := d.Decode(&line); err != nil {
		return nil, fmt.Errorf("no JSON object: %w", err)
	}
	if rest := bytes.TrimSpace(raw[d.InputOffset():]); len(rest) > 0 {
		return nil, errors.New("something follows the JSON object")
	}
	x, err := f.made(func(slot int) (string, bool) { return wordAt(line, f.fields[slot]) })
	return x, noText(err, lookup(line, f.m.Body) != nil)
}

// noText makes [ErrNoText] of [ErrNoBody] where there is a body, but as JSON.
func noText(err error, there bool) error {
	if there && errors.Is(err, ErrNoBody) {
		return ErrNoText
	}
	return err
}

// isJSON reports the kinds of a body that is there and no text.
func isJSON(k scan.Kind) bool {
	return k == scan.Object || k == scan.Array || k == scan.True || k == scan.False
}

// word returns a picked value as text; false when it is neither a string nor a number.
func (f *mappedForm) word(v scan.Value) (string, bool) {
	if v.Kind != scan.String && v.Kind != scan.Number {
		return "", false
	}
	if v.Plain {
		return string(v.Raw), true
	}
	return string(scan.Unquote(nil, v.Raw)), true
}

// made makes an exchange of the fields; word returns one as text, and whether it is there.
func (f *mappedForm) made(read func(slot int) (string, bool)) (*schemas.Exchange, error) {
	word := func(slot int) string {
		text, _ := read(slot)
		return string(said([]byte(text)))
	}
	status := number(scan.Value{Kind: scan.String, Raw: []byte(word(mappedStatus))})
	if none := slices.Contains(noStatuses, word(mappedStatus)); status == 0 && !none {
		return nil, fmt.Errorf("no HTTP status in %s", f.m.Status)
	}
	text, ok := read(mappedBody)
	body := []byte(text)
	if f.m.BodyEncoding == "base64" {
		var err error
		if body, err = base64.StdEncoding.DecodeString(text); err != nil {
			return nil, fmt.Errorf("%s is no base64", f.m.Body)
		}
	}
	x := &schemas.Exchange{Started: ParseTime(word(mappedTime)), Response: &schemas.Response{Status: status, Body: body}}
	x.Intent.Host, x.Intent.Action = string(withoutPort([]byte(word(mappedHost)))), word(mappedAction)
	x.Intent.Format = formatOf([]byte(word(mappedFormat)))
	x.Request.URL, x.Request.Method = word(mappedURL), word(mappedMethod)
	contentType := word(mappedType)
	if f.m.ContentType == "" {
		contentType = string(assumedType(body))
	}
	if contentType != "" {
		x.Response.Header = append(x.Response.Header, schemas.Field{Name: "Content-Type", Value: contentType})
	}
	if id := word(mappedID); id != "" {
		x.Response.Header = append(x.Response.Header, schemas.Field{Name: "x-acs-request-id", Value: id})
	}
	if !ok {
		return x, ErrNoBody
	}
	return x, nil
}

// assumedType stands for the Content-Type of logs that have none: it is not judged.
func assumedType(body []byte) []byte {
	if body = bytes.TrimLeft(body, " \t\r\n\xef\xbb\xbf"); len(body) > 0 && body[0] == '<' || bytes.HasPrefix(body, []byte(`\u003c`)) || bytes.HasPrefix(body, []byte(`\u003C`)) {
		return []byte("text/xml;charset=utf-8")
	}
	return []byte("application/json;charset=utf-8")
}

// lookup finds a field by its path, or by a name that has dots in it.
func lookup(line map[string]any, path string) any {
	if path == "" {
		return nil
	}
	if v, ok := line[path]; ok {
		return v
	}
	first, rest, nested := strings.Cut(path, ".")
	if inner, ok := line[first].(map[string]any); ok && nested {
		return lookup(inner, rest)
	}
	return nil
}

// wordAt returns a field as text: a string as it is, a number as it is written; false for anything else.
func wordAt(line map[string]any, path string) (string, bool) {
	switch v := lookup(line, path).(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	}
	return "", false
}
