package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/schemas"
)

// runs is how many runs a fleet makes for one measurement: the start of its process is shared by them.
const runs = 20

// writeFleet writes a fleet of many times the same target. Its secrets are named, as they have to be, and put into the
// environment.
func writeFleet(dir string, target schemas.Target) error {
	named := map[string]schemas.Credential{}
	for name, c := range target.Credentials {
		c.AccessKeySecret = hidden("BENCH_SECRET_"+name, c.AccessKeySecret)
		c.SecurityToken = hidden("BENCH_TOKEN_"+name, c.SecurityToken)
		named[name] = c
	}
	target.Credentials = named
	words := make([]string, runs)
	for i := range words {
		words[i] = strconv.Itoa(i)
	}
	text, err := yaml.Marshal(map[string]any{
		"name":    "bench",
		"targets": []any{map[string]any{"name": "one.${N}", "for": map[string][]string{"N": words}, "target": target}},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "fleet.yaml"), text, 0o600)
}

// hidden returns how a fleet file names a secret.
func hidden(name, secret string) string {
	if secret == "" {
		return ""
	}
	_ = os.Setenv(name, secret) // no name of ours is malformed
	return "${" + name + "}"
}

// fleetCPU measures what a run costs in a fleet of runs, as a median in seconds of CPU.
func fleetCPU(profile, fleet, dir string, n int) (float64, error) {
	var all []result
	for range rounds {
		database := filepath.Join(dir, "fleet.db")
		one, err := sample(profile, dir, n, exec.Command(fleet, "run", filepath.Join(dir, "fleet.yaml"), "--db", database, "--workers", "2"))
		if err != nil {
			return 0, fmt.Errorf("a fleet by %s: %w", profile, err)
		}
		all = append(all, one)
		left, _ := filepath.Glob(database + "*")
		for _, file := range left {
			if err := os.Remove(file); err != nil {
				return 0, err
			}
		}
	}
	return medianOf(all, cpu) / runs, nil
}
