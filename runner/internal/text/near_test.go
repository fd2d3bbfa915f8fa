package text

import (
	"strings"
	"testing"
)

// A word longer than any name is not compared with all of them, which would take minutes.
func TestALongWordIsNearNothing(t *testing.T) {
	long := strings.Repeat("a", longestMeant)
	if got := Nearest(long, []string{long[1:]}); len(got) != 1 {
		t.Errorf("got %q, want one", got)
	}
	if got := Nearest(long+"a", []string{long}); got != nil {
		t.Errorf("got %q, want none", got)
	}
}
