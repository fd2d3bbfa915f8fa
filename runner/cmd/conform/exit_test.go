package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
)

const closed = "http://127.0.0.1:1/"

func TestExitCodes(t *testing.T) {
	_, sound := served(t, "ecs", nil)
	_, broken := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	_, refused := served(t, "ecs", func(target *schemas.Target) {
		target.Credentials[schemas.DefaultKey] = schemas.Credential{AccessKeyID: "nobody", AccessKeySecret: "x"}
	})
	_, warning := served(t, "ecs", nil, reference.With(mutant(t, "CLIENT-1")))
	nonce := []string{"--label-filter", "NONCE-1" + few}
	for name, c := range map[string]struct {
		args []string
		code int
		says string // what standard error holds; empty: nothing at all
	}{
		"no command":            {nil, exitUsage, `^Usage: conform`},
		"help":                  {[]string{"--help"}, exitKept, ``},
		"help of run":           {[]string{"run", "--help"}, exitKept, ``},
		"unknown command":       {[]string{"certificate"}, exitUsage, `certificate`},
		"unknown flag":          {[]string{"run", "--bogus"}, exitUsage, `--bogus`},
		"flag without value":    {[]string{"run", "--target"}, exitUsage, `--target`},
		"bad number":            {[]string{"run", "--concurrency", "many"}, exitUsage, `concurrency`},
		"negative number":       {[]string{"run", "--concurrency", "-1"}, exitUsage, `concurrency`},
		"bad duration":          {[]string{"run", "--timeout", "10"}, exitUsage, `timeout`},
		"unknown profile":       {[]string{"run", "--profile", "oss"}, exitUsage, `oss.* gateway, ecs`},
		"profile not there":     {[]string{"run", "--profile", "./no.yaml"}, exitUsage, `no\.yaml`},
		"unknown style":         {[]string{"run", "--style", "soap"}, exitUsage, `soap.*rpc, roa`},
		"style not taken":       {[]string{"run", "--profile", "ecs", "--style", "roa"}, exitUsage, `rpc,acs3`},
		"filter without match":  {[]string{"run", "--label-filter", "nothing-like-it"}, exitUsage, `nothing-like-it`},
		"filter malformed":      {[]string{"run", "--label-filter", "a &&"}, exitUsage, `a &&`},
		"target no address":     {[]string{"run", "--target", "ecs", "--profile", "ecs"}, exitUsage, `http`},
		"no config":             {[]string{"run", "--config", "no-such.yaml"}, exitUsage, `no-such\.yaml`},
		"config without url":    {[]string{"run", "--config", write(t, "profile: ecs\n")}, exitUsage, `--target`},
		"config unknown key":    {[]string{"run", "--config", write(t, "url: http://127.0.0.1/\nspeed: 3\n")}, exitUsage, `:2:1: .*speed`},
		"ca not there":          {[]string{"run", "--target", closed, "--ca", "no.pem"}, exitUsage, `no\.pem`},
		"closed port":           {[]string{"run", "--target", closed, "--profile", "ecs"}, exitUntested, `127\.0\.0\.1:1`},
		"closed port, guess":    {[]string{"run", "--target", closed}, exitUntested, `127\.0\.0\.1:1`},
		"plan without profile":  {[]string{"run", "--target", closed, "--plan"}, exitUsage, `--profile`},
		"plan":                  {[]string{"run", "--plan"}, exitKept, ``},
		"sound request refused": {[]string{"run", "--config", refused}, exitUntested, `InvalidAccessKeyId`},
		"kept":                  {append([]string{"run", "--config", sound}, nonce...), exitKept, ``},
		"broken":                {append([]string{"run", "--config", broken}, nonce...), exitBroken, ``},
		"warned":                {append([]string{"run", "--config", warning}, nonce...), exitKept, ``},
		"warned, strictly":      {append([]string{"run", "--strict", "--config", warning}, nonce...), exitBroken, `--strict`},
		"not complete":          {append([]string{"run", "--require-complete", "--config", sound}, nonce...), exitUntested, `ecs/rpc did not exercise .*OWNER-1`},
		"own server":            {append([]string{"run", "--profile", "ecs", "--profile", "gateway"}, nonce...), exitKept, ``},
		"list what":             {[]string{"list", "sheep"}, exitUsage, `sheep`},
		"explain nothing":       {[]string{"explain", "NONCE-11"}, exitUsage, `did you mean .*NONCE-1`},
		"serve without":         {[]string{"serve"}, exitUsage, `--profile`},
		"serve both":            {[]string{"serve", "--profile", "ecs", "--mutant", "a", "--oddity", "b"}, exitUsage, `mutant`},
		"serve unknown":         {[]string{"serve", "--profile", "ecs", "--mutant", "no-such-mutant"}, exitUsage, `no-such-mutant`},
		"serve nowhere":         {[]string{"serve", "--profile", "ecs", "--listen", "127.0.0.1:99999"}, exitUsage, `99999`},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := conform(t, t.TempDir(), c.args...)
			if code != c.code {
				t.Errorf("exit %d, want %d\n%s%s", code, c.code, out, errs)
			}
			switch {
			case c.says == "" && errs != "":
				t.Errorf("standard error holds %q, want nothing", errs)
			case !regexp.MustCompile(c.says).MatchString(errs):
				t.Errorf("standard error holds %q, want %s", errs, c.says)
			case c.says != "" && len(c.args) > 0 && (strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "conform: ") && !placed.MatchString(errs)):
				t.Errorf("standard error holds %q, want one line that begins with conform: or with a place in a file", errs)
			}
			for _, word := range []string{"Running Suite", "Ginkgo", "kong", "goroutine"} {
				if strings.Contains(out+errs, word) && !strings.Contains(name, "help") {
					t.Errorf("%q shows in\n%s%s", word, out, errs)
				}
			}
		})
	}
}

// mutant returns one that breaks the clause of ecs.
func mutant(t *testing.T, clause string) reference.Variant {
	t.Helper()
	for _, v := range mutants.All() {
		if v.Clause == clause && len(v.Profiles) == 0 {
			return v
		}
	}
	for _, v := range mutants.All() {
		if v.Clause == clause {
			return v
		}
	}
	t.Fatalf("no mutant breaks %s", clause)
	return reference.Variant{}
}

func TestNothingJudgedIsNeverZero(t *testing.T) {
	run := func(v schemas.Verdict, c schemas.Counts) schemas.Run { return schemas.Run{Verdict: v, Counts: c} }
	for _, c := range []struct {
		runs   []schemas.Run
		strict bool
		want   int
	}{
		{nil, false, exitUntested},
		{[]schemas.Run{run(schemas.Conformant, schemas.Counts{})}, false, exitUntested},
		{[]schemas.Run{run(schemas.Conformant, schemas.Counts{Skipped: 9, NotJudged: 1})}, false, exitUntested},
		{[]schemas.Run{run(schemas.Conformant, schemas.Counts{Kept: 1})}, true, exitKept},
		{[]schemas.Run{run(schemas.Conformant, schemas.Counts{Kept: 1, Warned: 1})}, false, exitKept},
		{[]schemas.Run{run(schemas.Conformant, schemas.Counts{Kept: 1, Warned: 1})}, true, exitBroken},
		{[]schemas.Run{run(schemas.Conformant, schemas.Counts{Kept: 1}), run(schemas.Inconclusive, schemas.Counts{})}, false, exitUntested},
		{[]schemas.Run{run(schemas.NonConformant, schemas.Counts{Broken: 1}), run(schemas.Inconclusive, schemas.Counts{})}, false, exitBroken},
	} {
		if got := codeOf(reportOf(c.runs), c.strict); got != c.want {
			t.Errorf("%+v, strict %v: exit %d, want %d", c.runs, c.strict, got, c.want)
		}
	}
}
