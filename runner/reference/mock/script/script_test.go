package script_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
)

func products(t testing.TB) []script.Product {
	t.Helper()
	var list []script.Product
	for name, operations := range map[string][]string{"ecs": {"DescribeRegions", "RunInstances"}, "kms": {"ListKeys"}} {
		p, err := fixtures.Profile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, script.Product{Profile: p, Operations: operations})
	}
	return list
}

func read(t testing.TB, text string) *script.Script {
	t.Helper()
	s, err := script.Read("answers.yaml", []byte(text), products(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// chosen writes what n calls get: the code, the body's A, or a dash where no entry fits.
func chosen(s *script.Script, n int, params ...string) string {
	var words []string
	for range n {
		reply := s.Choose(script.Call{Profile: "ecs", Operation: "DescribeRegions", Param: func(name string) string {
			if i := slices.Index(params, name); i >= 0 {
				return params[i+1]
			}
			return ""
		}})
		switch {
		case reply == nil:
			words = append(words, "-")
		case reply.Row != nil:
			words = append(words, reply.Row.Code)
		default:
			words = append(words, reply.Body["A"].(string))
		}
	}
	return strings.Join(words, " ")
}

func TestChoose(t *testing.T) {
	const a, b = "{body: {A: a}}", "{body: {A: b}}"
	for name, c := range map[string]struct {
		entries string
		params  []string
		want    string
	}{
		"the last reply stays":       {"- {operation: DescribeRegions, replies: [" + a + ", " + b + "]}", nil, "a b b b"},
		"the replies come again":     {"- {operation: DescribeRegions, cycle: true, replies: [" + a + ", " + b + "]}", nil, "a b a b"},
		"an error by its code":       {"- {operation: DescribeRegions, replies: [{error: Throttling}, " + a + "]}", nil, "Throttling a a a"},
		"the first two":              {"- {operation: DescribeRegions, first: 2, replies: [" + a + "]}\n- {operation: DescribeRegions, replies: [" + b + "]}", nil, "a a b b"},
		"every second":               {"- {operation: DescribeRegions, every: 2, replies: [" + a + "]}", nil, "- a - a"},
		"another operation":          {"- {operation: RunInstances, replies: [" + a + "]}", nil, "- - - -"},
		"another product":            {"- {operation: ListKeys, profile: kms, replies: [" + a + "]}", nil, "- - - -"},
		"a value":                    {"- {operation: DescribeRegions, when: {RegionId: b, N: 1}, replies: [" + a + "]}", []string{"RegionId", "b", "N", "1"}, "a a a a"},
		"another value":              {"- {operation: DescribeRegions, when: {RegionId: b}, replies: [" + a + "]}", []string{"RegionId", "c"}, "- - - -"},
		"no share":                   {"- {operation: DescribeRegions, every: 9, share: 1, replies: [" + a + "]}", nil, "- - - -"},
		"the first of two that fits": {"- {operation: DescribeRegions, when: {N: x}, replies: [" + a + "]}\n- {operation: DescribeRegions, replies: [" + b + "]}", nil, "b b b b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := chosen(read(t, "answers:\n"+c.entries+"\n"), 4, c.params...); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAShareIsTheSameWithTheSameSeed(t *testing.T) {
	const of = "seed: %d\nanswers:\n- {operation: DescribeRegions, share: 0.5, replies: [{body: {A: a}}]}\n"
	with := func(seed string) string { return chosen(read(t, strings.Replace(of, "%d", seed, 1)), 64) }
	first := with("7")
	if first != with("7") || first == with("8") {
		t.Error("want the same calls with one seed, and others with another")
	}
	if n := strings.Count(first, "a"); n < 16 || n > 48 {
		t.Errorf("%d of 64 calls are answered", n)
	}
}

func TestFaultsOfAFile(t *testing.T) {
	for text, want := range map[string]string{
		"answers:\n- {operation: DescribeRegion, replies: [{}]}":                                   `answers.yaml:2:15: answers[0].operation: no operation is called "DescribeRegion" (did you mean DescribeRegions?)`,
		"answers:\n- {operation: ListKeys, profile: ecs, replies: [{}]}":                           `answers.yaml:2:15: answers[0].operation: no operation is called "ListKeys" (want the name of one that is served)`,
		"answers:\n- operation: DescribeRegions\n  replies:\n  - error: Throtling":                 `answers.yaml:4:12: answers[0].replies[0].error: ecs has no code "Throtling" (did you mean Throttling?)`,
		"answers:\n- {operation: DescribeRegions, replies: [{body: {}, error: Throttling}]}":       `is an error beside a body`,
		"answers:\n- {operation: ListKeys, replies: [{latency: 6m}]}":                              `is longer than 5m0s`,
		"answers:\n- {operation: ListKeys, replies: [{latency: {p50: 1s, p99: 6m}}]}":              `answers.yaml:2:45: answers[0].replies[0].latency: is longer than 5m0s`,
		"answers:\n- {operation: ListKeys, replies: [{latency: {p50: 2s, p99: 1s}}]}":              `answers[0].replies[0].latency: has a p99 of 1s and a p50 of 2s (want `,
		"answers:\n- {operation: ListKeys, replies: [{latency: {p50: 2s}}]}":                       `p99`,
		"answers:\n- {operation: ListKeys, replies: [{latency: soon}]}":                            `answers[0].replies[0].latency: `,
		"answers:\n- {operation: ListKeys, replies: [{headers: {Content-Length: '1'}}]}":           `is written by the server itself`,
		"answers:\n- {operation: ListKeys, profile: oss, replies: [{}]}":                           `"oss" is not served`,
		"answers:\n- {operation: ListKeys, replies: []}":                                           `answers.yaml:2:34: answers[0].replies: is an empty list`,
		"answers:\n- {operation: ListKeys, reply: {}, replies: [{}]}":                              `unknown key "reply"`,
		"answers:\n- {operation: ListKeys, replies: [{headers: {X-A: \"a\\r\\nX-Injected: b\"}}]}": `answers[0].replies[0].headers.X-A: `,
		"": `answers.yaml`,
	} {
		_, err := script.Read("answers.yaml", []byte(text), products(t))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s\ngot %v\nwant %s", text, err, want)
		}
	}
}

func TestABodyIsItsCallersOwn(t *testing.T) {
	s := read(t, "answers:\n- {operation: DescribeRegions, replies: [{body: {A: a, N: 12, T: '12', B: true, D: 2014-05-26, L: [1, x]}}]}")
	call := script.Call{Profile: "ecs", Operation: "DescribeRegions"}
	first := s.Choose(call)
	first.Body["A"] = "changed"
	const want = `{"A":"a","B":true,"D":"2014-05-26","L":[1,"x"],"N":12,"T":"12"}`
	if second, err := json.Marshal(s.Choose(call).Body); string(second) != want {
		t.Errorf("got %s (%v)\nwant %s", second, err, want)
	}
}

func TestAFileIsReadAgainWhenItChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "answers.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	of := func(word string) string {
		return "seed: 1\nanswers:\n- {operation: DescribeRegions, replies: [{body: {A: " + word + "}}]}\n"
	}
	write(of("a"))
	var logged []string
	source, err := script.Open(path, products(t), func(line string) { logged = append(logged, line) })
	if err != nil {
		t.Fatal(err)
	}
	see := func(want string) {
		t.Helper()
		if got := chosen(source.Script(), 1); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	see("a")
	write(of("b")) // as long as before, and within a moment
	see("b")
	write(of("c") + "  nonsense")
	see("b")
	see("b")
	if len(logged) != 2 || !strings.Contains(logged[0], "is read again") || !strings.Contains(logged[1], "answers.yaml:4:") || !strings.Contains(logged[1], "kept") {
		t.Errorf("logged %q", logged)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	see("b")
	write(of("d"))
	see("d")
	if _, err := script.Open(filepath.Join(t.TempDir(), "none.yaml"), nil, nil); err == nil || !strings.Contains(err.Error(), "conform schema answers") {
		t.Errorf("got %v", err)
	}
}
