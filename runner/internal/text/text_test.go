package text_test

import (
	"testing"

	"github.com/acsconform/acsconform/runner/internal/text"
)

func TestWords(t *testing.T) {
	type format string
	for want, got := range map[string]string{
		"1 case":      text.Count(1, "case"),
		"0 cases":     text.Count(0, "case"),
		"2 cases":     text.Count(int64(2), "case"),
		"1 entry":     text.Count(1, "entry", "entries"),
		"3 entries":   text.Count(3, "entry", "entries"),
		"":            text.List(nil, "and"),
		"a":           text.List([]string{"a"}, "and"),
		"a, b and c":  text.List([]string{"a", "b", "c"}, "and"),
		"a or b":      text.List([]string{"a", "b"}, "or"),
		"JSON, XML":   text.Join([]format{"JSON", "XML"}, ", "),
		"请求…":         text.Clip("请求被拒绝", 2),
		"not cut":     text.Clip("not cut", 7),
		"not cut at…": text.Clip("not cut at all", 10),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
