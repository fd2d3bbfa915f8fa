package main

import (
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"
	"github.com/posener/complete"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/explain"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
)

// completed completes the command line that a shell is asking about, and reports whether one is.
func completed(parser *kong.Kong, w *env) bool {
	if w.env("COMP_LINE") == "" {
		return false
	}
	root, err := kongcompletion.Command(parser)
	if err != nil {
		return true // a shell that is completing has no place for a fault
	}
	predictValues(parser.Model.Node, &root)
	c := complete.New(parser.Model.Name, root)
	c.Out = w.out
	return c.Complete()
}

// predictValues lists the possible values of flags and arguments, which the types of a command line do not show.
func predictValues(node *kong.Node, c *complete.Command) {
	for _, flag := range node.Flags {
		predict, ok := flagValues()[flag.Name]
		if flag.Name == "output" {
			predict, ok = forms(flag.Tag.Vars["forms"]), true
		}
		if !ok || flag.Hidden {
			continue
		}
		c.GlobalFlags["--"+flag.Name] = predict
		if flag.Short != 0 {
			c.GlobalFlags["-"+string(flag.Short)] = predict
		}
	}
	if words, ok := wordValues()[node.Path()]; ok {
		c.Args = words
	}
	for _, child := range node.Children {
		if sub, ok := c.Sub[child.Name]; ok {
			predictValues(child, &sub)
			c.Sub[child.Name] = sub
		}
	}
}

// flagValues are the values of flags, in whatever command they are.
func flagValues() map[string]complete.Predictor {
	yaml := complete.PredictFiles("*.y*ml")
	names := map[string]complete.Predictor{
		"profile": complete.PredictOr(lazy(fixtures.AllNames), yaml),
		"case":    lazy(allCases),
		"mutant":  lazy(func() []string { return variantNames(mutants.All(), mutants.Operations()) }),
		"oddity":  lazy(func() []string { return variantNames(oddities.All(), oddities.Operations()) }),
		"style":   complete.PredictSet("rpc", "roa", "acs3"),
		// The grammar of the filter goes on behind a clause; it begins with one.
		"label-filter": lazy(func() []string { return schemas.ClauseIDs(fixtures.Clauses()) }),
	}
	for _, flag := range []string{"config", "known", "write-known", "map", "answers", "target-out"} {
		names[flag] = yaml
	}
	for _, flag := range []string{"ca", "tls-cert", "tls-key", "key", "transcript", "from-metadata", "from-openapi"} {
		names[flag] = complete.PredictFiles("*")
	}
	for _, flag := range []string{"report-dir", "profiles"} {
		names[flag] = complete.PredictDirs("*")
	}
	return names
}

// wordValues are the words of commands that take words of this suite, or files.
func wordValues() map[string]complete.Predictor {
	files := complete.PredictFiles("*")
	return map[string]complete.Predictor{
		"explain":  lazy(func() []string { return explain.Words(fixtures.Profiles()) }),
		"selftest": lazy(func() []string { return variantNames(mutants.All(), oddities.All()) }),
		"lint":     files, "diff": files, "check": files, "statement": files, "verify": files,
	}
}

// lazy predicts words that are looked up only where they are asked for.
func lazy(words func() []string) complete.Predictor {
	return complete.PredictFunc(func(complete.Args) []string { return words() })
}

func allCases() (names []string) {
	for _, c := range catalogue.Cases(fixtures.Profiles()) {
		names = append(names, c.Name)
	}
	return names
}

func variantNames(lists ...[]reference.Variant) (names []string) {
	for _, v := range slices.Concat(lists...) {
		names = append(names, v.Name)
	}
	return names
}

// forms are those of -o that the help of a command lists.
func forms(listed string) complete.Predictor {
	known := output.Forms()
	var words []string
	for _, word := range strings.FieldsFunc(listed, func(r rune) bool { return r == ' ' || r == ',' }) {
		if slices.Contains(known, word) {
			words = append(words, word)
		}
	}
	return complete.PredictSet(words...)
}

// pathOfThis is where this program is; its name where that is not known.
func pathOfThis() string {
	if path, err := os.Executable(); err == nil {
		return path
	}
	return "conform"
}
