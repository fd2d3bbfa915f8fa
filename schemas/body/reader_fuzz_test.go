package body

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/go-json-experiment/json/jsontext"
)

// FuzzOpen opens anything: nothing panics, the limits hold, and a body without faults is one to other readers too.
func FuzzOpen(f *testing.F) {
	for _, r := range jsonReadings {
		f.Add([]byte(r.body))
	}
	for _, r := range xmlReadings {
		f.Add([]byte(withDeclarations(r.body)))
	}
	for _, name := range []string{"testdata/xml/sound.xml", "testdata/xml/broken.xml"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, document := range bytes.Split(text, []byte("\n")) {
			f.Add(document)
		}
	}
	shapes := []*Shapes{NewShapes(kmsShape), NewShapes(essShape), NewShapes(gatewayShape)}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 1<<20 {
			t.Skip("longer than what is read of a body")
		}
		before := bytes.Clone(body)
		e := Open(body)
		if !bytes.Equal(body, before) {
			t.Fatal("Open changed the body")
		}
		if nature := Sniff(body); (e != nil) != (nature == NatureJSON || nature == NatureXML) {
			t.Fatalf("Open gave %v of a body that is %s", e, nature)
		}
		if e == nil {
			return
		}
		checkBounds(t, e)
		for _, s := range shapes {
			s.CheckError(e)
			s.CheckSuccess(e)
		}
		if e.Format == schemas.JSON {
			agreeJSON(t, body, e)
		} else if len(e.Faults) == 0 {
			decodesToTheEnd(t, body)
		}
	})
}

// agreeJSON holds the faults of JSON against two other readers.
func agreeJSON(t *testing.T, body []byte, e *Envelope) {
	if len(e.Faults) == 0 && !json.Valid(body) {
		t.Errorf("no faults in %q, which encoding/json refuses", body)
	}
	ours := []FlawKind{FlawLineBreaks, FlawDepth, FlawNumber, FlawNotAnObject}
	strict := slices.DeleteFunc(kinds(e), func(k FlawKind) bool { return slices.Contains(ours, k) })
	deep := slices.Contains(kinds(e), FlawDepth)
	if sound := jsontext.Value(body).IsValid(); !deep && len(e.Faults) < maxFaults && sound != (len(strict) == 0) {
		t.Errorf("faults %v in %q, jsontext says sound: %v", e.Faults, body, sound)
	}
}

// decodesToTheEnd fails the test unless encoding/xml reads the body to its end.
func decodesToTheEnd(t *testing.T, body []byte) {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("no faults in %q, which encoding/xml refuses: %v", body, err)
		}
	}
}

const (
	benchJSON = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F223","HostId":"kms.cn-hangzhou.example.test","Code":"Forbidden.KeyNotFound","Message":"The specified Key is not found, and that is all there is to say.","HttpStatus":404,"Recommend":"https://x.test/?q=1"}`
	benchXML  = declarationPlain + `<KMS><RequestId>4C467B38-3910-447D-87BC-AC049166F223</RequestId><HostId>kms.example.test</HostId><Code>Forbidden.KeyNotFound</Code><Message>The specified Key is not found.</Message><HttpStatus>404</HttpStatus></KMS>`
)

func BenchmarkOpenJSON(b *testing.B) { benchOpen(b, benchJSON) }
func BenchmarkOpenXML(b *testing.B)  { benchOpen(b, benchXML) }

func benchOpen(b *testing.B, body string) {
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if e := Open([]byte(body)); len(e.Faults) > 0 {
			b.Fatal(e.Faults)
		}
	}
}

func BenchmarkCheckError(b *testing.B) {
	shapes := NewShapes(kmsShape)
	for _, body := range []string{benchJSON, benchXML} {
		e := Open([]byte(body))
		b.Run(string(e.Format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if found := shapes.CheckError(e); len(found) > 0 {
					b.Fatal(found)
				}
			}
		})
	}
}
