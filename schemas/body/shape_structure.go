package body

import (
	"bytes"
	"github.com/acsconform/acsconform/schemas"
	"slices"
	"strings"
	"text/template"
)

// structureForm writes an XML structure. In XSD 1.0 xs:all cannot be open to further elements, and a choice that
// names elements beside an xs:any is ambiguous. So the content is any elements in any order, those declared here
// are held to their types wherever they are, and identity constraints count them: a key asks for exactly one, a
// unique for at most one.
const structureForm = `<?xml version="1.0" encoding="UTF-8"?>
<!-- {{.Title}}. Any order, and further elements, are allowed. xs:key stands for "exactly once" and
     xs:unique for "at most once": XSD 1.0 has no other way to say so of a structure that is open. For the
     same reason the elements named here are held to their types deeper down too.{{with .Note}}
     {{.}}{{end}} -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Filled">
    <xs:restriction base="xs:string"><xs:pattern value="[\s\S]*\S[\s\S]*"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="Digits">
    <xs:restriction base="xs:string"><xs:pattern value="[0-9]+"/></xs:restriction>
  </xs:simpleType>
  <xs:complexType name="Envelope">
    <xs:sequence>
      <xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xs:sequence>
  </xs:complexType>
  <xs:element name="{{.Root}}" type="Envelope">
{{- range $.Once}}
    <xs:key name="{{.}}-once"><xs:selector xpath="."/><xs:field xpath="{{.}}"/></xs:key>
{{- end}}
{{- range $.AtMostOnce}}
    <xs:unique name="{{.}}-at-most-once"><xs:selector xpath="."/><xs:field xpath="{{.}}"/></xs:unique>
{{- end}}
  </xs:element>
{{- range .Elements}}
  <xs:element name="{{.Name}}" type="{{.Type}}"/>
{{- end}}
</xs:schema>
`

type structure struct {
	Title, Note      string
	Root             string
	Once, AtMostOnce []string
	Elements         []structureElement
}

type structureElement struct{ Name, Type string }

// ErrorStructure returns the XSD 1.0 text of the error envelope of that shape, and nil where the shape has no XML.
func ErrorStructure(shape schemas.EnvelopeShape) []byte {
	if shape.ErrorRoot == "" {
		return nil
	}
	s := structure{Title: "Error envelope", Root: shape.ErrorRoot, Once: shape.Mandatory}
	for _, name := range shape.Mandatory {
		s.Elements = append(s.Elements, structureElement{name, textType(shape, name)})
	}
	for _, name := range slices.Concat(shape.Recommended, envelopeElements) {
		if !slices.Contains(s.Once, name) && !slices.Contains(s.AtMostOnce, name) {
			s.AtMostOnce = append(s.AtMostOnce, name)
			s.Elements = append(s.Elements, structureElement{name, "xs:string"})
		}
	}
	return s.text()
}

// SuccessStructure returns the XSD 1.0 text of what every success carries, and nil where the shape has no XML. A
// schema names its roots, so the word Action stands where the name of the action belongs.
func SuccessStructure(shape schemas.EnvelopeShape) []byte {
	if shape.SuccessRoot == "" {
		return nil
	}
	root := strings.NewReplacer("{", "", "}", "").Replace(shape.SuccessRoot)
	s := structure{
		Title: "Success envelope", Root: root, Once: []string{requestID},
		Note:     "In " + root + " the name of the action goes in the place of Action.",
		Elements: []structureElement{{requestID, "Filled"}},
	}
	return s.text()
}

// textType names the type of a mandatory element.
func textType(shape schemas.EnvelopeShape, name string) string {
	if slices.Contains(shape.Numeric, name) {
		return "Digits"
	}
	return "Filled"
}

func (s structure) text() []byte {
	var b bytes.Buffer
	form := template.Must(template.New("structure").Parse(structureForm))
	if err := form.Execute(&b, s); err != nil {
		panic(err) // a template over strings, written to memory
	}
	return b.Bytes()
}
