package script_test

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mock/script"
)

// FuzzRead reads any text as a file of answers. What is one chooses an answer for any call, whatever it says.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"answers:\n- {action: DescribeRegions, body: {A: a}}\n", "answers:\n- {action: DescribeRegions, when: {R: x}, error: {code: Throttling}}\n", "answers:\n- {action: DescribeRegions, sequence: [{body: {A: a}}, {break: true}]}\n",
		"answers:\n- {action: RunInstances, latency: 1h, body: {A: '${R}'}}\n", "answers: &a [*a]\n", "- a", "answers: {}\n", "answers:\n- {action: \"\\e[2J\"}\n", "answers:\n- {action: DescribeRegions, share: 2}\n",
	} {
		f.Add([]byte(seed), "x")
	}
	list := products(f)
	f.Fuzz(func(t *testing.T, text []byte, value string) {
		s, err := script.Read("answers.yaml", text, list)
		if (s == nil) == (err == nil) {
			t.Fatalf("got %v and %v", s, err)
		}
		if err != nil {
			if strings.ContainsAny(err.Error(), "\x1b\x00\r") {
				t.Fatalf("a control character in %q", err)
			}
			return
		}
		for _, operation := range []string{"DescribeRegions", "RunInstances", value} {
			for range 3 {
				_ = s.Choose(script.Call{Profile: "ecs", Operation: operation, Param: func(string) string { return value }})
			}
		}
	})
}
