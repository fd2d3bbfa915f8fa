package schemas_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// Every file of ours that holds findings allows exactly the kinds that there are.
func TestSchemasKnowTheKindsOfFindings(t *testing.T) {
	for _, name := range []string{"report.schema.json", "diff.schema.json", "lint.schema.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var schema struct {
			Definitions struct {
				Finding struct {
					Properties struct {
						Kind struct{ Enum []schemas.FindingKind }
					}
				}
			}
		}
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		if got := schema.Definitions.Finding.Properties.Kind.Enum; !slices.Equal(got, schemas.FindingKinds()) {
			t.Errorf("%s: the kinds are %v, want %v", name, got, schemas.FindingKinds())
		}
	}
}
