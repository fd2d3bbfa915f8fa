// Measure runs the suite through every gateway there is a configuration for and writes what it found into
// runner/reference/gateways.md.
//
// Usage, from the top of the module: go run ./runner/reference/gateways/measure
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/acsconform/acsconform/runner/reference/gateways"
)

var document = filepath.Join("runner", "reference", "gateways.md")

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "gateways:", err)
		os.Exit(1)
	}
}

func write() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	var missing []error
	for _, g := range gateways.All() {
		if _, err := g.Path(); err != nil {
			missing = append(missing, err)
		}
	}
	if len(missing) > 0 {
		return errors.Join(missing...)
	}
	var all []gateways.Both
	parts := map[string]string{}
	for _, g := range gateways.All() {
		r, err := g.MeasureBoth(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%s %s\n", g.Title, r.Version)
		all = append(all, r)
		parts[g.Name] = r.Section()
	}
	parts["summary"] = gateways.Summary(all)
	if text, err = gateways.Fill(text, parts); err != nil {
		return fmt.Errorf("%s: %w", document, err)
	}
	return os.WriteFile(document, text, 0o644)
}
