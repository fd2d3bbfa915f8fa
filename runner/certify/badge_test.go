package certify_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

func TestTheBadgeSaysLevelAndDateAndRefersToNothing(t *testing.T) {
	text := read(t, filepath.Join(newLab(t, "gateway").certified(schemas.RPC), certify.BadgeFile))
	d := xml.NewDecoder(bytes.NewReader(text))
	var words []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Space != "http://www.w3.org/2000/svg" {
				t.Errorf("<%s> of %q", token.Name.Local, token.Name.Space)
			}
			for _, a := range token.Attr {
				if a.Name.Local != "xmlns" && (strings.Contains(a.Value, "//") || strings.Contains(a.Value, "url(") || a.Name.Local == "href" || a.Value == "") {
					t.Errorf("%s=%q", a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			words = append(words, strings.Fields(string(token))...)
		}
	}
	if got := strings.Join(words, " "); !regexp.MustCompile(`^acsconform: full 2026-11-25 acsconform full 2026-11-25$`).MatchString(got) {
		t.Errorf("it says %q", got)
	}
}
