package catalogue

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

func TestEveryCaseExercisesAClauseOfSomeProfile(t *testing.T) {
	for _, c := range Cases(fixtures.Profiles()) {
		if len(c.Clauses) == 0 || c.Says == "" || c.Source == "" {
			t.Errorf("%+v: a case needs a clause, words and a place", c)
		}
	}
}

func TestCasesAreThoseOfTheProfilesAskedFor(t *testing.T) {
	ess, err := fixtures.Profile("ess")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Cases([]*schemas.Profile{ess}) {
		if !slices.Equal(c.Profiles, []string{"ess"}) {
			t.Errorf("%s is of profiles %v", c.Name, c.Profiles)
		}
		if slices.Contains(c.Clauses, "TLS-1") {
			t.Errorf("%s exercises TLS-1, which ess is not judged by", c.Name)
		}
	}
}
