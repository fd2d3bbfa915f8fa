package plan

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// combinations returns every choice of one word from each list: in the order of the lists' names, the last changing fastest.
// Without lists there is one choice, of nothing.
func combinations(lists map[string][]string) []map[string]string {
	all := []map[string]string{{}}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		var more []map[string]string
		for _, some := range all {
			for _, word := range lists[name] {
				with := maps.Clone(some)
				with[name] = word
				more = append(more, with)
			}
			if len(more) > maxTargets {
				break
			}
		}
		all = more
	}
	return all
}

// variable is ${NAME}, and $${NAME}, which is the text itself.
var variable = regexp.MustCompile(`\$?\$\{[A-Za-z_][A-Za-z0-9_]*\}`)

// replaced replaces each ${NAME} of which there is a word.
func replaced(text string, words map[string]string) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		if found[1] == '$' {
			return found
		}
		if word, ok := words[found[2:len(found)-1]]; ok {
			return word
		}
		return found
	})
}

// substitute replaces the words in every text of an entry.
func substitute(e schemas.FleetEntry, words map[string]string) schemas.FleetEntry {
	if len(words) == 0 {
		return e
	}
	e.For = nil
	text, err := json.Marshal(e)
	if err != nil {
		panic(err) // what was read from JSON can be written as such
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		panic(err)
	}
	text, err = json.Marshal(walked(tree, words))
	if err != nil {
		panic(err)
	}
	var out schemas.FleetEntry
	if err := json.Unmarshal(text, &out); err != nil {
		panic(err) // the replaced texts are texts
	}
	return out
}

func walked(v any, words map[string]string) any {
	switch v := v.(type) {
	case string:
		return replaced(v, words)
	case []any:
		for i := range v {
			v[i] = walked(v[i], words)
		}
	case map[string]any:
		for key := range v {
			v[key] = walked(v[key], words)
		}
	}
	return v
}
