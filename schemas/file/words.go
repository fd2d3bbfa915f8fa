package file

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/xeipuuv/gojsonschema"
)

// contextStep divides the steps of a path that the validator returns. No key of a file can hold it.
const contextStep = "\x00"

// steps joins a path to what tells it from every other.
func steps(path []string) string {
	var b strings.Builder
	for _, step := range path {
		b.WriteString(contextStep + step)
	}
	return b.String()
}

// filePlace is a fault of the validator, put where it is.
type filePlace struct {
	path    []string // of the faulty value, or of the object that lacks or has a key
	key     string   // the key at fault, where it is there; else empty
	text    string
	missing bool // a key that is not there
	unfit   bool // a value that no file of the kind can have, so that nothing can be built on it
}

// wordFaults describes in words what the validator found. A missing key is left out where an unknown one of the same
// object is a misspelling of it.
func (s *shape) wordFaults(faults []gojsonschema.ResultError) []filePlace {
	var places []filePlace
	taken := map[string]bool{}
	for _, f := range faults {
		if f.Type() != "additional_property_not_allowed" {
			continue
		}
		p := filePlace{path: contextPath(f), key: f.Details()["property"].(string), unfit: true}
		keys := s.tree.at(p.path).keys()
		remedy := "the keys here are " + strings.Join(keys, ", ")
		if like := Nearest(p.key, keys); like != "" {
			taken[steps(append(p.path, like))] = true
			remedy = "did you mean " + like + "?"
		}
		p.text = fmt.Sprintf("unknown key %s (%s)", clipped(p.key), remedy)
		places = append(places, p)
	}
	for _, f := range faults {
		if p := s.wordFault(f); p.text != "" && !(p.missing && taken[steps(append(p.path, f.Details()["property"].(string)))]) {
			places = append(places, p)
		}
	}
	return places
}

// wordFault words one fault that is no unknown key; the text is empty where another fault says the same.
func (s *shape) wordFault(f gojsonschema.ResultError) filePlace {
	p := filePlace{path: contextPath(f)}
	place := s.tree.at(p.path)
	_, text := f.Value().(string)
	switch f.Type() {
	case "additional_property_not_allowed", "condition_then", "condition_else":
	case "required":
		name := f.Details()["property"].(string)
		p.missing, p.text = true, fmt.Sprintf("missing key %q", name)+bracketed("want ", place.key(name).says())
	case "invalid_property_name":
		p.key, p.unfit = f.Details()["property"].(string), true
		p.text = "got the key " + clipped(p.key) + ", want " + place.names().wanted(p.key)
	case "enum", "pattern":
		if text && place.allows("object") && place.here[f.Type()] == nil { // of a key: the fault above tells it
			return p
		}
		fallthrough
	default:
		p.text = s.wordValue(f, place)
		p.unfit = f.Type() != "unique" && f.Type() != "array_min_items"
	}
	return p
}

// wordValue describes what is wrong with a value. A text where a list or keys belong is not shown: it may be a secret.
func (s *shape) wordValue(f gojsonschema.ResultError, place schemaTree) string {
	got, want := sayValue(f.Value()), place.says()
	switch f.Type() {
	case "invalid_type":
		if f.Value() == nil {
			return `no value (leave the key out, or write "" for an empty text)`
		}
		if _, text := f.Value().(string); text && (place.allows("object") || place.allows("array")) {
			got = "a text"
		}
		return fmt.Sprintf("got %s, want %s", got, sayTypes(place.types()))
	case "enum":
		text, _ := f.Value().(string)
		return fmt.Sprintf("got %s, want %s", got, place.wanted(text))
	case "string_gte":
		return "is empty" + bracketed("want ", want)
	case "array_min_items":
		return "is an empty list" + bracketed("want ", want)
	case "unique":
		return "holds the same value twice (keep one)"
	case "number_gte":
		return fmt.Sprintf("got %s, want at least %s", got, bound(place, "minimum"))
	case "number_lte":
		return fmt.Sprintf("got %s, want at most %s", got, bound(place, "maximum"))
	case "const":
		return fmt.Sprintf("got %s, want %v", got, f.Details()["allowed"])
	case "pattern", "format":
		return fmt.Sprintf("got %s, want %s", got, want)
	}
	return strings.TrimSuffix(f.Description(), ".")
}

// contextPath returns the steps to the place of a fault.
func contextPath(f gojsonschema.ResultError) []string {
	return strings.Split(f.Context().String(contextStep), contextStep)[1:]
}

func bound(place schemaTree, keyword string) string {
	n, _ := place.resolved().here[keyword].(float64)
	return fmt.Sprintf("%.0f", n)
}

func bracketed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return " (" + prefix + text + ")"
}

// sayValue names a value in a few words. The insides of lists and objects are not shown: they may hold a secret.
func sayValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		return clipped(v)
	case bool, json.Number:
		return fmt.Sprint(v)
	case []any:
		return "a list"
	default:
		return "keys and values"
	}
}

// sayTypes names JSON types in the words of people who write YAML.
func sayTypes(types []string) string {
	words := map[string]string{"object": "keys and values", "array": "a list", "string": "a text",
		"integer": "a whole number", "number": "a number", "boolean": "true or false"}
	var said []string
	for _, t := range types {
		said = append(said, words[t])
	}
	return alternatives(said)
}

// alternatives joins words as "a, b or c".
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// maxFaultText is how many characters of a fault are shown.
const maxFaultText = 400

// oneLine makes a text that may hold words of the file one line of bounded length, with nothing in it that a terminal
// obeys.
func oneLine(text string, most int) string {
	runes := []rune(text)
	if len(runes) > most {
		runes = append(runes[:most-1:most-1], '…')
	}
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = '\uFFFD'
		}
	}
	return string(runes)
}

// clipped quotes at most 60 characters of a text in one line.
func clipped(text string) string { return `"` + oneLine(text, 60) + `"` }
