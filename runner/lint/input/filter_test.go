package input

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func TestWild(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"", "a", false}, {"*", "a", true}, {"*", "", true},
		{"*.example.com", "api.example.com", true}, {"*.example.com", "example.com", false},
		{"/health*", "/health/live", true}, {"/health*", "/a/health", false},
		{"/a/*/c", "/a/b/b/c", true}, {"/a/*/c", "/a/c", false}, {"a*a", "a", false}, {"a**b", "ab", true},
		{"*ab", "aab", true}, {"*ab*cd", "xabycdcd", true}, {"*ab*cd", "xcdab", false},
		{"*" + strings.Repeat("a*", 1000) + "b", strings.Repeat("a", 100_000), false},
	} {
		if got := wild(c.pattern, c.text); got != c.want {
			t.Errorf("%.30s against %.30s: %v", c.pattern, c.text, got)
		}
	}
}

// filtered returns which of the flags leaves a record out.
func filtered(t *testing.T, only, skip string, x *schemas.Exchange) string {
	t.Helper()
	var f Filters
	for _, list := range []struct {
		words string
		into  *[]Filter
	}{{only, &f.only}, {skip, &f.skip}} {
		for _, word := range strings.Fields(list.words) {
			one, err := ParseFilter(word)
			if err != nil {
				t.Fatal(err)
			}
			*list.into = append(*list.into, one)
		}
	}
	Complete(x)
	return f.out(x)
}

func TestFilters(t *testing.T) {
	x := func() *schemas.Exchange {
		return &schemas.Exchange{
			Request:  schemas.Request{Method: "get", URL: "https://API.example.com:8443/v1/list?Action=X#top"},
			Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "content-type", Value: "Text/HTML; charset=utf-8"}}},
		}
	}
	for _, c := range []struct{ only, skip, want string }{
		{"", "", ""},
		{"host=api.example.com", "", ""},
		{"host=API.Example.com method=GET path=/v1/* type=text/*", "", ""},
		{"method=POST method=get", "", ""},
		{"method=POST method=PUT", "", "--only method=POST, method=PUT"},
		{"host=api.example.com path=/v2/*", "", "--only path=/v2/*"},
		{"host=*.example.com", "host=api.*", "--skip host=api.*"},
		{"", "path=/v1", ""},
		{"", "path=/v1/list type=image/png", "--skip path=/v1/list"},
		{"", "type=text/html", "--skip type=text/html"},
	} {
		if got := filtered(t, c.only, c.skip, x()); got != c.want {
			t.Errorf("--only %s --skip %s: %q, want %q", c.only, c.skip, got, c.want)
		}
	}
}

// What a record does not have matches nothing: --skip leaves it in and --only leaves it out.
func TestFiltersOfWhatIsNotKnown(t *testing.T) {
	for _, word := range []string{"host=*", "path=*", "method=*", "type=*"} {
		x := &schemas.Exchange{Response: &schemas.Response{Status: 200}}
		if got := filtered(t, word, "", x); got != "--only "+word {
			t.Errorf("--only %s: %q", word, got)
		}
		if got := filtered(t, "", word, x); got != "" {
			t.Errorf("--skip %s: %q", word, got)
		}
	}
}

func TestPathsAndQueries(t *testing.T) {
	for url, want := range map[string][2]string{
		"":                              {"", ""},
		"/":                             {"/", ""},
		"/a?b=c":                        {"/a", "b=c"},
		"b=c&d=e":                       {"", "b=c&d=e"},
		"https://h":                     {"/", ""},
		"https://h?b=c":                 {"/", "b=c"},
		"https://h:1/a/b?c=/d?e#f":      {"/a/b", "c=/d?e"},
		"?b=c":                          {"", "b=c"},
		"redirect=https://other.test/x": {"", "redirect=https://other.test/x"},
	} {
		if path, query := pathAndQuery(url); [2]string{path, query} != want {
			t.Errorf("%s: %q and %q, want %q", url, path, query, want)
		}
	}
	if method, target := requestLine("POST /a?b=c HTTP/1.1"); method != "POST" || target != "/a?b=c" {
		t.Errorf("request line: %q %q", method, target)
	}
}
