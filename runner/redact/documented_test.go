package redact

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// No message that a document has is changed: none of them holds a secret. They stand as they are, as an answer in both formats has
// them, and behind their code.
func TestDocumentedMessagesStay(t *testing.T) {
	rows := 0
	for _, p := range append(fixtures.Profiles(), observed(t)) {
		for _, row := range append(append([]schemas.Row(nil), p.Codes...), p.ObservedRows()...) {
			rows++
			for _, message := range append([]string{row.Message}, row.Also...) {
				checkStays(t, row.Code, message)
			}
		}
	}
	if rows == 0 {
		t.Error("no table has a row")
	}
}

func observed(t *testing.T) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The same of what nine products publish, where ACSCONFORM_METADATA names a folder of their metadata.
func TestPublishedMessagesStay(t *testing.T) {
	folder := os.Getenv("ACSCONFORM_METADATA")
	if folder == "" {
		t.Skip("ACSCONFORM_METADATA names no folder of published metadata")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no published metadata: %v", folder, err)
	}
	rows := 0
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		err = json.NewDecoder(text).Decode(&doc)
		_ = f.Close()
		if err != nil {
			t.Fatal(err)
		}
		eachRow(doc, func(code, message string) {
			rows++
			checkStays(t, code, message)
		})
	}
	if rows < 1000 {
		t.Errorf("%d rows are too few", rows)
	}
}

// eachRow calls see with every row of a table of errors in a document.
func eachRow(value any, see func(code, message string)) {
	switch v := value.(type) {
	case map[string]any:
		if message, ok := v["errorMessage"].(string); ok {
			code, _ := v["errorCode"].(string)
			see(code, message)
		}
		for _, child := range v {
			eachRow(child, see)
		}
	case []any:
		for _, child := range v {
			eachRow(child, see)
		}
	}
}

func checkStays(t *testing.T, code, message string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"Code": code, "Message": message, "RequestId": "4C467B38-3910-447D-87BC-AC049166F216"})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		message, code, string(body), `Message "` + message + `"`, code + " " + message,
		"<Error><Code>" + code + "</Code><Message>" + message + "</Message><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId></Error>",
	} {
		if got := without(text, byName(text)); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
