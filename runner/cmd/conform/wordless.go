package main

import (
	"errors"
	"strings"

	"github.com/alecthomas/kong"
)

// wordless words the fault of a command that lacks its one word: what may stand there. It is empty for any other fault.
func wordless(failed error) string {
	p := (*kong.ParseError)(nil)
	if !errors.As(failed, &p) || p.Context == nil || !strings.HasPrefix(failed.Error(), `expected "<`) {
		return ""
	}
	node := p.Context.Selected()
	if node == nil || len(node.Positional) != 1 || node.Positional[0].IsCumulative() {
		return ""
	}
	wants := node.Positional[0]
	choices := strings.TrimSuffix(wants.Help, ".")
	if wants.Enum != "" {
		choices = strings.Join(strings.Split(wants.Enum, ","), ", ")
	}
	return "conform " + node.Name + " wants a word: " + strings.TrimSpace(choices) + "; conform " + node.Name + " --help says more"
}
