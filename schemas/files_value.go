package schemas

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	wholeNumber   = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)
	decimalNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?$`)
)

// yamlReading turns a tree of YAML nodes into the tree that a schema judges, and keeps the lines.
type yamlReading struct {
	file   *File
	shape  *fileShape
	faults FileErrors
}

func (r *yamlReading) fault(n *yaml.Node, path []string, format string, args ...any) {
	r.faults = append(r.faults, FileError{File: r.file.name, Line: n.Line, Key: keyPath(path), Text: fmt.Sprintf(format, args...)})
}

// place puts a fault of the validator on its line. Unknown keys have lines of their own.
func (r *yamlReading) place(p filePlace) {
	e := FileError{File: r.file.name, Line: r.file.Line(append(slices.Clone(p.path), p.key)...), Text: p.text}
	if p.key == "" {
		e.Line, e.Key = r.file.Line(p.path...), keyPath(p.path)
	}
	r.faults = append(r.faults, e)
}

// value reads a node as what the schema wants at its place.
func (r *yamlReading) value(n *yaml.Node, want schemaTree, path []string) any {
	if len(path) > 0 {
		r.file.lines[strings.Join(path, contextStep)] = n.Line
	}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.fault(n, path, aliasText)
	case n.Style&yaml.TaggedStyle != 0:
		r.fault(n, path, "tags like %s are not read (leave it out)", clipped(n.Tag))
	case len(path) > maxFileDepth:
		r.fault(n, nil, "nested deeper than %d", maxFileDepth)
	case n.Kind == yaml.MappingNode:
		return r.mapping(n, want, path)
	case n.Kind == yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for i, item := range n.Content {
			list = append(list, r.value(item, want.item(), append(slices.Clone(path), strconv.Itoa(i))))
		}
		return list
	case n.Kind == yaml.ScalarNode:
		return scalarValue(n, want.types())
	}
	return nil
}

func (r *yamlReading) mapping(n *yaml.Node, want schemaTree, path []string) any {
	values := make(map[string]any, len(n.Content)/2)
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind == yaml.AliasNode || key.Anchor != "" || key.ShortTag() == "!!merge":
			r.fault(key, path, aliasText)
			continue
		case key.Kind != yaml.ScalarNode || key.Style&yaml.TaggedStyle != 0:
			r.fault(key, path, "a key must be a plain word")
			continue
		case strings.ContainsFunc(key.Value, func(c rune) bool { return c < ' ' }):
			r.fault(key, path, "the key %s holds a control character", clipped(key.Value))
			continue
		}
		if line, ok := first[key.Value]; ok {
			r.fault(key, path, "the key %s stands twice, first in line %d (keep one)", clipped(key.Value), line)
			continue
		}
		first[key.Value] = key.Line
		below := append(slices.Clone(path), key.Value)
		values[key.Value] = r.value(value, want.key(key.Value), below)
		if value.Kind == yaml.ScalarNode || len(want.keys()) > 0 && !slices.Contains(want.keys(), key.Value) {
			r.file.lines[strings.Join(below, contextStep)] = key.Line
		}
	}
	return values
}

// scalarValue reads a scalar as one of the wanted types; what fits none of them stays the text that was written.
func scalarValue(n *yaml.Node, want []string) any {
	const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	switch {
	case n.Style&quoted != 0:
		return n.Value
	case n.ShortTag() == "!!null":
		return nil
	case slices.Contains(want, "integer") && wholeNumber.MatchString(n.Value),
		slices.Contains(want, "number") && decimalNumber.MatchString(n.Value):
		return json.Number(n.Value)
	case slices.Contains(want, "boolean") && (n.Value == "true" || n.Value == "false"):
		return n.Value == "true"
	}
	return n.Value
}
