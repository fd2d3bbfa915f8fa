package schemas

import "encoding/json"

// Operations lists the operations of one product, as its published API metadata has them. They lie in a JSON file beside
// the profile.
type Operations struct {
	Product     string           `json:"product"`
	Version     string           `json:"version"`
	Definitions map[string]*Kind `json:"definitions,omitempty"` // what a Kind refers to by name
	List        []Operation      `json:"operations"`            // by name
}

// Operation is one call of a product.
type Operation struct {
	Name     string               `json:"name"`
	Methods  []string             `json:"methods,omitempty"`   // HTTP methods, in capitals
	Path     string               `json:"path,omitempty"`      // of a product that is called by path; {Name} stands for a parameter
	ReadOnly bool                 `json:"read_only,omitempty"` // it changes nothing
	Unsigned bool                 `json:"unsigned,omitempty"`  // it is published as called without a key, or with another proof than one
	Required []OperationParameter `json:"required,omitempty"`  // the parameters that it cannot do without
	Result   *Kind                `json:"result,omitempty"`    // what a success carries; nil where nothing is published
	Sample   json.RawMessage      `json:"sample,omitempty"`    // the published answer, a JSON object
}

// OperationParameter is a required parameter of an operation.
type OperationParameter struct {
	Name    string `json:"name"`
	In      string `json:"in,omitempty"`      // path, query, header, formData or body
	Type    string `json:"type,omitempty"`    // string, integer, boolean, array, …
	Style   string `json:"style,omitempty"`   // how a list or an object is written: repeatList, json, flat, …
	Example string `json:"example,omitempty"` // the published example, as text
}

// The places of a parameter.
const (
	InPath   = "path"
	InHeader = "header"
	InForm   = "formData"
	InBody   = "body"
)

// Named returns the operation of that name, and nil when there is none. It may be asked of nil.
func (o *Operations) Named(name string) *Operation {
	if o == nil || name == "" {
		return nil
	}
	for i := range o.List {
		if o.List[i].Name == name {
			return &o.List[i]
		}
	}
	return nil
}
