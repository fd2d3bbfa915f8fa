package certify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"maps"
	"slices"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
)

// Book is what a suite judges by. It is not to be changed once it is in use.
type Book struct {
	Clauses  []schemas.Clause
	Chapters []suites.Chapter
	Profiles []*schemas.Profile
	Shapes   map[string][]byte // the schemas of the envelopes, by file name
}

// Here is the book of this binary.
func Here() Book {
	b := Book{Clauses: fixtures.Clauses(), Chapters: suites.Book(), Profiles: fixtures.Profiles(), Shapes: map[string][]byte{}}
	for _, p := range b.Profiles {
		maps.Copy(b.Shapes, body.EnvelopeFiles(p))
	}
	return b
}

// Digests are those of a book, part by part: SHA-256 in lower-case hexadecimal. They depend on what the book says, not on
// the machine, the build or the order of a map.
type Digests struct {
	Clauses  string `json:"clauses"`
	Cases    string `json:"cases"` // and rules, chapter by chapter
	Profiles string `json:"profiles"`
	Schemas  string `json:"schemas"`
}

// Digests computes the digests of the parts.
func (b Book) Digests() Digests {
	return Digests{
		Clauses:  digestOf(b.Clauses),
		Cases:    b.caseDigest(),
		Profiles: digestOf(b.Profiles),
		Schemas:  b.shapeDigest(),
	}
}

// Whole is the digest of the whole book: that of its parts.
func (d Digests) Whole() string { return digestOf(d) }

// casePrint is what the book says of a case: everything but where it is in the source.
type casePrint struct {
	Name       string
	Condition  schemas.Condition
	Clause     string
	Does       string
	Parameter  string
	Base       suites.Base
	Needs      []suites.Need
	Spread     suites.Spread
	Styles     []schemas.Style
	Echo       string
	MayServe   bool
	Alone      bool
	Replays    bool
	AnyRefusal bool
	Spans      bool   `json:",omitempty"`
	Unlisted   string `json:",omitempty"`
}

type rulePrint struct{ Name, Clause string }

func (b Book) caseDigest() string {
	sum := newDigest()
	for _, chapter := range b.Chapters {
		sum.add(chapter.Name)
		for _, r := range chapter.Rules {
			sum.add(rulePrint{r.Name.Text, r.Clause})
		}
		for i := range chapter.Cases {
			c := &chapter.Cases[i]
			sum.add(casePrint{
				Name: c.Name.Text, Condition: c.Condition, Clause: c.Clause, Does: c.Describe(), Parameter: c.Parameter, Base: c.Base,
				Needs: c.Needs, Spread: c.Spread, Styles: c.Styles, Echo: c.Echo, MayServe: c.MayServe, Alone: c.Alone, Replays: c.Replays, AnyRefusal: c.AnyRefusal, Spans: c.Spans, Unlisted: c.Unlisted,
			})
		}
	}
	return sum.hex()
}

func (b Book) shapeDigest() string {
	sum := newDigest()
	for _, name := range slices.Sorted(maps.Keys(b.Shapes)) {
		sum.add([]string{name, string(b.Shapes[name])})
	}
	return sum.hex()
}

// tableRow is a row of a source document, as published.
type tableRow struct {
	Code    string
	Status  schemas.Status
	Message string
}

// Tables is the digest of the tables of error codes of the source documents, and counts their rows. Unlike that of the
// profiles, it depends on nothing that the suite adds to them.
func (b Book) Tables() (digest string, rows int) {
	sum := newDigest()
	for _, p := range b.Profiles {
		sum.add([]string{p.Name, p.Source})
		for _, r := range p.Codes {
			sum.add(tableRow{r.Code, r.Status, r.Message})
			rows++
		}
	}
	return sum.hex(), rows
}

// digest is the SHA-256 of values, each written as JSON: members in the order of their declaration, keys of maps sorted.
type digest struct{ hash.Hash }

func newDigest() digest { return digest{sha256.New()} }

func (s digest) add(v any) {
	if err := json.NewEncoder(s).Encode(v); err != nil {
		panic(err) // none of what is added can fail to be written
	}
}

func (s digest) hex() string { return hex.EncodeToString(s.Sum(nil)) }

func digestOf(v any) string {
	s := newDigest()
	s.add(v)
	return s.hex()
}
