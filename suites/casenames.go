package suites

import (
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// DerivedFrom reports whether a name may be of a case that the plan makes of a family: its own, or one that begins with it.
func DerivedFrom(name string) bool {
	return slices.ContainsFunc(CaseNames(), func(book string) bool {
		return IsFamily(book) && (name == book || strings.HasPrefix(name, book+"-"))
	})
}

// OfAnOperation reports whether a name may be of a case that is made of an operation.
func OfAnOperation(name string) bool { return strings.HasPrefix(name, operationCase+"-") }

// Names returns the names that cases have in the plans for a profile, in each of its styles, each once. What a target file
// may yet lack is taken for given: a file that leaves a case out need not say what the case would need.
func (b Brief) Names() []string {
	t := *b.Target
	t.Operations = OperationsRead
	t.Credentials = maps.Clone(t.Credentials)
	if t.Credentials == nil {
		t.Credentials = map[string]schemas.Credential{}
	}
	for _, key := range []string{schemas.DefaultKey, schemas.STSKey} {
		if _, ok := t.Credentials[key]; !ok {
			t.Credentials[key] = schemas.Credential{AccessKeyID: "id", AccessKeySecret: "secret", SecurityToken: "token"}
		}
	}
	if t.BodyRequest.Path == "" && t.BodyRequest.Action == "" {
		t.BodyRequest = schemas.SoundRequest{Action: "Action", Path: "/", Method: "POST", Body: "{}", ContentType: "application/json"}
	}
	b.Target = &t
	names := map[string]bool{}
	for _, style := range b.Profile.Styles {
		t.Style = style
		for _, p := range Plan(b) {
			names[p.Case.Name.Text] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
