package scan

import (
	"fmt"
	"strings"
	"testing"
)

func TestUUIDs(t *testing.T) {
	for text, want := range map[string]Letters{"4C467B38-3910-447D-87BC-AC049166F216": Upper, "4c467b38-3910-447d-87bc-ac049166f216": Lower,
		"4c467B38-3910-447D-87BC-AC049166F216": Lower | Upper, "11111111-2222-3333-4444-555555555555": 0} {
		if got, ok := ParseUUID([]byte(text)); !ok || got.Letters != want {
			t.Errorf("%s: letters %x, want %x", text, got.Letters, want)
		}
	}
	for _, text := range []string{"", "4C467B38-3910-447D-87BC-AC049166F21", "4C467B38-3910-447D-87BC-AC049166F21G", "4C467B38x3910-447D-87BC-AC049166F216", "4C467B383-910-447D-87BC-AC049166F216"} {
		if _, ok := ParseUUID([]byte(text)); ok {
			t.Errorf("%s is no UUID", text)
		}
	}
}

// Every character at every place of a UUID is told from what it is not.
func TestUUIDsByTheCharacter(t *testing.T) {
	for i := range id {
		for c := range 256 {
			text := []byte(strings.ToLower(id))
			text[i] = byte(c)
			hyphen := i == 8 || i == 13 || i == 18 || i == 23
			want := hyphen && c == '-' || !hyphen && strings.IndexByte("0123456789abcdefABCDEF", byte(c)) >= 0
			got, ok := ParseUUID(text)
			if ok != want {
				t.Errorf("%q: %v, want %v", text, ok, want)
			}
			digits := strings.ReplaceAll(string(text), "-", "")
			if ok && fmt.Sprintf("%016x%016x", got.High, got.Low) != strings.ToLower(digits) {
				t.Errorf("%q is %x", text, got)
			}
			if ok && (got.Letters&Upper != 0) != (digits != strings.ToLower(digits)) {
				t.Errorf("%q: letters %x", text, got.Letters)
			}
		}
	}
}
