package mock

import (
	"crypto/sha256"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
)

// sample is a published sample that was made fit to be answered with, as far as no call has a part in that: what is masked is
// filled, and no pager is told to go on. It does not change.
type sample struct {
	object map[string]any
	words  words
}

// words has the spelling, as [spelling] returns it, of every name in a sample.
type words map[string]string

// newSample takes an object over.
func newSample(object map[string]any) *sample {
	s := &sample{object, words{}}
	s.words.learn(object)
	rewrite(object, func(name string, value any) any {
		text, ok := value.(string)
		switch word := s.words[name]; {
		case word == "istruncated" || word == "hasnext" || word == "hasmore" || word == "hasnextpage":
			if value == true {
				return false
			}
			if text == "true" {
				return "false"
			}
		case !ok:
		case word == "requestid":
		case word == "nexttoken" || word == "nextmarker" || word == "marker":
			return ""
		default:
			return unmask(text)
		}
		return value
	})
	return s
}

func (w words) learn(value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, of := range v {
			if _, known := w[name]; !known {
				w[name] = spelling(name)
			}
			w.learn(of)
		}
	case []any:
		for _, of := range v {
			w.learn(of)
		}
	}
}

// to returns what a call is answered with, which its caller may change: the ids and names of the call are in their places, and a
// list is counted as long as it is.
func (s *sample) to(call parameters) map[string]any {
	object, _ := s.words.fresh("", s.object).(map[string]any)
	call.echo(object, s.words)
	cut := map[*place]bool{}
	for _, p := range s.words.count(object, nil) {
		if !cut[p] {
			p.object[p.name], cut[p] = call.page(p.list()), true
		}
	}
	return object
}

// fresh returns a copy of a value, with a RequestId of its own. Items of a list have its name.
func (w words) fresh(name string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, of := range v {
			object[name] = w.fresh(name, of)
		}
		return object
	case []any:
		list := make([]any, len(v))
		for i, of := range v {
			list[i] = w.fresh(name, of)
		}
		return list
	case string:
		if w[name] == "requestid" {
			return server.NewUUID()
		}
	}
	return value
}

// rewrite puts what change returns in the place of every text, number and truth value. Items of a list have its name.
func rewrite(object map[string]any, change func(name string, value any) any) {
	for name, value := range object {
		object[name] = rewritten(name, value, change)
	}
}

func rewritten(name string, value any, change func(name string, value any) any) any {
	switch v := value.(type) {
	case map[string]any:
		rewrite(v, change)
	case []any:
		for i := range v {
			v[i] = rewritten(name, v[i], change)
		}
	default:
		return change(name, value)
	}
	return value
}

var masks = regexp.MustCompile(`\*{2,}`)

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyz0123456789"
)

// unmask fills the masked parts of a text, always in the same way: an id that is masked alike in two samples is the same in
// both answers. It fills as many characters, of the kind that the rest of the text is of.
func unmask(text string) string {
	if !strings.Contains(text, "**") {
		return text
	}
	from, sum := letters, sha256.Sum256([]byte(text))
	rest := masks.ReplaceAllLiteralString(text, "")
	switch lower := strings.ContainsFunc(rest, unicode.IsLower); {
	case !strings.ContainsFunc(rest, unicode.IsLetter) && strings.ContainsFunc(rest, unicode.IsDigit):
		from = digits
	case !lower && strings.ContainsFunc(rest, unicode.IsUpper):
		from = strings.ToUpper(letters)
	}
	n := 0
	return masks.ReplaceAllStringFunc(text, func(run string) string {
		filled := []byte(run)
		for i := range filled {
			filled[i] = from[int(sum[n%len(sum)])%len(from)]
			n++
		}
		if from == digits { // no number begins with a zero, and none of three digits is too great for a part of an address
			filled[0] = '1'
		}
		return string(filled)
	})
}

// echo puts the ids, names and page of the call where the result has them. A member that has several values in one result
// is left as it is: it lists what there is, and is not what was asked for.
func (all parameters) echo(object map[string]any, spelt words) {
	values := map[string]map[any]bool{}
	asked := map[string]string{} // names in the result, and how they are spelt
	for name, word := range spelt {
		if all.echoed(word) {
			asked[name], values[word] = word, map[any]bool{}
		}
	}
	if len(asked) == 0 {
		return
	}
	rewrite(object, func(name string, value any) any {
		if word, ok := asked[name]; ok {
			values[word][value] = true
		}
		return value
	})
	rewrite(object, func(name string, value any) any {
		if word, ok := asked[name]; ok && len(values[word]) == 1 {
			return ofKind(value, all[word])
		}
		return value
	})
}

func (all parameters) echoed(word string) bool {
	switch _, there := all[word]; {
	case !there || word == "requestid":
		return false
	case word == "pagenumber" || word == "pagesize":
		return true
	default:
		return strings.HasSuffix(word, "id") || strings.HasSuffix(word, "name")
	}
}

var integer = regexp.MustCompile(`^(0|[1-9]\d{0,17})$`)

// ofKind returns a parameter as a value of the kind that is there, and the value that is there where it cannot be one.
func ofKind(value any, parameter string) any {
	switch value.(type) {
	case string:
		return parameter
	case json.Number:
		if integer.MatchString(parameter) {
			return json.Number(parameter)
		}
	}
	return value
}

func unescaped(part string) string {
	if text, err := url.PathUnescape(part); err == nil {
		return text
	}
	return part
}
