package file

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

// yamlReading turns a tree of YAML nodes into the tree that a schema judges, and keeps the places.
type yamlReading struct {
	file    *File
	shape   *shape
	faults  Faults
	spoilt  map[string]bool // values that are faulty, by their path: neither they nor what is in them is checked further
	partial map[string]bool // objects that have a key which could not be read: missing keys of theirs are not reported
}

func (r *yamlReading) fault(n *yaml.Node, path []string, format string, args ...any) {
	r.faults = append(r.faults, Fault{File: r.file.name, Place: Place{n.Line, n.Column}, Key: keyPath(path), Text: fmt.Sprintf(format, args...)})
}

// spoil is fault of a value, which is left out.
func (r *yamlReading) spoil(n *yaml.Node, path []string, format string, args ...any) {
	r.fault(n, path, format, args...)
	r.spoilt[steps(path)] = true
}

// lose is fault of a key, which is left out with its value.
func (r *yamlReading) lose(n *yaml.Node, path []string, format string, args ...any) {
	r.fault(n, path, format, args...)
	r.partial[steps(path)] = true
}

// place puts a fault of the validator where it belongs.
func (r *yamlReading) place(p filePlace) {
	for n := range len(p.path) + 1 {
		if r.spoilt[steps(p.path[:n])] {
			return
		}
	}
	if p.missing && r.partial[steps(p.path)] {
		return
	}
	e := Fault{File: r.file.name, Place: r.file.Place(p.path...), Key: keyPath(p.path), Text: p.text}
	at := p.path
	if p.key != "" {
		at = append(slices.Clone(p.path), p.key)
		e.Place, e.Key = r.file.keys[steps(at)], ""
	}
	r.faults = append(r.faults, e)
	if p.unfit {
		r.spoilt[steps(at)] = true
	}
}

// prune takes what is faulty out of the tree: a member is gone, an item of a list is empty.
func (r *yamlReading) prune() {
	if len(r.spoilt) > 0 {
		r.file.tree = r.pruned(r.file.tree, nil)
	}
}

func (r *yamlReading) pruned(v any, path []string) any {
	if r.spoilt[steps(path)] {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			below := append(slices.Clone(path), key)
			if v[key] = r.pruned(member, below); r.spoilt[steps(below)] {
				delete(v, key)
			}
		}
	case []any:
		for i, item := range v {
			v[i] = r.pruned(item, append(slices.Clone(path), strconv.Itoa(i)))
		}
	}
	return v
}

// value reads a node as what the schema wants at its place.
func (r *yamlReading) value(n *yaml.Node, want schemaTree, path []string) any {
	if len(path) > 0 {
		r.file.places[steps(path)] = Place{n.Line, n.Column}
	}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.spoil(n, path, aliasText)
	case n.Style&yaml.TaggedStyle != 0:
		r.spoil(n, path, "tags like %s are not read (leave it out)", clipped(n.Tag))
	case len(path) > maxFileDepth:
		r.fault(n, nil, "nested deeper than %d (is it the right file?)", maxFileDepth)
		r.spoilt[steps(path)] = true
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
			r.lose(key, path, aliasText)
			continue
		case key.Kind != yaml.ScalarNode || key.Style&yaml.TaggedStyle != 0:
			r.lose(key, path, "a key must be a plain word (write name: value)")
			continue
		case strings.ContainsFunc(key.Value, func(c rune) bool { return c < ' ' }):
			r.lose(key, path, "the key %s holds a control character", clipped(key.Value))
			continue
		}
		if line, ok := first[key.Value]; ok {
			r.fault(key, path, "the key %s occurs twice, first in line %d (keep one)", clipped(key.Value), line)
			continue
		}
		first[key.Value] = key.Line
		below := append(slices.Clone(path), key.Value)
		values[key.Value] = r.value(value, want.key(key.Value), below)
		r.file.keys[steps(below)] = Place{key.Line, key.Column}
		if value.Kind == yaml.ScalarNode {
			r.file.places[steps(below)] = placeOf(key, value)
		}
	}
	return values
}

// placeOf returns the place of a scalar: its own where it is in the line of its key, else that of the key.
func placeOf(key, value *yaml.Node) Place {
	if value.Line == key.Line && value.Column > key.Column {
		return Place{value.Line, value.Column}
	}
	return Place{key.Line, key.Column}
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
