package signing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// A Comparison is what became of holding a text or a signature against the right one.
type Comparison struct {
	Form     Form
	Same     bool
	Ours     string
	Theirs   string
	At       int       // the first byte that differs, from 0; where nothing can be seen of it, -1
	In       string    // what of the request it is in, in words; empty where that cannot be told
	Mistakes []Mistake // that make theirs of ours when made together; none where none are known to
	Made     string    // the text that these mistakes make of the right one; empty where there are none
}

// Compare holds what was told against the right steps. The secret has to be the one that these were made with: a mistake
// that shows in the signature alone is looked for by signing.
func Compare(s Steps, told Told, secret string) Comparison {
	c := Comparison{Form: told.Form, Ours: s.text(), Theirs: told.Text, At: -1}
	switch told.Form {
	case Hash:
		c.Ours = strings.TrimPrefix(s.ToSign, sign.ACS3Algorithm+"\n")
		c.Theirs = strings.ToLower(told.Text)
	case Signature:
		c.Ours = s.Signature
	default:
		c.At = firstDifference(c.Ours, c.Theirs)
	}
	if c.Same = c.Ours == c.Theirs; c.Same {
		c.At = -1
		return c
	}
	if c.At >= 0 {
		c.In = placeOf(s, c.At)
	}
	c.Mistakes, c.Made = search(s, told, c, secret)
	return c
}

// firstDifference returns the place of the first byte in which two different texts differ.
func firstDifference(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// placeOf names the piece of a right text that a byte of it is in.
func placeOf(s Steps, at int) string {
	text := s.text()
	v := variantOf(s)
	switch {
	case at < len(v.head) && (s.Style == schemas.RPC || !strings.Contains(text[:at], "\n")):
		return "the method"
	case at < len(v.head) && s.Style == schemas.ROA:
		return "line " + fmt.Sprint(1+strings.Count(text[:at], "\n")) + " of " + "method, Accept, Content-MD5, Content-Type, Date, x-acs- headers and resource"
	case at < len(v.head):
		return "the path"
	case at < len(v.head)+len(v.outer(v.query)):
		return inQuery(v, at-len(v.head))
	}
	begin := strings.LastIndexByte(text[:min(at, len(text))], '\n') + 1
	name, _, header := strings.Cut(text[begin:], ":")
	if header && !strings.Contains(name, "\n") {
		return "header " + name
	}
	if !strings.Contains(text[begin:], "\n") {
		return "the hash of the body"
	}
	return "the list of signed headers"
}

// inQuery names the parameter that a byte of the query, as it is in the text, belongs to.
func inQuery(v variant, at int) string {
	end := 0
	for i, pair := range v.pairs() {
		if i > 0 {
			end += len(v.outer("&"))
		}
		if end += len(v.outer(pair)); at < end {
			return "parameter " + nameOf(pair)
		}
	}
	return "the query"
}

// maxTogether is how many mistakes are looked for that are made together: a form encoder makes three.
const maxTogether = 3

// search finds the fewest mistakes that make theirs of ours, and the text that they make.
func search(s Steps, told Told, c Comparison, secret string) ([]Mistake, string) {
	known := mistakes()
	known = slices.DeleteFunc(known, func(m Mistake) bool { return len(m.styles) > 0 && !slices.Contains(m.styles, s.Style) })
	fits := func(v variant) bool {
		switch told.Form {
		case Signature:
			return signedBy(s.Style, v, secret) == c.Theirs
		case Hash:
			return sign.ContentSHA256([]byte(v.text())) == c.Theirs
		}
		return v.text() == c.Theirs
	}
	for n := 1; n <= maxTogether; n++ {
		if made, text := together(known, variantOf(s), clues{s, told}, n, fits); made != nil {
			return made, text
		}
	}
	return nil, ""
}

// together tries n mistakes, each made in what the ones before it left.
func together(known []Mistake, v variant, c clues, n int, fits func(variant) bool) ([]Mistake, string) {
	for i, m := range known {
		for _, made := range m.make(v, c) {
			if made.text() == v.text() && made.plain == v.plain {
				continue
			}
			if n == 1 && fits(made) {
				return []Mistake{m}, made.text()
			}
			if n > 1 {
				if rest, text := together(known[i+1:], made, c, n-1, fits); rest != nil {
					return append([]Mistake{m}, rest...), text
				}
			}
		}
	}
	return nil, ""
}

// signedBy returns the signature of a variant's text with its key. What is added to the key in style rpc is left out where
// the mistake is about that: then the key is that of roa, which is written alike.
func signedBy(style schemas.Style, v variant, secret string) string {
	if style == schemas.RPC && !v.plain {
		return signed(schemas.ROA, v.text(), v.key(secret))
	}
	return signed(style, v.text(), v.key(secret))
}

// Adopt returns the message with the nonce, the time and the format of what was told, for a request that is made up here: nobody
// signs the same nonce twice. A time that is not in the form of the style stays a difference.
func Adopt(style schemas.Style, m sign.Message, told Told) sign.Message {
	if told.Form != Text && told.Form != Canonical {
		return m
	}
	at := timeIn(style, told)
	if _, err := time.Parse(layoutOf(style), at); err != nil {
		at = ""
	}
	m.Params, m.Header = slices.Clone(m.Params), slices.Clone(m.Header)
	if style == schemas.RPC {
		for i, p := range m.Params {
			if found := adopted.FindAllStringSubmatch(decoded(told.Text), -1); p.Name == "Timestamp" && at != "" {
				m.Params[i].Value = at
			} else {
				for _, f := range found {
					if f[1] == p.Name {
						m.Params[i].Value = f[2]
					}
				}
			}
		}
		return m
	}
	if text, ok := line(told.Text, "x-acs-signature-nonce"); ok {
		m.Header.Set("x-acs-signature-nonce", text)
	}
	if name := map[schemas.Style]string{schemas.ROA: "Date", schemas.ACS3: "x-acs-date"}[style]; at != "" {
		m.Header.Set(name, at)
	}
	return m
}
