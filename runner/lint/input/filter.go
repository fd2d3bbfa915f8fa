package input

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// A Filter is one value of --only or --skip: what of a record is compared, and the pattern that it is compared with.
type Filter struct {
	key     string
	pattern string
}

// filterKeys are what a filter can compare.
var filterKeys = []string{"host", "path", "method", "type"}

// filterExamples are shown where a filter is none.
const filterExamples = "host=*.example.com, path=/health*, method=GET or type=text/html"

// ParseFilter reads a filter as people write it: host=*.example.com. In a pattern * matches any text, and there is no
// other sign. The error is one line.
func ParseFilter(text string) (Filter, error) {
	key, pattern, ok := strings.Cut(text, "=")
	f := Filter{strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(pattern)}
	if !ok {
		return f, fmt.Errorf("%q has no = in it (write %s)", text, filterExamples)
	}
	switch f.key {
	case "host", "type":
		f.pattern = strings.ToLower(f.pattern)
	case "method":
		f.pattern = strings.ToUpper(f.pattern)
	case "path":
	default:
		near := file.Nearest(f.key, filterKeys)
		if near != "" {
			near = "; is it " + near + "?"
		}
		return f, fmt.Errorf("%q compares %q, want host, path, method or type%s (write %s)", text, key, near, filterExamples)
	}
	if why := f.flaw(); why != "" {
		return f, fmt.Errorf("%q: %s", text, why)
	}
	return f, nil
}

// flaw describes why the pattern can match nothing, and what to write.
func (f Filter) flaw() string {
	if f.pattern == "" {
		return "there is no pattern (write " + filterExamples + ")"
	}
	switch f.key {
	case "host":
		if strings.ContainsAny(f.pattern, "/ ") || strings.Count(f.pattern, ":") == 1 {
			return "want a host alone, without scheme, port and path (write host=api.example.com)"
		}
	case "path":
		if f.pattern[0] != '/' && f.pattern[0] != '*' {
			return "a path begins with / (write path=/" + f.pattern + ")"
		}
		if strings.ContainsAny(f.pattern, "? ") {
			return "a path has no query (write it without ? and what follows)"
		}
	case "method":
		if strings.ContainsFunc(f.pattern, func(r rune) bool { return (r < 'A' || r > 'Z') && r != '*' && r != '-' }) {
			return "a method has letters only (write method=GET)"
		}
	case "type":
		if strings.Contains(f.pattern, ";") {
			return "a type has no parameters here (write type=text/html)"
		}
		if !strings.ContainsAny(f.pattern, "/*") {
			return "want a media type (write type=text/html or type=image/*)"
		}
	}
	return ""
}

// String returns the filter as people write it.
func (f Filter) String() string { return f.key + "=" + f.pattern }

// traits are what filters compare; empty where a record does not have it.
type traits struct{ host, path, method, media string }

func traitsOf(x *schemas.Exchange) traits {
	_, target := requestLine(x.Request.URL)
	path, _ := pathAndQuery(target)
	return traits{strings.ToLower(hostOf(x)), path, methodOf(x), mediaOf(x)}
}

// matches reports whether a record has what the pattern wants. What is not known matches nothing.
func (f Filter) matches(t *traits) bool {
	text := t.host
	switch f.key {
	case "path":
		text = t.path
	case "method":
		text = t.method
	case "type":
		text = t.media
	}
	return text != "" && wild(f.pattern, text)
}

// wild reports whether a pattern, in which * matches any text, matches the whole of a text.
func wild(pattern, text string) bool {
	first, rest, any := strings.Cut(pattern, "*")
	if !any {
		return pattern == text
	}
	text, ok := strings.CutPrefix(text, first)
	for ok {
		piece, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(text, piece)
		}
		_, text, ok = strings.Cut(text, piece)
		rest = after
	}
	return false
}

// Filters decide which records are left out.
type Filters struct{ only, skip []Filter }

// NewFilters takes those of a map, where there is one, together with others.
func NewFilters(only, skip []Filter, m *Map) Filters {
	f := Filters{only: only, skip: skip}
	if m != nil {
		f.only = slices.Concat(only, parsed(m.Only))
		f.skip = slices.Concat(skip, parsed(m.Skip))
	}
	return f
}

// parsed reads filters of a map, which were found right when it was loaded. What is wrong matches nothing.
func parsed(texts []string) []Filter {
	list := make([]Filter, 0, len(texts))
	for _, text := range texts {
		f, _ := ParseFilter(text)
		list = append(list, f)
	}
	return list
}

// None reports that no filter is there, so that each record stays.
func (f *Filters) None() bool { return len(f.only)+len(f.skip) == 0 }

// out names the flag that leaves a record out; empty when none does. Of --only, a record has to match one filter of each
// key there is.
func (f *Filters) out(x *schemas.Exchange) string {
	if f.None() {
		return ""
	}
	t := traitsOf(x)
	for _, one := range f.skip {
		if one.matches(&t) {
			return "--skip " + one.String()
		}
	}
	for _, key := range filterKeys {
		asked, matched := "", false
		for _, one := range f.only {
			if one.key == key {
				asked = strings.TrimPrefix(asked+", "+one.String(), ", ")
				matched = matched || one.matches(&t)
			}
		}
		if asked != "" && !matched {
			return "--only " + asked
		}
	}
	return ""
}

// Words returns the filters as they are written.
func (f *Filters) Words() [2][]string {
	var words [2][]string
	for i, list := range [][]Filter{f.only, f.skip} {
		for _, one := range list {
			words[i] = append(words[i], one.String())
		}
	}
	return words
}
