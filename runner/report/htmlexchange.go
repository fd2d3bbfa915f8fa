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
	Found             bool // the exchange that the finding is about, where there are more
}

// exchangesOf shows all exchanges of a case in order where it has them, else the one that it has. The words of the finding are
// marked in one answer: of several the last in which most of them are.
func exchangesOf(c *schemas.CaseResult, words []string) []htmlExchange {
	if len(c.Exchanges) == 0 {
		if c.Exchange == nil {
			return nil
		}
		return []htmlExchange{shownExchange("", c.Exchange, words)}
	}
	total := len(c.Exchanges) + c.LeftOut
	var all []htmlExchange
	found, most := -1, 0
	for i := range c.Exchanges {
		nth := i + 1
		if c.LeftOut > 0 && i >= schemas.MaxExchanges-schemas.LastExchanges {
			nth += c.LeftOut
		}
		x := shownExchange(fmt.Sprintf("%d of %d", nth, total), &c.Exchanges[i], words)
		if n := marked(x.Received); n > 0 && n >= most {
			found, most = i, n
		}
		all = append(all, x)
	}
	for i := range all {
		if all[i].Found = i == found && total > 1; !all[i].Found {
			all[i].Received = marks.Marked(received(&c.Exchanges[i]), nil)
		}
	}
	return all
}

func shownExchange(label string, x *schemas.ExchangeReport, words []string) htmlExchange {
	return htmlExchange{Label: label, Sent: sent(x.Request), Curl: wording.Lines(x.Curl), Received: marks.Marked(received(x), words)}
}

func marked(pieces []marks.Piece) (n int) {
	for _, p := range pieces {
		if p.Mark {
			n++
		}
	}
	return n
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
