package metadata_test

import (
	"reflect"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
)

func TestOverIsWhatTheFileSays(t *testing.T) {
	base, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	p := read(t, text(t, example))
	over, loaded := reflect.ValueOf(*p.Over(base)), reflect.ValueOf(*load(t, p))
	for i := range over.NumField() {
		name := over.Type().Field(i).Name
		if name == "Clauses" || name == "OperationFile" || over.Field(i).Kind() == reflect.Map && over.Field(i).Len()+loaded.Field(i).Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(over.Field(i).Interface(), loaded.Field(i).Interface()) {
			t.Errorf("%s: %+v\nloaded from the file: %+v", name, over.Field(i), loaded.Field(i))
		}
	}
}
