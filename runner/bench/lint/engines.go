package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/xeipuuv/gojsonschema"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/bench/usage"
	"github.com/acsconform/acsconform/schemas/body"
)

// An engine reads one line and the body in it. What it finds is dropped: only its time counts.
type engine struct {
	name string
	read func(line []byte)
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

// The engines that we are compared with.
const (
	tokenEngine  = "jsontext, tokens"
	schemaEngine = "gojsonschema, compiled once"
)

// engines lists all. gojsonschema reads no lines: encoding/json does it for it.
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
	return []engine{
		{name: tokenEngine, most: 100 << 20, read: func(line []byte) { _ = readJSON([]byte(readJSON(line))) }}, // the body is last in a line
		{name: schemaEngine, most: 20 << 20, read: func(line []byte) {
			var r record
			_ = json.Unmarshal(line, &r)
			schema := onSuccess
			if r.Status >= 400 {
				schema = onError
			}
			_, _ = schema.Validate(gojsonschema.NewBytesLoader([]byte(r.Body)))
		}},
	}, nil
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

// rate reads a log with an engine and returns MB of the log for each second of one processor.
func (e engine) rate(l *traffic) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	file, err := os.Open(l.path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewReaderSize(file, 1<<20)
	var read int64
	started := usage.Used()
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
	return float64(read) / 1e6 / (usage.Used() - started).Seconds(), nil
}
