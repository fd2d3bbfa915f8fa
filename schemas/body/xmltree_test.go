package body

import (
	"fmt"
	"strings"
	"testing"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>`

func TestTree(t *testing.T) {
	for text, want := range map[string]string{
		xmlHead + `<Answer><Book x="1">a &lt; b</Book><Book/><Of><Title>é</Title></Of></Answer>`: "&{Answer  [{Book a < b []} {Book  []} {Of  [{Title é []}]}]}",
		"<Answer>\n <Book>1</Book>\n</Answer>":                                                   "&{Answer \n \n [{Book 1 []}]}",
		xmlHead + `<Answer><Book></Answer>`:                                                      "<nil>",
		xmlHead + `<Answer/><Book/>`:                                                             "<nil>",
		`<!DOCTYPE a [<!ENTITY b "c">]><Answer>&b;</Answer>`:                                     "<nil>",
		`{"A":1}`: "<nil>",
		"":        "<nil>",
		xmlHead + strings.Repeat("<Answer>", 200) + strings.Repeat("</Answer>", 200): "<nil>",
	} {
		if got := fmt.Sprint(Tree([]byte(text))); got != want {
			t.Errorf("%.80q: got %q, want %q", text, got, want)
		}
	}
}
