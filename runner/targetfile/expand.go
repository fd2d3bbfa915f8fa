package targetfile

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas/file"
)

// variable is ${NAME}, and $${NAME} which stands for the text ${NAME} itself; the brace at its end may have been forgotten.
var variable = regexp.MustCompile(`\$?\$\{([^}]*)(\}|$)`)

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// An expansion replaces ${NAME} in every text of a target file by the environment's value.
type expansion struct {
	file *file.File
	env  func(string) string
	errs []error
}

// value expands what target points to, in place.
func (e *expansion) value(target any) { e.walk(reflect.ValueOf(target).Elem(), nil) }

func (e *expansion) walk(v reflect.Value, path []string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(e.text(v.String(), path))
	case reflect.Pointer:
		if !v.IsNil() {
			e.walk(v.Elem(), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
			if name != "" {
				e.walk(v.Field(i), under(path, name))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			e.walk(v.Index(i), under(path, strconv.Itoa(i)))
		}
	case reflect.Map:
		e.entries(v, path)
	}
}

// entries expands the values of a map, which cannot be changed where they are.
func (e *expansion) entries(v reflect.Value, path []string) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, key := range keys {
		held := reflect.New(v.Type().Elem()).Elem()
		held.Set(v.MapIndex(key))
		e.walk(held, under(path, key.String()))
		v.SetMapIndex(key, held)
	}
}

func (e *expansion) text(text string, path []string) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "$$") {
			return found[1:]
		}
		if !strings.HasSuffix(found, "}") { // what follows may be of a secret, and is not shown
			e.fault(path, "there is a ${ without its } (write ${NAME}, or $${ for the text itself)")
			return found
		}
		name := found[2 : len(found)-1]
		if !variableName.MatchString(name) {
			e.fault(path, "%s is not the name of a variable (write ${NAME}, or $%s for the text itself)", found, found)
			return found
		}
		value := e.env(name)
		if value == "" {
			e.fault(path, "the environment has no %s (set it, or write the value here)", name)
		}
		return value
	})
}

func (e *expansion) fault(path []string, format string, args ...any) {
	e.errs = append(e.errs, e.file.Errorf(path, format, args...))
}

// under appends a step to a path without touching the path's own array.
func under(path []string, step string) []string { return append(slices.Clone(path), step) }

// sortedKeys lists the keys of a map in their order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
