package marks

import (
	"strings"
	"testing"
)

func bracketed(all []Piece) string {
	var b strings.Builder
	for _, p := range all {
		if p.Mark {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestWhatDiffersIsMarked(t *testing.T) {
	for _, c := range []struct{ want, got, wanted, came string }{
		{"403 Forbidden.RAM", "418 Forbidden.RAM", "[403] Forbidden.RAM", "[418] Forbidden.RAM"},
		{"The key is not found.", "The key was never found.", "The key [is not] found.", "The key [was never] found."},
		{"The key is not found.", "The key is not found", "The key is not found[.]", "The key is not found"},
		{"“Id” is wrong", "“ID” is wrong", "“[Id]” is wrong", "“[ID]” is wrong"},
		{"400 SignatureNonceUsed", "200 DescribeRegionsResponse", "400 SignatureNonceUsed", "200 DescribeRegionsResponse"}, // two statements
		{"same", "same", "same", "same"}, {"", "a", "", "a"}, {"a a", "a a a", "a a", "a a[ a]"},
	} {
		wanted, came := Versus(c.want, c.got)
		if bracketed(wanted) != c.wanted || bracketed(came) != c.came {
			t.Errorf("%q and %q: %q and %q, want %q and %q", c.want, c.got, bracketed(wanted), bracketed(came), c.wanted, c.came)
		}
	}
}

func TestWhatMattersIsMarkedInTheAnswer(t *testing.T) {
	answer := "HTTP/1.1 418\nContent-Type: text/html\n\n{\"Code\":\"Forbidden.RAM\",\"Messages\":\"x\",\"Message\":7}"
	for _, c := range []struct{ want, got, mark string }{
		{"403 Forbidden.RAM", "418 Forbidden.RAM", "HTTP/1.1 [418]\n"},
		{"application/json;charset=utf-8", "text/html for a body in JSON", "Content-Type: [text/html]\n"},
		{"Message, a non-empty string", "Message is a number (7)", `"[Message]":7`},
		{"an envelope", "no HostId", ""}, {"that it is refused", "it is served", ""},
	} {
		got := bracketed(Marked(answer, Telling(c.want, c.got)))
		if !strings.Contains(got, c.mark) || c.mark == "" && got != answer || strings.Count(got, "[") > mostMarks {
			t.Errorf("want %s, got %s: %s", c.want, c.got, got)
		}
		if strings.NewReplacer("[", "", "]", "").Replace(got) != answer {
			t.Errorf("the answer is shown as %s", got)
		}
	}
}
