package body

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// Node is an element of XML with all that is in it, but for its attributes. Text is what stands in it beside its children.
type Node struct {
	Name     string
	Text     string
	Children []Node
}

// Tree returns the root of a body in XML, and nil where the body is not sound: where [Open] finds a flaw that is one of what the
// body holds, and not only of how it is laid out or declared.
func Tree(body []byte) *Node {
	e := Open(body)
	if e == nil || e.Root == "" {
		return nil
	}
	for _, f := range e.Faults {
		switch f.Kind {
		case FlawUndeclared, FlawLineBreaks, FlawBOM:
		default:
			return nil
		}
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if err != nil {
			return nil
		}
		if root, ok := token.(xml.StartElement); ok {
			tree, err := element(d, root)
			if err != nil {
				return nil
			}
			return &tree
		}
	}
}

// element reads to the end of an element that has begun. How deep it is was bounded before.
func element(d *xml.Decoder, start xml.StartElement) (Node, error) {
	e := Node{Name: start.Name.Local}
	var text strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return e, err
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			child, err := element(d, t)
			if err != nil {
				return e, err
			}
			e.Children = append(e.Children, child)
		case xml.EndElement:
			e.Text = text.String()
			return e, nil
		}
	}
}
