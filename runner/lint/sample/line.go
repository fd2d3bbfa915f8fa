package sample

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// LogLine appends the record as a line of an access log.
func (r Record) LogLine(line []byte) []byte {
	line = append(line, `{"time":"`...)
	line = r.Time.AppendFormat(line, time.RFC3339Nano)
	line = field(line, `","host":`, r.Host)
	line = field(line, `,"action":`, r.Action)
	line = field(line, `,"format":`, r.Format)
	line = append(line, `,"status":`...)
	line = strconv.AppendInt(line, int64(r.Status), 10)
	line = field(line, `,"type":`, r.ContentType)
	if r.IDHeader != "" {
		line = field(line, `,"id":`, r.IDHeader)
	}
	line = field(line, `,"body":`, r.Body)
	return append(line, '}', '\n')
}

// field appends a string as nginx escapes it.
func field(line []byte, name, value string) []byte {
	line = append(append(line, name...), '"')
	for _, c := range []byte(value) {
		switch {
		case c == '"' || c == '\\':
			line = append(line, '\\', c)
		case c == '\n':
			line = append(line, `\n`...)
		case c < ' ':
			line = append(line, `\u00`...)
			line = append(line, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			line = append(line, c)
		}
	}
	return append(line, '"')
}

// Exchange returns the record as an exchange of which nothing is known but what was captured.
func (r Record) Exchange() *schemas.Exchange {
	x := &schemas.Exchange{
		Started:  r.Time,
		Request:  schemas.Request{Method: "GET", URL: "https://" + r.Host + "/?Action=" + r.Action + "&Format=" + r.Format + "&Version=2014-05-26"},
		Response: &schemas.Response{Status: r.Status, Body: schemas.Body(r.Body)},
	}
	if r.ContentType != "" {
		x.Response.Header.Set("Content-Type", r.ContentType)
	}
	if r.IDHeader != "" {
		x.Response.Header.Set("x-acs-request-id", r.IDHeader)
	}
	return x
}

// ExchangeLine returns the record as a line of our own schema.
func (r Record) ExchangeLine() ([]byte, error) {
	line, err := json.Marshal(r.Exchange())
	return append(line, '\n'), err
}
