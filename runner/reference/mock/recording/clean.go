package recording

import (
	"bytes"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// cleaner takes secrets out of the texts of one exchange: what its request carries, what is named as a secret anywhere in it,
// and what has the shape of one.
func cleaner(x *schemas.Exchange) func(string) string {
	known := redact.Words(x)
	return func(text string) string { return redact.Shapes(known(text)) }
}

func unchanged(params map[string]string, clean func(string) string) bool {
	for name, value := range params {
		if clean(name) != name || clean(value) != value {
			return false
		}
	}
	return true
}

// objectOf returns a body as an object, and nil where it is none.
func objectOf(body []byte) map[string]any {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var object map[string]any
	if d.Decode(&object) != nil || d.More() {
		return nil
	}
	return object
}

var separators = strings.NewReplacer("_", "", "-", "")

// bodyOf returns an answer as it is kept. RequestId is made anew for every answer.
func bodyOf(object map[string]any, clean func(string) string) json.RawMessage {
	for name := range object {
		if strings.EqualFold(separators.Replace(name), "requestid") {
			delete(object, name)
		}
	}
	text, err := json.Marshal(cleaned(object, false, clean))
	if err != nil {
		return json.RawMessage("{}")
	}
	return text
}

// cleaned returns a value without secrets, of the same kind, so that what reads it by its published type still can. All below
// a name of a secret is one.
func cleaned(value any, secret bool, clean func(string) string) any {
	switch v := value.(type) {
	case map[string]any:
		out, partners := map[string]any{}, map[string]bool{}
		for name, of := range v {
			text, _ := of.(string)
			partners[redact.Partner(name, text)] = true
		}
		for name, of := range v {
			out[clean(name)] = cleaned(of, secret || redact.IsSecret(name) || partners[strings.ToLower(name)], clean)
		}
		return out
	case []any:
		for i := range v {
			v[i] = cleaned(v[i], secret, clean)
		}
	case string:
		if secret && v != "" {
			return redact.Hidden
		}
		return clean(v)
	case json.Number:
		if secret {
			return json.Number("0")
		}
		if text := v.String(); clean(text) != text {
			return json.Number("0")
		}
	}
	return value
}

const header = "# What a service answered. Secrets are left out; serve it again by conform serve --answers-from, or change it and serve it by --answers.\n"

// render writes entries as YAML.
func render(entries []schemas.AnswerScript) []byte {
	if entries == nil {
		entries = []schemas.AnswerScript{}
	}
	text, err := json.Marshal(schemas.AnswerFile{Answers: entries})
	if err != nil {
		return nil
	}
	var node yaml.Node // JSON is YAML; all that remains is to lay it out
	if yaml.Unmarshal(text, &node) != nil {
		return nil
	}
	block(&node)
	if text, err = yaml.Marshal(&node); err != nil {
		return nil
	}
	return append([]byte(header), text...)
}

// block turns flow style into block style. Texts that are values stay in quotes, so that no reader takes one for something else.
func block(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode {
		n.Style = 0
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			child.Style = 0
		}
		block(child)
	}
}
