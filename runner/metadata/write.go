package metadata

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// OperationsFile is the name of the file of operations, which lies beside the profile.
func (p *Product) OperationsFile() string { return p.Name + ".operations.json" }

// Profile returns the profile as a file that extends base. The same metadata makes the same bytes.
func (p *Product) Profile(base string) []byte {
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# yaml-language-server: $schema=%s", file.SchemaID(file.Profile))
	line("# Made of the published API metadata of %s: %d operations, %d rows.", p.Title, len(p.Operations.List), len(p.Rows))
	line("# What it extends is observed at gateways, and not published.")
	line("name: %s", p.Name)
	line("title: %s", quote(p.Title))
	line("extends: %s", base)
	line("source: %s", quote("published API metadata of "+p.Title))
	line("formats: [%s]", text.Join(p.Formats, ", "))
	if len(p.Formats) == 1 {
		line("default_format: %s", p.Formats[0])
	} else {
		line("# default_format: not published; name it, JSON or XML, to have FORMAT-1 judged.")
	}
	line("styles: [%s]", text.Join(p.styles(), ", "))
	line("methods: [%s]", text.Join(p.Methods, ", "))
	if p.Request != nil {
		line("request: %s", request(p.Request))
	} else {
		line("# request: no operation is published as read-only; name a harmless call in the target file.")
	}
	if !slices.Contains(p.Formats, schemas.XML) {
		line("silent: [format-xml]")
	}
	line("operations: ./%s", p.OperationsFile())
	p.remarks(line)
	if len(p.Rows) > 0 {
		line("codes:")
	}
	for _, r := range p.Rows {
		line("  - %s", row(r))
	}
	return b.Bytes()
}

// remarks lists what was left out, as comments.
func (p *Product) remarks(line func(string, ...any)) {
	if p.Contradicted > 0 {
		line("# Types that a published sample contradicts, and which are held against nobody: %d.", p.Contradicted)
	}
	if len(p.LeftOut) == 0 {
		return
	}
	line("# Rows left out, since they make no sense: %d.", len(p.LeftOut))
	for _, o := range p.LeftOut {
		line("#   %s %s %s (%s)", quote(o.Status), quote(o.Code), quote(o.Message), o.Why)
	}
}

func row(r schemas.Row) string {
	text := fmt.Sprintf("{code: %s, status: %s, message: %s", quote(r.Code), r.Status, quote(r.Message))
	if r.AnyText {
		text += ", any_text: true"
	}
	if r.Published != "" {
		text += ", published: " + quote(r.Published)
	}
	return text + "}"
}

func request(r *schemas.ProfileRequest) string {
	parts := []string{"action: " + quote(r.Action), "version: " + quote(r.Version)}
	if r.Method != "" {
		parts = append(parts, "method: "+r.Method)
	}
	if r.Path != "" {
		parts = append(parts, "path: "+quote(r.Path))
	}
	if len(r.Params) > 0 {
		var params []string
		for _, name := range slices.Sorted(maps.Keys(r.Params)) {
			params = append(params, quote(name)+": "+quote(r.Params[name]))
		}
		parts = append(parts, "params: {"+strings.Join(params, ", ")+"}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// quote writes a text as both Go and YAML read it, in one line.
func quote(text string) string { return strconv.Quote(text) }

// printable leaves out what no line of a file should hold.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

// List returns the operations as a file, one in a line. The same metadata makes the same bytes.
func (p *Product) List() ([]byte, error) {
	var b bytes.Buffer
	o := p.Operations
	fmt.Fprintf(&b, "{\"product\": %s, \"version\": %s,\n", plain(o.Product), plain(o.Version))
	if len(o.Definitions) > 0 {
		b.WriteString("\"definitions\": {\n")
		for i, name := range slices.Sorted(maps.Keys(o.Definitions)) {
			if i > 0 {
				b.WriteString(",\n")
			}
			fmt.Fprintf(&b, "%s: %s", plain(name), plain(o.Definitions[name]))
		}
		b.WriteString("\n},\n")
	}
	b.WriteString("\"operations\": [")
	for i := range o.List {
		if i > 0 {
			b.WriteByte(',')
		}
		text, err := encode(&o.List[i])
		if err != nil {
			return nil, fmt.Errorf("operation %s: %w", o.List[i].Name, err)
		}
		b.WriteByte('\n')
		b.Write(text)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

// plain is encode of what can always be encoded.
func plain(value any) []byte {
	text, err := encode(value)
	if err != nil {
		return []byte("null")
	}
	return text
}

func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return bytes.TrimSpace(b.Bytes()), err
}
