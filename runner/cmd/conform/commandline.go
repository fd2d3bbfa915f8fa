package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/internal/cmdlang"
)

// asGiven reads a word as it was given: the bytes of a file's name need not be UTF-8, and kong, which takes words through JSON,
// would name another file.
var asGiven = kong.MapperFunc(func(ctx *kong.DecodeContext, target reflect.Value) error {
	token, err := ctx.Scan.PopValue("string")
	if err == nil {
		target.SetString(fmt.Sprint(token.Value))
	}
	return err
})

// readSoFar returns a command line as far as it was read; one without a path where it only asked for help.
func readSoFar(ctx *kong.Context, failed error) *kong.Context {
	if p := (*kong.ParseError)(nil); errors.As(failed, &p) {
		ctx = p.Context
	}
	if ctx == nil || errors.Is(failed, errHelp) {
		return &kong.Context{}
	}
	return ctx
}

// repeated refuses a flag that is given more than once and keeps one value only, of which kong would take the last. It
// comes before whatever else is wrong with the command line.
func repeated(ctx *kong.Context, failed error) error {
	seen := map[*kong.Flag]bool{}
	for _, p := range readSoFar(ctx, failed).Path {
		if p.Flag == nil || p.Resolved || p.Flag.IsCumulative() || p.Flag.IsCounter() {
			continue
		}
		if seen[p.Flag] {
			return wrong("--%s is given more than once, and takes one value; leave all but one out", p.Flag.Name)
		}
		seen[p.Flag] = true
	}
	return nil
}

// mayBeEmpty are the flags of which an empty value means something.
var mayBeEmpty = []string{"label-filter"} // all cases

// emptied refuses an empty word in the place of a name, a file or an address: nobody writes one, but a variable that is unset
// leaves one, and what a command does without the flag is something else.
func emptied(ctx *kong.Context, failed error) error {
	ctx = readSoFar(ctx, failed)
	for _, p := range ctx.Path {
		name := ""
		switch {
		case p.Flag != nil && !p.Resolved && !slices.Contains(mayBeEmpty, p.Flag.Name):
			name = "--" + p.Flag.Name
		case p.Positional != nil && !p.Positional.Passthrough:
			name = "<" + p.Positional.Name + ">"
		}
		if name == "" {
			continue
		}
		if value := ctx.Value(p); value.IsValid() && isEmpty(value.Interface()) {
			return wrong("%s is empty: is a variable unset?", name)
		}
	}
	return nil
}

// isEmpty reports whether a value is an empty word, or has one in it.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case string:
		return v == ""
	case []string:
		return slices.Contains(v, "")
	}
	return false
}

// wordless words the fault of a command that lacks its one word: what may be there. It is empty for any other fault.
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
	choices := strings.TrimSuffix(strings.TrimSuffix(cmdlang.Joined(wants.Help), "."), "。")
	if wants.Enum != "" {
		choices = strings.Join(strings.Split(wants.Enum, ","), ", ")
	}
	return "conform " + node.Name + " wants a word: " + strings.TrimSpace(choices) + "; conform " + node.Name + " --help says more"
}
