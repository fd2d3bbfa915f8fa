package metadata_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
)

// published are the example and, where a folder of metadata is named, all that is published there.
func published(t *testing.T) []string {
	t.Helper()
	list := []string{example}
	if dir := os.Getenv("ACSCONFORM_METADATA"); dir != "" {
		found, err := filepath.Glob(filepath.Join(dir, "*.json.gz"))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s has no metadata (%v)", dir, err)
		}
		list = append(list, found...)
	}
	return list
}

// What is read when it is asked for is what is read at once, but for the types that a sample contradicts.
func TestAnOpenedProductIsTheSame(t *testing.T) {
	for _, path := range published(t) {
		all := read(t, text(t, path))
		opened, err := metadata.Open(bytes.NewReader(text(t, path)))
		if err != nil {
			t.Fatal(err)
		}
		base, err := fixtures.Profile(fixtures.Observed)
		if err != nil {
			t.Fatal(err)
		}
		one, other := all.Over(base), opened.Over(base)
		if one.Operations, other.Operations = nil, nil; !reflect.DeepEqual(one, other) {
			t.Errorf("%s: the profiles differ", path)
		}
		sampled, differ := 0, 0
		var once sync.WaitGroup
		for range 2 { // from two goroutines, as calls come
			once.Go(func() {
				for i := range opened.Operations.List {
					opened.Whole(&opened.Operations.List[i])
				}
			})
		}
		once.Wait()
		for i := range all.Operations.List {
			want := &all.Operations.List[i]
			got := opened.Whole(&opened.Operations.List[i])
			if len(want.Sample) > 0 {
				sampled++
			}
			if !reflect.DeepEqual(got.Result, want.Result) {
				differ++
			}
			if got.Result = want.Result; !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s is %+v, want %+v", path, want.Name, got, want)
			}
		}
		if n := opened.Sampled(); n != sampled || sampled == 0 {
			t.Errorf("%s: %d operations have a sample, want %d", path, n, sampled)
		}
		if differ > all.Contradicted {
			t.Errorf("%s: %d results differ, and a sample contradicts %d types", path, differ, all.Contradicted)
		}
		for name := range all.Operations.Definitions {
			if opened.Operations.Definitions[name] == nil {
				t.Errorf("%s: the definition %s is missing", path, name)
			}
		}
	}
}
