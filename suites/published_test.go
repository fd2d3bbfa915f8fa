package suites_test

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// What an operation publishes of its successes is not held against it, and what it promises is.
func TestSuccessesAsTheirOperationPublishesThem(t *testing.T) {
	pop, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	object := func(members map[string]*schemas.Kind) *schemas.Kind {
		return &schemas.Kind{Name: schemas.KindObject, Members: members}
	}
	text, number := &schemas.Kind{Name: schemas.KindString}, &schemas.Kind{Name: schemas.KindNumber}
	p := *pop
	p.Operations = &schemas.Operations{Product: "inns", Version: "2020-01-01", Definitions: map[string]*schemas.Kind{"Inns": {Name: schemas.KindArray}}, List: []schemas.Operation{
		{Name: "ListInns", Result: &schemas.Kind{Ref: "Inns"}},
		{Name: "CreateInn", Result: object(map[string]*schemas.Kind{"request_id": text, "inn_id": text})},
		{Name: "GetInn", Result: object(map[string]*schemas.Kind{"name": text})},
		{Name: "CountInns", Result: object(map[string]*schemas.Kind{"RequestId": text, "Code": number, "AccessDeniedDetail": text})},
	}}
	const id = `"2F1A37A5-93A5-4B0D-8F26-0000000000B1"`
	for _, row := range []struct {
		operation, body string
		want            []string
	}{
		{"ListInns", `[{"name":"Bear"}]`, nil},
		{"", `[{"name":"Bear"}]`, []string{"SUCCESS-2"}},
		{"CreateInn", `{"request_id":` + id + `,"inn_id":"i-1"}`, nil},
		{"CreateInn", `{"RequestId":` + id + `,"inn_id":"i-1"}`, nil},
		{"CreateInn", `{"inn_id":"i-1"}`, []string{"SUCCESS-1"}},
		{"CreateInn", `{"request_id":" ","inn_id":"i-1"}`, []string{"SUCCESS-1"}},
		{"", `{"request_id":` + id + `,"inn_id":"i-1"}`, []string{"SUCCESS-1"}},
		{"GetInn", `{"name":"Bear"}`, nil},
		{"GetInn", ``, []string{"SUCCESS-1"}},
		{"CountInns", `{"RequestId":` + id + `,"Code":200,"AccessDeniedDetail":"{}"}`, nil},
		{"CountInns", `{"Code":200}`, []string{"SUCCESS-1"}},
		{"CountInns", `{"RequestId":` + id + `,"Code":"200"}`, []string{"RESULT-1"}},
		{"", `{"RequestId":` + id + `,"Code":200}`, nil},
		{"", `{"RequestId":` + id + `,"Code":0}`, []string{"CLIENT-2"}},
		{"", `{"RequestId":` + id + `,"Message":[]}`, []string{"CLIENT-2"}},
		{"", `{"RequestId":` + id + `,"AccessDeniedDetail":"{}"}`, nil}, // no SDK reads it of a success
		{"", `{"RequestId":` + id + `,"Success":false,"AccessDeniedDetail":"{}"}`, []string{"CLIENT-2", "CLIENT-3"}},
	} {
		x := &schemas.Exchange{
			Intent:   schemas.Intent{Action: row.operation, Operation: row.operation},
			Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "Content-Type", Value: "application/json;charset=utf-8"}}, Body: schemas.Body(row.body)},
		}
		var got []string
		for _, f := range suites.NewJudge(&p, fixtures.Clauses()).See(x).Findings {
			got = append(got, f.Clause)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s %s: found %v, want %v", row.operation, row.body, got, row.want)
		}
	}
}
