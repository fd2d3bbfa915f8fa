package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/schemas/file"
)

// Every key that people can write changes a request, a verdict or what is shown. The keys are those of the schemas, so
// that one which nothing reads cannot be added: it has no entry, or one that fails.

// tree is a YAML file as a tree.
type tree = map[string]any

// left stands for a key that is left out.
var left = struct{}{}

// keyed describes what shows that a key is used.
type keyed struct {
	at     string // its place in a file: recipes.0.method
	in     func() tree
	values []any // each shows something else; left is the key left out
	shows  func(t *testing.T, doc tree) string
}

// key returns what the schema calls the place: recipes[].method, credentials{}.security_token.
func (k keyed) key(t *testing.T, kind file.Kind) string {
	t.Helper()
	s := keySchemaOf(t, kind)
	name := ""
	for step := range strings.SplitSeq(k.at, ".") {
		below, word, ok := s.step(step)
		if !ok {
			t.Fatalf("%s: the schema of %s files has no place %s", k.at, kind, name+"."+step)
		}
		s, name = below, name+word
	}
	return strings.TrimPrefix(s.tail(name), ".")
}

func checkEveryKey(t *testing.T, kind file.Kind, entries []keyed) {
	t.Helper()
	shown := map[string]bool{}
	for _, k := range entries {
		shown[k.key(t, kind)] = true
		t.Run(k.at, func(t *testing.T) {
			before := map[string]any{}
			for _, value := range k.values {
				doc := k.in()
				put(t, doc, strings.Split(k.at, "."), value)
				text := k.shows(t, doc)
				if text == "" {
					t.Errorf("%v shows nothing", value)
				}
				if other, same := before[text]; same {
					t.Errorf("%v shows the same as %v: nothing reads the key here\n%s", value, other, text)
				}
				before[text] = value
			}
			if len(k.values) < 2 {
				t.Error("one value shows nothing")
			}
		})
	}
	keys := keySchemaOf(t, kind).leaves("", nil)
	for _, key := range keys {
		if !shown[key] {
			t.Errorf("the key %s of %s files has no entry here: say what shows that it is used, or take it out of the schema", key, kind)
		}
	}
	if len(keys) < 20 {
		t.Errorf("the schema of %s files has the keys %v: want all of them", kind, keys)
	}
}

// put sets a value of a tree, and makes what is above it.
func put(t *testing.T, node any, path []string, value any) {
	t.Helper()
	last := len(path) == 1
	switch node := node.(type) {
	case tree:
		switch {
		case last && value == any(left):
			delete(node, path[0])
			return
		case last:
			node[path[0]] = value
			return
		case node[path[0]] == nil:
			node[path[0]] = tree{}
		}
		put(t, node[path[0]], path[1:], value)
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i >= len(node) {
			t.Fatalf("no item %s in %v", path[0], node)
		}
		if last {
			node[i] = value
			return
		}
		put(t, node[i], path[1:], value)
	default:
		t.Fatalf("nothing can stand under %v", node)
	}
}

// merged joins trees into one; where two say something of one place, the later one holds.
func merged(trees ...tree) tree {
	all := tree{}
	for _, one := range trees {
		maps.Copy(all, one)
	}
	return all
}

// treeFile puts a tree into a file.
func treeFile(t *testing.T, name string, doc tree) string {
	t.Helper()
	text, err := yaml.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// keySchema is a place in a schema.
type keySchema struct{ root, at tree }

func keySchemaOf(t *testing.T, kind file.Kind) keySchema {
	t.Helper()
	var root tree
	if err := json.Unmarshal(file.Schema(kind), &root); err != nil {
		t.Fatal(err)
	}
	return keySchema{root, root}
}

func (s keySchema) under(member any) keySchema {
	at := member.(tree)
	if ref, ok := at["$ref"].(string); ok {
		at = s.root["definitions"].(tree)[strings.TrimPrefix(ref, "#/definitions/")].(tree)
	}
	return keySchema{s.root, at}
}

// step goes to a key, an item of a list, or a member of any name.
func (s keySchema) step(word string) (below keySchema, name string, ok bool) {
	if properties, _ := s.at["properties"].(tree); properties[word] != nil {
		return s.under(properties[word]), "." + word, true
	}
	if more, is := s.at["additionalProperties"].(tree); is {
		return s.under(more), "{}", true
	}
	if items, is := s.at["items"].(tree); is {
		return s.under(items), "[]", true
	}
	return s, "", false
}

// tail adds to the name of a list that of its items, where these hold no keys of their own.
func (s keySchema) tail(name string) string {
	if names := s.leaves(name, nil); len(names) == 1 {
		return names[0]
	}
	return name
}

// leaves lists the places that hold a value rather than more places.
func (s keySchema) leaves(name string, found []string) []string {
	properties, _ := s.at["properties"].(tree)
	more, hasMore := s.at["additionalProperties"].(tree)
	items, hasItems := s.at["items"].(tree)
	switch {
	case properties != nil:
		for _, word := range slices.Sorted(maps.Keys(properties)) {
			found = s.under(properties[word]).leaves(strings.TrimPrefix(name+"."+word, "."), found)
		}
		return found
	case hasMore:
		return s.under(more).leaves(name+"{}", found)
	case hasItems:
		return s.under(items).leaves(name+"[]", found)
	}
	return append(found, name)
}

// lines joins what is shown.
func lines(parts ...any) string {
	var b strings.Builder
	for _, part := range parts {
		fmt.Fprintln(&b, part)
	}
	return b.String()
}
