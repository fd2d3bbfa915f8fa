package suites

import (
	"runtime/debug"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// The codes of siblings are those of the five tables and their other spellings, families aside: no more and no less.
func TestSiblingCodesAreThoseOfTheTables(t *testing.T) {
	var want []string
	for _, p := range fixtures.Profiles() {
		for _, r := range p.Codes {
			if !isFamily(r) {
				want = append(want, r.Code)
			}
		}
		for alias := range p.Aliases {
			want = append(want, alias)
		}
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(siblingCodes, want) {
		t.Errorf("siblingCodes has %d codes, the tables have %d: write %q", len(siblingCodes), len(want), want)
	}
}

func TestWhatIsAMemberOfAFamily(t *testing.T) {
	gateway, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"MissingVersion": "Missing{ParameterName}", "InvalidRegionId": "Invalid{ParameterName}", "Invalidversion": "Invalid{ParameterName}",
		"Missing{ParameterName}": "", "Invalid{ParameterName}": "", "Missing%s": "", "Missing": "", "InvalidAction.NotFound": "",
		"InvalidAccessKeyId": "", "InvalidVersion": "", "MissingAccessKeyId": "", "InvalidOwner": "", "InvalidParamater": "", "InvalidKeyMaterial": "",
		"MissingParameter": "MissingParameter", "InvalidSignatureMethod": "InvalidSignatureMethod",
	} {
		got := ""
		for _, r := range rowsOf(gateway, gateway.Codes, code) {
			got = r.Code
		}
		if got != want {
			t.Errorf("%s is a code of the row %q, want %q", code, got, want)
		}
	}
}
