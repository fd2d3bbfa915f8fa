package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/xeipuuv/gojsonschema"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/schemas/scan"
)

// An engine reads one line and the body in it. What it finds is dropped: only its time counts.
type engine struct {
	name string
	read func(line []byte)
	xml  bool
	most int64 // bytes of log that are enough to tell its rate
}

// record is what a program would decode a line into.
type record struct {
	Time   string `json:"time"`
	Host   string `json:"host"`
	Action string `json:"action"`
	Status int    `json:"status"`
	Type   string `json:"type"`
	Body   string `json:"body"`
}

// envelope is what a program would decode an answer into.
type envelope struct {
	RequestID string `json:"RequestId" xml:"RequestId"`
	HostID    string `json:"HostId" xml:"HostId"`
	Code      string
	Message   string
}

// The engines that ratios are taken of.
const (
	tokenEngine  = "jsontext, tokens"
	schemaEngine = "gojsonschema, compiled once"
	xmlEngine    = "encoding/xml, tokens"
	bodyOnly     = "handed the bodies: "
)

// engines lists all. gojsonschema and encoding/xml read no lines: encoding/json does it for them.
func engines() ([]engine, error) {
	p, err := fixtures.Profile("ecs")
	if err != nil {
		return nil, err
	}
	onError, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(body.ErrorSchema(p.Envelope)))
	if err != nil {
		return nil, err
	}
	onSuccess, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(body.SuccessSchema(p.Envelope)))
	if err != nil {
		return nil, err
	}
	validate := func(status int, payload []byte) {
		schema := onSuccess
		if status >= 400 {
			schema = onError
		}
		_, _ = schema.Validate(gojsonschema.NewBytesLoader(payload))
	}
	return append(own(), []engine{
		{name: tokenEngine, most: 100 << 20, read: tokens()},
		{name: "encoding/json, line and body into structs", most: 50 << 20, read: func(line []byte) {
			var r record
			var e envelope
			_ = json.Unmarshal(line, &r)
			_ = json.Unmarshal([]byte(r.Body), &e)
		}},
		{name: schemaEngine, most: 20 << 20, read: func(line []byte) {
			var r record
			_ = json.Unmarshal(line, &r)
			validate(r.Status, []byte(r.Body))
		}},
		{name: xmlEngine, xml: true, most: 20 << 20, read: func(line []byte) {
			var r record
			_ = json.Unmarshal(line, &r)
			readXML([]byte(r.Body))
		}},
		{name: bodyOnly + tokenEngine, most: 100 << 20, read: bodies(func(_ int, payload []byte) { _ = readJSON(payload) })},
		{name: bodyOnly + schemaEngine, most: 20 << 20, read: bodies(validate)},
		{name: bodyOnly + xmlEngine, xml: true, most: 20 << 20, read: bodies(func(_ int, payload []byte) { readXML(payload) })},
	}...), nil
}

// own are the parts of our own reading: what they cost is in every rate of ours.
func own() []engine {
	return []engine{
		{name: "lines cut and not looked at", read: func([]byte) {}, most: 1 << 40},
		{name: "bodies taken out of the lines by us", read: bodies(func(int, []byte) {}), most: 1 << 40},
	}
}

func readXML(payload []byte) {
	d := xml.NewDecoder(bytes.NewReader(payload))
	for {
		if _, err := d.RawToken(); err != nil {
			return
		}
	}
}

// readJSON reads tokens and returns the last string.
func readJSON(text []byte) (last string) {
	d := jsontext.NewDecoder(bytes.NewBuffer(text))
	for {
		token, err := d.ReadToken()
		if err != nil {
			return last
		}
		if token.Kind() == '"' && d.PeekKind() == '}' && d.StackDepth() == 1 {
			last = token.String()
		}
	}
}

// tokens reads the tokens of a line and of the body, which stands last in it.
func tokens() func([]byte) {
	return func(line []byte) { _ = readJSON([]byte(readJSON(line))) }
}

// bodies makes of what reads a body what reads a line: the body is taken out as we take it out.
func bodies(read func(status int, payload []byte)) func(line []byte) {
	picker := scan.NewPicker("status", "body")
	s := &scan.Scanner{}
	values := make([]scan.Value, 2)
	var payload []byte
	return func(line []byte) {
		if !s.Pick(picker, line, values) || len(values[0].Raw) != 3 {
			return
		}
		payload = scan.Unquote(payload[:0], values[1].Raw)
		read(int(values[0].Raw[0]-'0')*100, payload)
	}
}

// rate reads a log with an engine on one processor and returns MB/s of the log.
func (e engine) rate(l *traffic) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	file, err := os.Open(l.path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewReaderSize(file, 1<<20)
	var read int64
	started := time.Now()
	for read < e.most {
		line, err := in.ReadSlice('\n')
		read += int64(len(line))
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
		e.read(line[:len(line)-1])
	}
	return float64(read) / 1e6 / time.Since(started).Seconds(), nil
}
