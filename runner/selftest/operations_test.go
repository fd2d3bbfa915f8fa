package selftest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
)

// product returns the profile that is made of a file of published metadata.
func product(t *testing.T, path string) *schemas.Profile {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := metadata.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.List()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, p.OperationsFile()), list, 0o600)
	os.WriteFile(filepath.Join(dir, "p.yaml"), p.Profile(fixtures.Observed), 0o600)
	profile, err := fixtures.LoadProfile(filepath.Join(dir, "p.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return profile
}

const lending = "../../fixtures/examples/lending.metadata.json"

func TestProductIsConformant(t *testing.T) {
	p := product(t, lending)
	for _, style := range p.Styles {
		r := Try(t.Context(), Trial{Profile: p, Style: style}, nil)
		if r.Miss != "" {
			t.Errorf("%s: %s", r.Trial, r.Miss)
		}
		for _, c := range r.Run.Clauses {
			if (c.ID == "RESULT-1" || c.ID == "OPERATION-1" || c.ID == "OPERATION-2") && (c.State != string(schemas.Kept) || c.Exchanges < 3) {
				t.Errorf("%s: %s is %s, %d exchanges: %s", r.Trial, c.ID, c.State, c.Exchanges, c.Why)
			}
		}
	}
}

// productTrials are the mutants and oddities of operations, each with the product that the example of metadata describes.
func productTrials(t *testing.T) (trials []Trial) {
	t.Helper()
	p := product(t, lending)
	wrong, odd := mutants.Operations(), oddities.Operations()
	for i := range wrong {
		trials = append(trials, Trial{Profile: p, Style: schemas.RPC, Variant: &wrong[i]})
	}
	for i := range odd {
		trials = append(trials, Trial{Profile: p, Style: schemas.RPC, Variant: &odd[i], Oddity: true})
	}
	return trials
}

// TestPublishedProductsAreConformant tries the files of a folder of published metadata.
func TestPublishedProductsAreConformant(t *testing.T) {
	folder := os.Getenv("ACSCONFORM_METADATA")
	if folder == "" {
		t.Skip("ACSCONFORM_METADATA names no folder of published metadata")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no metadata in %s (%v)", folder, err)
	}
	for _, path := range files {
		p := product(t, path)
		if r := Try(t.Context(), Trial{Profile: p, Style: p.Styles[0]}, nil); r.Miss != "" {
			t.Errorf("%s: %s", r.Trial, r.Miss)
		}
	}
}
