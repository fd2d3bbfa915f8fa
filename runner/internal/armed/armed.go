// Package armed fills documents with texts by which a target could command what shows them. It is for tests.
package armed

import (
	"reflect"
	"strings"

	"github.com/acsconform/acsconform/suites/wording"
)

// Texts are what documents are filled with: each alone, with everything before it that a wrapped line may hold, and twice.
func Texts() []string {
	var all []string
	for _, text := range wording.Armed {
		all = append(all, text, strings.Repeat("x ", 44)+text+" y")
	}
	return append(all, strings.Join(wording.Armed, " "))
}

// Fill sets every string that v points to which keep does not refuse, and the lists that are empty to one element.
func Fill(v any, text string, keep func(name string) bool) {
	fill(reflect.ValueOf(v), text, "", keep, 0)
}

func fill(v reflect.Value, text, name string, keep func(string) bool, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() && depth < 12 && v.CanSet() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			fill(v.Elem(), text, name, keep, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				fill(v.Field(i), text, f.Name, keep, depth+1)
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(text))
			return
		}
		if v.Len() == 0 && depth < 12 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			fill(v.Index(i), text, name, keep, depth+1)
		}
	case reflect.String:
		if !keep(name) {
			v.SetString(text)
		}
	}
}

// In names the texts that an output holds as they were.
func In(output string) (found []string) {
	lower := strings.ToLower(output)
	for _, text := range wording.Armed {
		if strings.Contains(lower, strings.ToLower(text)) {
			found = append(found, text)
		}
	}
	return found
}
