package schemas_test

import (
	"reflect"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// Whatever describes a request describes it by the same keys, and hands on each of them.
func TestEveryDescribedRequestIsACall(t *testing.T) {
	whole := schemas.SoundRequest{
		Action: "A", Version: "1", Params: map[string]string{"N": "v"}, Method: "POST", Path: "/p", Body: "b", ContentType: "text/plain", Credentials: "k"}
	for i := range reflect.TypeFor[schemas.SoundRequest]().NumField() {
		if reflect.ValueOf(whole).Field(i).IsZero() {
			t.Errorf("the call of this test says no %s", reflect.TypeFor[schemas.SoundRequest]().Field(i).Name)
		}
	}
	for _, described := range []interface {
		Call() schemas.SoundRequest
		SetCall(schemas.SoundRequest)
	}{&schemas.Recipe{}, &schemas.Idempotency{}, &schemas.Throttle{}} {
		typ := reflect.TypeOf(described).Elem()
		described.SetCall(whole)
		if got := described.Call(); !reflect.DeepEqual(got, whole) {
			t.Errorf("%s: set to %+v, it is %+v", typ, whole, got)
		}
		for i := range reflect.TypeFor[schemas.SoundRequest]().NumField() {
			field := reflect.TypeFor[schemas.SoundRequest]().Field(i)
			if own, ok := typ.FieldByName(field.Name); !ok || own.Tag != field.Tag {
				t.Errorf("%s: %s is written %q, want %q as in a Call", typ, field.Name, own.Tag, field.Tag)
			}
		}
	}
}
