package body

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

// tree is a product with one operation, whose result has every kind and a definition that refers to itself.
func treeOperations() *schemas.Operations {
	text, number, flag := &schemas.Kind{Name: schemas.KindString}, &schemas.Kind{Name: schemas.KindNumber}, &schemas.Kind{Name: schemas.KindBoolean}
	odd := "a/b~c%{}"
	return &schemas.Operations{
		Definitions: map[string]*schemas.Kind{
			odd:    {Name: schemas.KindObject, Members: map[string]*schemas.Kind{"Name": text, "Below": {Ref: odd}}},
			"Loop": {Ref: "Loop"},
		},
		List: []schemas.Operation{{Name: "Get", Result: &schemas.Kind{Name: schemas.KindObject, Members: map[string]*schemas.Kind{
			"Text": text, "Number": number, "Flag": flag, "Any": {}, "Loop": {Ref: "Loop"}, "None": {Ref: "None"}, "Tree": {Ref: odd},
			"List": {Name: schemas.KindArray, Items: &schemas.Kind{Name: schemas.KindObject, Members: map[string]*schemas.Kind{"Id": text}}},
		}}}, {Name: "Put"}},
	}
}

func TestResults(t *testing.T) {
	r := NewResults(treeOperations())
	for body, want := range map[string]string{
		`{}`: "",
		`{"Text":"a","Number":1.5,"Flag":true,"Any":[1],"List":[{"Id":"a"},{}],"Tree":{"Name":"a","Below":{"Below":{}}}}`: "",
		`{"Text":null,"List":null,"Other":1,"Loop":1,"None":{}}`:                                                          "",
		`{"Number":1e999999999}`: "",
		`{"Text":1}`:             "Text is a number",
		`{"Number":"1"}`:         "Number is a string",
		`{"Flag":"true"}`:        "Flag is a string",
		`{"List":{}}`:            "List is an object",
		`{"List":[{"Id":"a"},{"Id":2},{"Id":3}]}`:    "List[].Id is a number",
		`{"Tree":{"Below":{"Below":{"Name":true}}}}`: "Tree.Below.Below.Name is a boolean",
		`[]`: "the result is an array",
		`{"Text":1,"Number":"","Flag":0,"List":"","Tree":""}`: "1 more",
	} {
		got, _, ok := r.Check("Get", []byte(body))
		if !ok || got != want && (want == "" || !strings.Contains(got, want)) {
			t.Errorf("%s: got %q, %v, want %q", body, got, ok, want)
		}
	}
	for _, operation := range []string{"Put", "None", ""} {
		if _, _, ok := r.Check(operation, []byte(`{}`)); ok {
			t.Errorf("something is said of %q, of which nothing is published", operation)
		}
	}
	if _, _, ok := NewResults(nil).Check("Get", []byte(`{}`)); ok {
		t.Error("something is said of no product")
	}
}

// The kinds of a body are judged as the body is, and in the same words: those have an order of their own.
func TestResultsOfKinds(t *testing.T) {
	var k scan.Kinds
	for _, body := range []string{
		`{"Text":1,"Number":"","Flag":0,"List":"","Tree":""}`, `{"Number":"1","Text":{},"List":[{"Id":"a"},{"Id":2},7,{"Id":null}],"Flag":null}`,
		`{"Tree":{"Name":"a","Below":{"Below":{"Name":true}}},"List":[[{"Id":1}]]}`, `{"List":[{"Id":"a"},{"Id":"b"}],"Other":[1,"2"]}`,
	} {
		kinds, ok := k.OfText([]byte(body))
		if !ok {
			t.Fatalf("not taken: %s", body)
		}
		words := ""
		for range 8 { // each compiles anew, and with it the order of the validator
			r := NewResults(treeOperations())
			got, want, _ := r.Check("Get", []byte(body))
			gotOfKinds, wantOfKinds, _ := r.Check("Get", kinds)
			if got != gotOfKinds || want != wantOfKinds || words != "" && words != got+want {
				t.Errorf("%s: %q, %q, and of its kinds %s %q, %q, before %q", body, got, want, kinds, gotOfKinds, wantOfKinds, words)
			}
			words = got + want
		}
	}
}
