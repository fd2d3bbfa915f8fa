package metadata

import (
	"encoding/json"
	"io"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// Opened is a product for those who serve it: what an operation answers is read when it is asked for, since most operations of
// a product are never called. The list of its Operations has neither results nor samples, and no published type is held against
// a sample. It is safe for concurrent use.
type Opened struct {
	*Product
	document *document
	kinds    func() *kinds
}

// Open reads what [Read] reads, for a server.
func Open(r io.Reader) (*Opened, error) {
	p, d, err := read(r)
	if err != nil {
		return nil, err
	}
	p.Operations = d.heads()
	p.Operations.Definitions = map[string]*schemas.Kind{}
	p.complete(d)
	return &Opened{p, d, sync.OnceValue(func() *kinds { return d.allKinds(p.Operations.Definitions) })}, nil
}

// allKinds makes all definitions at once, so that none is made later.
func (d *document) allKinds(definitions map[string]*schemas.Kind) *kinds {
	k := &kinds{published: loose[map[string]*schema](d.Components.Schemas), definitions: definitions}
	for name := range k.published {
		k.referred(refPrefix + name)
	}
	return k
}

// Whole returns an operation of the list with its result and its sample. Once it was called, the Definitions of the list are
// there too.
func (o *Opened) Whole(head *schemas.Operation) *schemas.Operation {
	k, whole, a := o.kinds(), *head, o.document.APIs[head.Name]
	if s := a.result(); s != nil {
		whole.Result = k.of(s, schemas.MaxKindDepth/2)
	}
	whole.Sample = answer(a.samples())
	return &whole
}

// Sampled counts the operations that have a sample.
func (o *Opened) Sampled() int {
	n := 0
	for _, a := range o.document.APIs {
		if a != nil && a.hasSample() {
			n++
		}
	}
	return n
}

// hasSample reports whether [answer] finds one, and costs less.
func (a *api) hasSample() bool {
	for _, demo := range a.demos() {
		text := demo.text()
		if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
			return true
		}
	}
	return false
}
