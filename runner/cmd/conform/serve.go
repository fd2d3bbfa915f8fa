package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
	"go.yaml.in/yaml/v3"
)

// serveCommand is conform serve.
type serveCommand struct {
	Profile   string        `required:"" placeholder:"P" help:"Profile to answer by: a name or the path of a YAML file."`
	Listen    string        `placeholder:"ADDR" default:"127.0.0.1:8080" help:"Address to listen on (${default})."`
	Mutant    string        `placeholder:"NAME" xor:"variant" help:"With this one thing wrong (conform list mutants)."`
	Oddity    string        `placeholder:"NAME" xor:"variant" help:"With this one legal peculiarity (conform list oddities)."`
	TargetOut string        `placeholder:"F" help:"Write the target file that tests this server."`
	Delay     time.Duration `placeholder:"D" help:"Answer that much later."`
}

// Run serves until it is interrupted.
func (c *serveCommand) Run(w *env) error {
	p, err := profile(c.Profile)
	if err != nil {
		return err
	}
	if c.Delay < 0 {
		return wrong("--delay %s: want a time above 0", c.Delay)
	}
	options, name, err := c.variant(p)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	server := reference.New(p, append([]reference.Option{reference.Delay(c.Delay)}, options...)...) // a variant may be slower still
	l, err := server.Start(c.Listen)
	if err != nil {
		return wrong("--listen: %s", err)
	}
	defer func() { _ = l.Close() }()
	test := fmt.Sprintf("--target %s --profile %s", l.URL(), c.Profile)
	if c.TargetOut != "" {
		target := server.Target(l.URL())
		target.Profile = namedIn(c.TargetOut, c.Profile, p)
		if err := writeTarget(c.TargetOut, target); err != nil {
			return wrong("--target-out: %s", err)
		}
		test = "--config " + c.TargetOut
	}
	w.printf("%s on %s  ·  test it: conform run %s\n", name, l.URL(), test)
	return c.wait(ctx)
}

func (c *serveCommand) wait(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// variant finds the mutant or oddity asked for, and says what is served.
func (c *serveCommand) variant(p *schemas.Profile) ([]reference.Option, string, error) {
	word, kind, variants := c.Mutant, "mutant", slices.Concat(mutants.All(), mutants.Operations())
	if c.Oddity != "" {
		word, kind, variants = c.Oddity, "oddity", slices.Concat(oddities.All(), oddities.Operations())
	}
	if word == "" {
		return nil, "reference server of " + p.Name, nil
	}
	for _, v := range variants {
		if v.Name != word {
			continue
		}
		if !catalogue.Fits(v, p) {
			return nil, "", wrong("%s %s makes no sense for profile %s", kind, word, p.Name)
		}
		return []reference.Option{reference.With(v)}, fmt.Sprintf("%s %s of %s (a server that %s)", kind, v.Name, p.Name, v.Description), nil
	}
	return nil, "", wrong("no %s is called %q%s", kind, word, meant(word, names(variants), "conform list shows them"))
}

func names(variants []reference.Variant) []string {
	out := make([]string, len(variants))
	for i, v := range variants {
		out[i] = v.Name
	}
	return out
}

// writeTarget writes a target file. It holds keys, so nobody else may read it.
func writeTarget(path string, t *schemas.Target) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	var node yaml.Node // JSON is YAML; all that remains is to lay it out
	if err := yaml.Unmarshal(text, &node); err != nil {
		return err
	}
	block(&node)
	if text, err = yaml.Marshal(&node); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// block turns flow style into block style, and leaves the quotes to the encoder.
func block(n *yaml.Node) {
	n.Style = 0
	for _, child := range n.Content {
		block(child)
	}
}
