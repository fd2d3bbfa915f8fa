package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/internal/marks"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// htmlExchange is one exchange of the case that a finding shows.
type htmlExchange struct {
	Label, Sent, Curl string
	Received          []marks.Piece
}

// exchangesOf shows all exchanges of a case in order where it has them, else the one that it has. The words are marked in the
// last answer, which is the one that is judged.
func exchangesOf(c *schemas.CaseResult, words []string) []htmlExchange {
	show := func(label string, x *schemas.ExchangeReport, words []string) htmlExchange {
		return htmlExchange{label, sent(x.Request), wording.Lines(x.Curl), marks.Marked(received(x), words)}
	}
	if len(c.Exchanges) == 0 {
		if c.Exchange == nil {
			return nil
		}
		return []htmlExchange{show("", c.Exchange, words)}
	}
	total := len(c.Exchanges) + c.LeftOut
	var all []htmlExchange
	for i := range c.Exchanges {
		nth := i + 1
		if c.LeftOut > 0 && i >= schemas.MaxExchanges-schemas.LastExchanges {
			nth += c.LeftOut
		}
		var those []string
		if i == len(c.Exchanges)-1 {
			those = words
		}
		all = append(all, show(fmt.Sprintf("%d of %d", nth, total), &c.Exchanges[i], those))
	}
	return all
}

// sent writes a request as it went over the wire.
func sent(r schemas.Request) string {
	if len(r.Raw) > 0 {
		return visible(string(r.Raw))
	}
	return visible(fmt.Sprintf("%s %s\n%s\n%s", r.Method, r.URL, fields(r.Header), r.Body))
}

func received(x *schemas.ExchangeReport) string {
	text := ""
	if r := x.Response; r != nil {
		text = fmt.Sprintf("%s %d\n%s\n%s", r.Proto, r.Status, fields(r.Header), r.Body)
		if r.Length > int64(len(r.Body)) {
			text += fmt.Sprintf("\n… cut; %d bytes came", r.Length)
		}
	}
	if x.Fault != nil {
		text += "\n" + x.Fault.Text
	}
	return visible(strings.TrimPrefix(text, "\n"))
}

func fields(h schemas.Header) string {
	var b strings.Builder
	for _, f := range h {
		fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Value)
	}
	return b.String()
}

// visible shows control characters as their pictures, and cuts what is long.
func visible(text string) string {
	if len(text) > longest {
		cut := longest
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = fmt.Sprintf("%s… (%d bytes)", text[:cut], len(text))
	}
	return wording.Lines(strings.ReplaceAll(text, "\r\n", "\n"))
}
