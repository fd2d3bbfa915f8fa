package metadata

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Product is what the metadata of one product version publishes.
type Product struct {
	Name         string // of the profile, like ecs-2014-05-26
	Title        string
	Style        schemas.Style
	Formats      []schemas.Format
	Methods      []string
	Rows         []schemas.Row
	LeftOut      []LeftOut
	Operations   *schemas.Operations
	Request      *schemas.ProfileRequest // a harmless call; nil where no operation is one
	Contradicted int                     // types that a published sample contradicts, and which are held against nobody
}

var (
	methodForm = regexp.MustCompile(`^[A-Z]{1,20}$`)
	notInName  = regexp.MustCompile(`[^a-z0-9]+`)
)

// Read reads the metadata of one product version: JSON, packed by gzip or not, of at most [MaxBytes].
func Read(r io.Reader) (*Product, error) {
	p, d, err := read(r)
	if err != nil {
		return nil, err
	}
	p.Operations, p.Contradicted = d.operations()
	p.complete(d)
	return p, nil
}

// read reads what is published of the product as a whole.
func read(r io.Reader) (*Product, *document, error) {
	d, err := parse(r)
	if err != nil {
		return nil, nil, err
	}
	style, err := d.style()
	if err != nil {
		return nil, nil, err
	}
	p := &Product{Title: strings.Join(strings.Fields(printable(string(d.Info.Product+" "+d.Info.Version))), " "), Style: style}
	p.Name = d.name()
	p.Title = cmp.Or(p.Title, p.Name)
	p.Rows, p.LeftOut = d.rows()
	p.Formats = d.formats(style)
	return p, d, nil
}

// complete adds what depends on the operations.
func (p *Product) complete(d *document) {
	p.Methods, p.Request = methods(p.Style, p.Operations), harmless(p.Operations, p.Style, d.deprecated)
}

// style returns how the product is called. Where the metadata does not say, a path is a sign of roa.
func (d *document) style() (schemas.Style, error) {
	switch word := strings.ToUpper(strings.TrimSpace(string(d.Info.Style))); word {
	case "RPC":
		return schemas.RPC, nil
	case "ROA", "RESTFUL":
		return schemas.ROA, nil
	case "":
		for _, a := range d.APIs {
			if a != nil && a.Path != "" {
				return schemas.ROA, nil
			}
		}
		return schemas.RPC, nil
	default:
		return "", fmt.Errorf("%s is called in style %.40q, which is not of this convention (want RPC or ROA)", d.name(), word)
	}
}

// name is that of the product and its version, which no profile of the suite has.
func (d *document) name() string {
	word := func(s string) string { return strings.Trim(notInName.ReplaceAllString(strings.ToLower(s), "-"), "-") }
	product, version := word(string(d.Info.Product)), word(string(d.Info.Version))
	product = cmp.Or(product, "product")
	if version == "" {
		version = "published"
	}
	return product + "-" + version
}

func (d *document) deprecated(name string) bool {
	return d.APIs[name] != nil && bool(d.APIs[name].Deprecated)
}

// formats returns what the product answers in: in rpc both formats of the convention, unless the metadata publishes one; in
// roa JSON.
func (d *document) formats(style schemas.Style) []schemas.Format {
	seen := map[schemas.Format]bool{}
	for _, a := range d.APIs {
		if a == nil {
			continue
		}
		for _, kind := range a.Produces {
			seen[schemas.JSON] = seen[schemas.JSON] || strings.Contains(strings.ToLower(string(kind)), "json")
			seen[schemas.XML] = seen[schemas.XML] || strings.Contains(strings.ToLower(string(kind)), "xml")
		}
	}
	both := []schemas.Format{schemas.JSON, schemas.XML}
	switch {
	case seen[schemas.JSON] || seen[schemas.XML]:
		return slices.DeleteFunc(both, func(f schemas.Format) bool { return !seen[f] })
	case style == schemas.ROA:
		return both[:1]
	}
	return both
}

// methods returns the HTTP methods of all operations, GET and POST first.
func methods(style schemas.Style, list *schemas.Operations) []string {
	all := []string{"GET", "POST"}
	if style == schemas.RPC {
		return all
	}
	var more []string
	for _, o := range list.List {
		for _, m := range o.Methods {
			if !slices.Contains(all, m) && !slices.Contains(more, m) {
				more = append(more, m)
			}
		}
	}
	slices.Sort(more)
	return append(all, more...)
}
