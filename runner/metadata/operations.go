package metadata

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/schemas"
)

// operations lists the operations by name, and counts the types that a published sample contradicts.
func (d *document) operations() (*schemas.Operations, int) {
	list := d.heads()
	k := &kinds{published: loose[map[string]*schema](d.Components.Schemas), definitions: map[string]*schemas.Kind{}}
	contradicted := 0
	for i := range list.List {
		o := &list.List[i]
		a := d.APIs[o.Name]
		samples := a.samples()
		if s := a.result(); s != nil {
			o.Result = k.of(s, schemas.MaxKindDepth/2)
			for _, sample := range samples {
				contradicted += k.reconcile(o.Result, sample, schemas.MaxKindDepth)
			}
		}
		o.Sample = answer(samples)
	}
	if len(k.definitions) > 0 {
		list.Definitions = k.definitions
	}
	return list, contradicted
}

// heads lists the operations by name, without what they answer.
func (d *document) heads() *schemas.Operations {
	list := &schemas.Operations{Product: string(d.Info.Product), Version: string(d.Info.Version), List: []schemas.Operation{}}
	for _, name := range slices.Sorted(maps.Keys(d.APIs)) {
		if a := d.APIs[name]; a != nil && name != "" {
			list.List = append(list.List, schemas.Operation{Name: name, Methods: a.methods(), Path: a.path(), ReadOnly: a.readOnly(), Unsigned: a.unsigned(), Required: a.required()})
		}
	}
	return list
}

func (a *api) methods() []string {
	var list []string
	for _, m := range a.Methods {
		if word := strings.ToUpper(strings.TrimSpace(string(m))); methodForm.MatchString(word) && !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	slices.Sort(list)
	return list
}

// path returns the path as one that begins at the root, and "" where the operation is called by its name alone.
func (a *api) path() string {
	text := strings.TrimSpace(string(a.Path))
	if text == "" || strings.HasPrefix(text, "/") {
		return text
	}
	return "/" + text
}

// readOnly reports whether the operation is published as one that changes nothing.
func (a *api) readOnly() bool {
	switch strings.ToLower(string(cmp.Or(a.SystemTags.OperationType, a.OperationType))) {
	case "get", "list", "read":
		return true
	}
	return false
}

// unsigned reports whether the published proofs of the caller leave out the one by a key. Where none is published there is
// that one.
func (a *api) unsigned() bool {
	named := map[string]bool{}
	for _, proof := range loose[[]map[string]json.RawMessage](a.Security) {
		for name := range proof {
			named[name] = true
		}
	}
	return len(named) > 0 && !named["AK"]
}

func (a *api) required() []schemas.OperationParameter {
	var list []schemas.OperationParameter
	for _, p := range a.Parameters {
		if p.Name == "" || !bool(p.Schema.Required) {
			continue
		}
		list = append(list, schemas.OperationParameter{
			Name: string(p.Name), In: string(p.In), Type: string(p.Schema.Type), Style: string(p.Style),
			Example: inOneLine(string(cmp.Or(p.Schema.Example, p.Schema.Default))),
		})
	}
	return list
}

// inOneLine writes an example as a call would carry it: published examples are laid out for readers.
func inOneLine(example string) string {
	if !strings.ContainsFunc(example, unicode.IsControl) {
		return example
	}
	var b bytes.Buffer
	if json.Compact(&b, []byte(example)) == nil {
		return b.String()
	}
	return strings.Join(strings.Fields(printable(example)), " ")
}

// result is the schema of the success with the lowest status.
func (a *api) result() *schema {
	all := loose[map[string]*response](a.Responses)
	for _, status := range slices.Sorted(maps.Keys(all)) {
		if r := all[status]; strings.HasPrefix(status, "2") && r != nil && r.Schema != nil {
			return r.Schema
		}
	}
	return nil
}
