package certify_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func TestTheBookHasOneDigest(t *testing.T) {
	once := certify.Here().Digests()
	for range 5 { // maps are walked in another order each time
		if again := certify.Here().Digests(); again != once || again.Whole() != once.Whole() {
			t.Fatalf("%+v and %+v", once, again)
		}
	}
	moved := certify.Here()
	for _, c := range moved.Chapters {
		for i := range c.Cases {
			c.Cases[i].Name.File, c.Cases[i].Name.Line = "/elsewhere/suites/x.go", 1 // as another build may have it
		}
		for i := range c.Rules {
			c.Rules[i].Name.Line = 1
		}
	}
	if moved.Digests() != once {
		t.Error("where a case is in the source changes the digest")
	}
}

func TestEveryPartOfTheBookIsInItsDigest(t *testing.T) {
	once := certify.Here().Digests()
	tables, rows := certify.Here().Tables()
	if rows != 149 {
		t.Errorf("%d rows", rows)
	}
	for what, c := range map[string]struct {
		change func(*certify.Book)
		part   func(certify.Digests) string
		tables bool // the digest of the source documents' tables changes too
	}{
		"a clause's statement": {func(b *certify.Book) {
			b.Clauses = slices.Clone(b.Clauses)
			b.Clauses[7].Statement += "."
		}, func(d certify.Digests) string { return d.Clauses }, false},
		"a clause's level": {func(b *certify.Book) {
			b.Clauses = slices.Clone(b.Clauses)
			b.Clauses[7].Level = schemas.May
		}, func(d certify.Digests) string { return d.Clauses }, false},
		"a case's name":      {func(b *certify.Book) { b.Chapters[8].Cases[0].Name.Text += "x" }, func(d certify.Digests) string { return d.Cases }, false},
		"a case's condition": {func(b *certify.Book) { b.Chapters[8].Cases[0].Condition = suites.Hostile }, func(d certify.Digests) string { return d.Cases }, false},
		"what a case does":   {func(b *certify.Book) { b.Chapters[8].Cases[0].Description = "something else" }, func(d certify.Digests) string { return d.Cases }, false},
		"what a case needs":  {func(b *certify.Book) { b.Chapters[8].Cases[0].Needs = []suites.Need{"luck"} }, func(d certify.Digests) string { return d.Cases }, false},
		"a rule": {func(b *certify.Book) {
			b.Chapters[8].Rules = b.Chapters[8].Rules[1:]
		}, func(d certify.Digests) string { return d.Cases }, false},
		"a profile's row": {func(b *certify.Book) {
			p := *b.Profiles[1]
			p.Codes = slices.Clone(p.Codes)
			p.Codes[3].Status = schemas.Exactly(418)
			b.Profiles = append([]*schemas.Profile{b.Profiles[0], &p}, b.Profiles[2:]...)
		}, func(d certify.Digests) string { return d.Profiles }, true},
		"what a profile tolerates": {func(b *certify.Book) {
			p := *b.Profiles[1]
			p.Tolerates = maps.Clone(p.Tolerates)
			p.Tolerates[suites.StaleTimestamp] = nil
			b.Profiles = append([]*schemas.Profile{b.Profiles[0], &p}, b.Profiles[2:]...)
		}, func(d certify.Digests) string { return d.Profiles }, false},
		"a schema": {func(b *certify.Book) {
			b.Shapes["ecs-error.xsd"] = append(slices.Clone(b.Shapes["ecs-error.xsd"]), '\n')
		}, func(d certify.Digests) string { return d.Schemas }, false},
		"a schema's name": {func(b *certify.Book) {
			b.Shapes["other.xsd"] = b.Shapes["ecs-error.xsd"]
			delete(b.Shapes, "ecs-error.xsd")
		}, func(d certify.Digests) string { return d.Schemas }, false},
	} {
		b := certify.Here()
		c.change(&b)
		d := b.Digests()
		if c.part(d) == c.part(once) || d.Whole() == once.Whole() {
			t.Errorf("%s: the digest stays", what)
		}
		if got, _ := b.Tables(); (got != tables) != c.tables {
			t.Errorf("%s: the digest of the tables changes: %t", what, got != tables)
		}
	}
}
