package body

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"go.yaml.in/yaml/v3"
)

// profiles reads what the envelopes of our own profiles look like.
func profiles(t testing.TB) map[string]*schemas.Profile {
	t.Helper()
	files, err := filepath.Glob("../../fixtures/profiles/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no profiles in fixtures/profiles: %v", err)
	}
	found := map[string]*schemas.Profile{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var p struct {
			Name     string
			Envelope schemas.EnvelopeShape
		}
		if err := yaml.Unmarshal(text, &p); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		found[p.Name] = &schemas.Profile{Name: p.Name, Envelope: p.Envelope}
	}
	return found
}

// TestEnvelopeFilesAreCurrent: the files under envelope are what the profiles make, all of them and no others.
func TestEnvelopeFilesAreCurrent(t *testing.T) {
	want := map[string][]byte{}
	for _, p := range profiles(t) {
		maps.Copy(want, EnvelopeFiles(p))
	}
	entries, err := os.ReadDir("../envelope")
	if err != nil {
		t.Fatalf("%v. Run: make generate", err)
	}
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join("../envelope", entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, want[entry.Name()]) {
			t.Errorf("envelope/%s is not what the profiles make. Run: make generate", entry.Name())
		}
		delete(want, entry.Name())
	}
	for name := range want {
		t.Errorf("envelope/%s is missing. Run: make generate", name)
	}
}

func TestEnvelopeFilesOfAProfileWithoutXML(t *testing.T) {
	got := slices.Sorted(maps.Keys(EnvelopeFiles(&schemas.Profile{Name: "g", Envelope: gatewayShape})))
	if want := []string{"g-error.schema.json", "g-success.schema.json"}; !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
}

// TestSchemasUseKnownKeywords: gojsonschema passes over keywords that it does not know.
func TestSchemasUseKnownKeywords(t *testing.T) {
	known := []string{"$schema", "title", "description", "type", "pattern", "required", "properties"}
	var check func(any)
	check = func(node any) {
		schema, ok := node.(map[string]any)
		if !ok {
			return
		}
		for keyword := range schema {
			if !slices.Contains(known, keyword) {
				t.Errorf("the keyword %s is not on the list of what was tried with gojsonschema", keyword)
			}
		}
		if members, ok := schema["properties"].(map[string]any); ok {
			for _, member := range members {
				check(member)
			}
		}
	}
	for _, text := range [][]byte{ErrorSchema(kmsShape), SuccessSchema(kmsShape)} {
		var schema map[string]any
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		if schema["$schema"] != draft07 {
			t.Errorf("$schema is %v, want %s", schema["$schema"], draft07)
		}
		check(schema)
	}
}
