package metadata

import (
	"encoding/json"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// demo is a published answer.
type demo struct {
	Type    word `json:"type"`
	Example word `json:"example"`
}

func (a *api) demos() []demo {
	var all []demo
	if text := loose[word](a.ResponseDemo); text == "" || json.Unmarshal([]byte(text), &all) != nil {
		return nil
	}
	return all
}

// text returns what is published as a JSON object or list, and "" for anything else.
func (d demo) text() string {
	text := strings.TrimSpace(string(d.Example))
	if !strings.EqualFold(string(d.Type), "json") || text == "" || text[0] != '{' && text[0] != '[' {
		return ""
	}
	return text
}

// samples returns the published answers of an operation that are JSON objects or lists.
func (a *api) samples() []any {
	var found []any
	for _, demo := range a.demos() {
		text := demo.text()
		if text == "" {
			continue
		}
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var value any
		if d.Decode(&value) == nil && !d.More() {
			found = append(found, value)
		}
	}
	return found
}

// answer returns the first sample that is an object, as compact JSON; nil when there is none.
func answer(samples []any) json.RawMessage {
	for _, sample := range samples {
		if _, object := sample.(map[string]any); !object {
			continue
		}
		if text, err := encode(sample); err == nil {
			return text
		}
	}
	return nil
}

// reconcile takes out of a kind what a sample contradicts: a type that the publisher's own answer does not have is held
// against nobody. It returns how much was taken out.
func (k *kinds) reconcile(kind *schemas.Kind, value any, depth int) int {
	to := k.resolve(kind)
	if to == nil || to.Name == "" || value == nil || depth == 0 {
		return 0
	}
	if to.Name != jsonKind(value) {
		*to = schemas.Kind{}
		return 1
	}
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if of := to.Members[name]; of != nil {
				n += k.reconcile(of, member, depth-1)
			}
		}
	case []any:
		for _, item := range v {
			n += k.reconcile(to.Items, item, depth-1)
		}
	}
	return n
}

func jsonKind(value any) string {
	switch value.(type) {
	case map[string]any:
		return schemas.KindObject
	case []any:
		return schemas.KindArray
	case json.Number:
		return schemas.KindNumber
	case bool:
		return schemas.KindBoolean
	}
	return schemas.KindString
}
