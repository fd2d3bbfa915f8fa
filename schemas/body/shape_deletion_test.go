package body

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"

	"github.com/acsconform/acsconform/schemas"
)

// annotations are the keywords that assert nothing: they are for people and editors.
var annotations = []string{"$schema", "title", "description"}

// wrongBody is an envelope with one thing wrong.
type wrongBody struct{ name, text string }

// wrongBodies returns every envelope of that shape with one thing wrong: what is no object, and for each member the one
// that is missing, and values that no member of an envelope may have, or only some.
func wrongBodies(shape schemas.EnvelopeShape) []wrongBody {
	members := map[string]string{accessDenied: `{}`}
	for _, name := range slices.Concat(shape.Mandatory, shape.Recommended, []string{requestID}) {
		members[name] = `"x"`
	}
	for _, name := range shape.Numeric {
		members[name] = `404`
	}
	bodies := []wrongBody{{"an array", `[]`}, {"a string", `"x"`}}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		for what, value := range map[string]string{"missing": "", "empty": `""`, "blank": `" "`, "a number": `7`, "a text": `"404"`, "a list": `[]`, "null": `null`} {
			changed := maps.Clone(members)
			changed[name] = value
			var parts []string
			for _, m := range slices.Sorted(maps.Keys(changed)) {
				if changed[m] != "" {
					parts = append(parts, fmt.Sprintf("%q:%s", m, changed[m]))
				}
			}
			bodies = append(bodies, wrongBody{name + " " + what, "{" + strings.Join(parts, ",") + "}"})
		}
	}
	return bodies
}

// A deletion is a schema without one of its keywords, or without one entry of a list of its own.
type deletion struct {
	path   string
	schema any
}

// deletions returns the schema without each of its parts that assert something, in turn.
func deletions(schema map[string]any, path string) []deletion {
	var all []deletion
	for _, keyword := range slices.Sorted(maps.Keys(schema)) {
		if slices.Contains(annotations, keyword) {
			continue
		}
		here := path + "/" + keyword
		all = append(all, deletion{here, without(schema, keyword)})
		with := func(value any) map[string]any {
			changed := maps.Clone(schema)
			changed[keyword] = value
			return changed
		}
		switch value := schema[keyword].(type) {
		case []any: // required
			for i, name := range value {
				all = append(all, deletion{fmt.Sprintf("%s/%v", here, name), with(slices.Delete(slices.Clone(value), i, i+1))})
			}
		case map[string]any: // properties
			for _, name := range slices.Sorted(maps.Keys(value)) {
				member := value[name].(map[string]any)
				for _, d := range deletions(member, here+"/"+name) {
					changed := maps.Clone(value)
					changed[name] = d.schema
					all = append(all, deletion{d.path, with(changed)})
				}
			}
		}
	}
	return all
}

func without(object map[string]any, key string) map[string]any {
	less := maps.Clone(object)
	delete(less, key)
	return less
}

// passing returns the names of the bodies that have the shape by a schema of it.
func passing(schema any, shape schemas.EnvelopeShape, isError bool, bodies []wrongBody) map[string]bool {
	text, err := json.Marshal(schema)
	if err != nil {
		panic(err)
	}
	compiled := compile(text)
	s := &Shapes{shape: shape, onError: func() *gojsonschema.Schema { return compiled }}
	s.onSuccess = s.onError
	check := s.CheckSuccess
	if isError {
		check = s.CheckError
	}
	passed := map[string]bool{}
	for _, b := range bodies {
		passed[b.name] = len(check(Open([]byte(b.text)))) == 0
	}
	return passed
}

// idle returns the parts of a schema without which nothing passes that does not pass with them.
func idle(schema map[string]any, shape schemas.EnvelopeShape, isError bool) (parts []string, tried int) {
	bodies := wrongBodies(shape)
	whole := passing(schema, shape, isError, bodies)
	for _, d := range deletions(schema, "") {
		less := passing(d.schema, shape, isError, bodies)
		if !slices.ContainsFunc(bodies, func(b wrongBody) bool { return less[b.name] && !whole[b.name] }) {
			parts = append(parts, d.path)
		}
		tried++
	}
	return parts, tried
}

// The schemas decide the envelopes: without any one of their keywords, some wrong envelope turns green.
func TestDeletingAnyKeywordTurnsSomeEnvelopeGreen(t *testing.T) {
	for name, p := range profiles(t) {
		for kind, text := range map[string][]byte{"error": ErrorSchema(p.Envelope), "success": SuccessSchema(p.Envelope)} {
			var schema map[string]any
			if err := json.Unmarshal(text, &schema); err != nil {
				t.Fatal(err)
			}
			parts, tried := idle(schema, p.Envelope, kind == "error")
			for _, part := range parts {
				t.Errorf("%s-%s.schema.json: no envelope in this test passes without %s: delete it, or add one to wrongBodies", name, kind, part)
			}
			if least := map[string]int{"error": 13, "success": 6}[kind]; tried < least {
				t.Errorf("%s-%s.schema.json: only %d deletions, want %d", name, kind, tried, least)
			}
		}
	}
}

// What decides nothing is found: a keyword that allows all, and one that others cover.
func TestIdleKeywordsAreFound(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(SuccessSchema(gatewayShape), &schema); err != nil {
		t.Fatal(err)
	}
	schema["additionalProperties"] = true
	schema["properties"].(map[string]any)[requestID].(map[string]any)["minLength"] = 1
	want := []string{"/additionalProperties", "/properties/RequestId/minLength"}
	if got, _ := idle(schema, gatewayShape, false); !slices.Equal(got, want) {
		t.Errorf("idle are %v, want %v", got, want)
	}
}
