package selftest

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/mutants/uncovered"
	"github.com/acsconform/acsconform/schemas"
)

// A verifier that leaves something out of the signature breaks SIGN-2, and one that refuses what SDKs send breaks
// SUCCESS-4, each that alone, by the whole plan. It is tried with ACSCONFORM_WHOLE set, as in make selftest.
func TestVerifiersByName(t *testing.T) {
	if !isWhole() {
		t.Skip("ACSCONFORM_WHOLE is not set")
	}
	for _, v := range []struct {
		name, profile string
		style         schemas.Style
		clause        string
	}{
		{"query-of-a-post-unsigned", "ecs", schemas.RPC, "SIGN-2"},
		{"unknown-acs-headers-unsigned", "gateway", schemas.ROA, "SIGN-2"},
		{"body-by-its-header", "kms", schemas.ACS3, "SIGN-2"},
		{"host-unsigned", "ecs", schemas.ACS3, "SIGN-2"},
		{"region-unsigned", "ecs", schemas.RPC, "SIGN-2"},
		{"empty-signature-type-not-signed", "ecs", schemas.RPC, "SUCCESS-4"},
		{"names-sorted-by-numbers", "ecs", schemas.RPC, "SUCCESS-4"},
		{"names-sorted-without-case", "ecs", schemas.RPC, "SUCCESS-4"},
		{"blanks-trimmed-before-signing", "ecs", schemas.RPC, "SUCCESS-4"},
	} {
		t.Run(v.name, func(t *testing.T) {
			profile, err := fixtures.Profile(v.profile)
			if err != nil {
				t.Fatal(err)
			}
			all := slices.Concat(mutants.All(), uncovered.All())
			for i := range all {
				if all[i].Name != v.name {
					continue
				}
				if !all[i].MakesSense(v.profile, v.style) {
					t.Fatalf("it makes no sense in profile %s and style %s", v.profile, v.style)
				}
				r := Try(t.Context(), Trial{Profile: profile, Style: v.style, Variant: &all[i]}, nil)
				if r.Miss != "" || !slices.Contains(r.Found, v.clause) || r.Run.Verdict != schemas.NonConformant {
					t.Errorf("%s, broke %v: %s", r.Run.Verdict, r.Found, r.Miss)
				}
				return
			}
			t.Fatal("there is no such mutant")
		})
	}
}
