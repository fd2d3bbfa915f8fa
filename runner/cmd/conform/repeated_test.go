package main

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// valueFor returns a value that the flag takes.
func valueFor(f *kong.Flag) string {
	switch {
	case f.Enum != "":
		return strings.TrimSpace(strings.Split(f.Enum, ",")[0])
	case f.Target.Type() == reflect.TypeFor[time.Duration]():
		return "1h"
	case f.Name == "lang":
		return "en"
	}
	switch f.Target.Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint, reflect.Float64:
		return "1"
	}
	return "x"
}

// Every flag of every command, as the command line itself knows them: one that keeps one value is refused when it is given
// twice, whatever else is missing; one that collects them is not.
func TestFlagsThatCannotBeRepeated(t *testing.T) {
	parser, err := newParser(&env{})
	if err != nil {
		t.Fatal(err)
	}
	refused, collected := 0, []string{}
	for _, leaf := range parser.Model.Leaves(false) {
		for _, group := range leaf.AllFlags(false) {
			for _, f := range group {
				if f.Name == "help" || f.Name == "version" {
					continue // it prints and ends the first time
				}
				name := strings.TrimPrefix(leaf.FullPath(), parser.Model.Name+" ")
				args := strings.Fields(name)
				for range 2 {
					if args = append(args, "--"+f.Name); !f.IsBool() {
						args[len(args)-1] += "=" + valueFor(f)
					}
				}
				if f.IsCumulative() {
					collected = append(collected, name+" --"+f.Name)
					if _, err := parser.Parse(args); err != nil && strings.Contains(err.Error(), "--"+f.Name) {
						t.Errorf("%v: %s", args, err)
					}
					if ctx, err := parser.Parse(args); repeated(ctx, err) != nil {
						t.Errorf("%v is refused", args)
					}
					continue
				}
				refused++
				var out, errs bytes.Buffer
				if code := command(args, &env{out: &out, err: &errs, env: func(string) string { return "" }}); code != exitUsage || strings.Count(errs.String(), "\n") != 1 ||
					!strings.Contains(errs.String(), "--"+f.Name+" is given more than once") || out.Len() > 0 {
					t.Errorf("%v: exit %d\n%s%s", args, code, out.String(), errs.String())
				}
				if ctx, err := parser.Parse(args[:len(args)-1]); repeated(ctx, err) != nil {
					t.Errorf("%v is refused", args[:len(args)-1])
				}
			}
		}
	}
	if refused < 60 {
		t.Errorf("%d flags were tried", refused)
	}
	for _, want := range []string{"run --config", "run --target", "run --profile"} {
		if !slices.Contains(collected, want) {
			t.Errorf("%s does not collect: %v", want, collected)
		}
	}
	t.Logf("%d refused; collected: %v", refused, collected)
}
