package steady

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// The expressions of what is read by hand, each with what else a match of it must have.
var byExpression = []struct {
	name    string
	find    func(string) (int, bool)
	pattern *regexp.Regexp
	needs   string
}{
	{"uuid", uuidAt, regexp.MustCompile(`[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}`), ""},
	{"base64", base64At, regexp.MustCompile(`[A-Za-z0-9+/]{16,}={0,2}`), digits + "+="},
	{"word", wordAt, regexp.MustCompile(`[A-Za-z_]*[0-9][A-Za-z0-9_]*`), ""},
}

// What is read by hand is what an expression finds, in texts that are made of pieces of what is looked for.
func TestFoundAsByExpressions(t *testing.T) {
	pieces := []string{"0a1B2c3D", "-", "4e5f", "a", "F", "9", "_", "=", "+", "/", " ", "é", "g", "InvalidParameter", "abcdefabcdef", "0123456789abcdef0123456789abcdef",
		"4C467B38-3910-447D-87BC-AC049166F216", "…"}
	random := rand.New(rand.NewPCG(1, 2))
	marked := map[string]int{}
	for range 50_000 {
		var b strings.Builder
		for range random.IntN(14) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		for _, e := range byExpression {
			want := e.pattern.ReplaceAllStringFunc(text, func(word string) string {
				if e.needs == "" || strings.ContainsAny(word, e.needs) {
					return mark
				}
				return word
			})
			if got := replaced(text, e.find); got != want {
				t.Fatalf("%s: %q is written %q, want %q", e.name, text, got, want)
			}
			if want != text {
				marked[e.name]++
			}
		}
	}
	for _, e := range byExpression {
		if marked[e.name] < 1000 {
			t.Errorf("%s: only %d texts held one", e.name, marked[e.name])
		}
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"":                                         "",
		"The parameter is missing.":                "The parameter is missing.",
		"at 2026-11-28T11:42:05Z":                  "at #",
		"at 2026-11-28 or 12-34-56":                "at # or #-#-#",
		"Sat, 28 Nov 2026 11:42:05 GMT, then":      "#, then",
		"id 4C467B38-3910-447D-87BC-AC049166F216.": "id #.",
		"signature aB3+/=… of ecs_2":               "signature # of #",
		"SignatureDoesNotMatchAtAll":               "SignatureDoesNotMatchAtAll",
		"SignatureDoesNotMatchAtAll=":              "#",
	} {
		if got := Text(text); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
}

func TestRequestID(t *testing.T) {
	for id, want := range map[string]string{
		"":                                      "",
		"4C467B38-3910-447D-87BC-AC049166F216":  "upper-case UUID",
		"4c467b38-3910-447d-87bc-ac049166f216":  "lower-case UUID",
		"4C467B383910447D87BCAC049166F216":      "upper-case UUID without hyphens",
		"4C467B38-3910447D87BCAC049166F216":     "upper-case id",
		"4C467B38-3910-447D-87BC-AC049166F2166": "upper-case id",
		"abC":                                   "mixed-case id",
	} {
		if got := RequestID(id); got != want {
			t.Errorf("%q is %q, want %q", id, got, want)
		}
	}
}
