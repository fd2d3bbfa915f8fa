package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"go.yaml.in/yaml/v3"
)

// Map says in which fields somebody's access log has what judging needs. A field inside another is written with a dot,
// response.status. What a log does not have is left out; Status and Body have to be there.
type Map struct {
	Status       string `yaml:"status"`
	Body         string `yaml:"body"`
	BodyEncoding string `yaml:"body_encoding"` // text, or base64; empty: text
	ContentType  string `yaml:"content_type"`  // of the answer
	RequestID    string `yaml:"request_id"`    // the answer's header x-acs-request-id
	Time         string `yaml:"time"`          // RFC 3339, nginx's $time_local, or seconds or milliseconds since 1970
	Host         string `yaml:"host"`          // that the client addressed
	Action       string `yaml:"action"`
	Format       string `yaml:"format"` // that was asked for: JSON or XML
	URL          string `yaml:"url"`    // of the request, or its query: Action and Format are read off it
}

// LoadMap reads a map file. Its errors are one line with file and line.
func LoadMap(path string) (*Map, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := &Map{}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(m); err != nil && !errors.Is(err, io.EOF) {
		var several *yaml.TypeError
		if errors.As(err, &several) {
			return nil, fmt.Errorf("%s: %s (keys: status, body, body_encoding, content_type, request_id, time, host, action, format, url)", path, several.Errors[0])
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	switch {
	case m.Status == "":
		return nil, fmt.Errorf("%s: status is missing (write status: and the field that has the HTTP status)", path)
	case m.Body == "":
		return nil, fmt.Errorf("%s: body is missing (write body: and the field that has the body of the answer)", path)
	case m.BodyEncoding != "" && m.BodyEncoding != "text" && m.BodyEncoding != "base64":
		return nil, fmt.Errorf("%s: body_encoding: %q is neither text nor base64", path, m.BodyEncoding)
	}
	return m, nil
}
