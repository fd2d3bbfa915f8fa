package redact

import (
	"bytes"
	"compress/zlib"
	"testing"
)

// What unpacks to more than is looked into is never told to be clean, and what has no secret is.
func TestWhatIsRememberedAsClean(t *testing.T) {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(make([]byte, maxInflated+1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if all := viewed(packed.String() + "and letters behind"); all != nil {
		t.Errorf("%q is remembered of what is not looked into whole", all)
	}
	wanted := (wanted{views: &views{of: map[string][]byte{}}}).with([]secret{newSecret("a-secret-of-a-target-file", hidden)})
	for range 2 { // worked out, and remembered
		for text, clean := range map[string]bool{"application/json": true, "no": true, "x a-secret-of-a-target-file": false} {
			if got := wanted.views.areClean(text, wanted); got != clean {
				t.Errorf("%q: clean %t, want %t", text, got, clean)
			}
		}
	}
}
