package runner_test

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// shown names the test of which another one wants to see what go test prints.
const shown = "ACSCONFORM_SHOWN"

// TestShown is run by others in a process of its own.
func TestShown(t *testing.T) {
	s := serverOf(t, "ecs")
	file := s.Target("")
	file.Resolve = []string{"127.0.0.1", "127.0.0.2"}
	target := runner.Target{File: file, Serve: s.Serve, Select: nonces}
	mutant := func(name string) { target.Serve = serverOf(t, "ecs", mutantOf(t, name)).Serve }
	switch os.Getenv(shown) {
	case "":
		t.Skip("shows nothing by itself")
	case "kept":
	case "broken":
		mutant("nonces-not-kept")
	case "warned", "strict":
		mutant(warning(t))
		target.Strict = os.Getenv(shown) == "strict"
		target.Select = func(p *suites.Planned) bool { return p.Clause.ID == "SUCCESS-4" }
	case "known":
		mutant("nonces-not-kept")
		target.Known = listed(t, "{clause: NONCE-1, reason: r, owner: o, until: 2999-01-31}")
	case "fixed":
		target.Known = listed(t, "{case: nonce-used-twice, reason: r, owner: o, until: 2999-01-31}")
	case "no key":
		target.File, target.Profile, target.Select = nil, "ecs", quickly
	case "nothing judged":
		target.Select = func(p *suites.Planned) bool { return p.Clause.ID == "NONCE-1" }
		target.File, target.Profile = nil, "ecs"
	case "dead":
		target.Serve, target.URL = nil, "http://127.0.0.1:1/"
	case "gossip":
		target = runner.Target{Handler: leaktest.LeakyServer(gossipKey), Profile: "ecs", Key: gossipKey, Strict: true, Select: quickly}
	case "agents":
		target.Serve = (&http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			os.Stdout.WriteString("met " + r.UserAgent() + "\n")
			s.ServeHTTP(w, r)
		})}).Serve
	}
	target.Options.Timeout = time.Minute
	runner.Test(t, target)
}

var gossipKey = schemas.Credential{AccessKeyID: "gossip", AccessKeySecret: "s3cr/et+of=go&ssip<>", SecurityToken: "CAISt0k/en+of=go&ssip<>"}

func TestTheLogOfATestHoldsNoSecret(t *testing.T) {
	out, passed := show(t, "gossip", "")
	if passed || strings.Count(out, "--- FAIL: TestShown/ecs-rpc/") < 50 {
		t.Fatalf("passed is %v:\n%.2000s", passed, out)
	}
	for _, secret := range []string{gossipKey.AccessKeySecret, gossipKey.SecurityToken} {
		if ways := leaktest.Find(out, secret); ways != nil {
			t.Errorf("a secret is in the log, %q", ways)
		}
		if leaktest.Find(out+secret, secret) == nil {
			t.Error("a planted secret is not found")
		}
	}
}

// warning names a mutant that only warns.
func warning(t *testing.T) string {
	t.Helper()
	for _, v := range mutants.All() {
		if v.Clause == "CLIENT-1" {
			return v.Name
		}
	}
	t.Fatal("no mutant breaks CLIENT-1")
	return ""
}

func listed(t *testing.T, entry string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "known.yaml")
	if err := os.WriteFile(path, []byte("known:\n- "+entry+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// show returns what go test -v prints of a test, and whether it passed.
func show(t *testing.T, name, chosen string) (out string, passed bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run=^TestShown$"+chosen)
	cmd.Env = append(os.Environ(), shown+"="+name)
	text, err := cmd.CombinedOutput()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return string(text), err == nil
}

func TestWhatGoTestSays(t *testing.T) {
	const nonce = `TestShown/ecs-rpc/nonce-used-twice/XML,GET`
	for name, c := range map[string]struct {
		passes bool
		says   []string
	}{
		"kept": {true, []string{`--- PASS: ` + nonce, `embedtold_test.go:\d+: nothing broken .partial: [0-9]+ MUST not exercised., \d+ kept\n`}},
		"broken": {false, []string{`--- FAIL: ` + nonce, `embedtold_test.go:\d+: × nonce-used-twice \[XML, GET\] +NONCE-1 MUST\n`,
			`want  400 SignatureNonceUsed\n`, `request id [0-9A-F-]{36}  ·  suites/nonce.go:\d+\n`, `curl `, `non-conformant, \d+ kept, \d+ broken\n`}},
		"warned":         {true, []string{`--- PASS: TestShown/ecs-rpc/sound-request/XML,GET`, `! sound-request \[XML, GET\] +CLIENT-1 SHOULD\n`}},
		"strict":         {false, []string{`--- FAIL: TestShown/ecs-rpc/sound-request/XML,GET`, `! sound-request \[XML, GET\] +CLIENT-1 SHOULD\n`}},
		"known":          {true, []string{`--- SKIP: ` + nonce, `known failure: r \(o, until 2999-01-31; known.yaml:2\)\n`}},
		"fixed":          {false, []string{`--- PASS: ` + nonce, `embedtold_test.go:\d+: known.yaml:2: fixed: nonce-used-twice no longer fails; remove it\n`}},
		"no key":         {true, []string{`--- SKIP: ` + nonce, `needs credentials.default: `}},
		"nothing judged": {false, []string{`--- SKIP: ` + nonce, `embedtold_test.go:\d+: inconclusive: nothing was judged\n`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, passed := show(t, name, "")
			if passed != c.passes {
				t.Errorf("passed is %v", passed)
			}
			for _, want := range c.says {
				if !regexp.MustCompile(want).MatchString(out) {
					t.Errorf("no %s in\n%.4000s", want, out)
				}
			}
			for i, block := range regexp.MustCompile(`(?m)^ *--- .*\n`).Split(out, -1) {
				block, _, _ = strings.Cut(block, "===")
				if n := strings.Count(block, "\n"); n > wording.MaxLines {
					t.Errorf("block %d has %d lines:\n%s", i, n, block)
				}
			}
		})
	}
}

func TestADeadTargetIsOneLine(t *testing.T) {
	out, passed := show(t, "dead", "")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	want := []string{"=== RUN   TestShown", "", "--- FAIL: TestShown", "FAIL"}
	if passed || len(lines) != len(want) || !strings.Contains(lines[1], "acsconform: nothing listens at 127.0.0.1:1") {
		t.Errorf("passed is %v:\n%s", passed, out)
	}
}

// Only what go test was asked for is sent, besides the request that looks whether the server can be tested.
func TestOnlyChosenSubtestsAreSent(t *testing.T) {
	for chosen, want := range map[string][]string{
		"/ecs-rpc/^nonce-used-twice$/XML,GET": {"nonce-used-twice"},
		"/ecs-rpc/^nonce-used-twice$":         {"nonce-used-twice"},
		"/ecs-rpc/no-such-case":               nil,
		"/kms-rpc":                            nil,
	} {
		out, passed := show(t, "agents", chosen)
		var met []string
		for _, m := range regexp.MustCompile(`(?m)^met acsconform/\S+ \(case (\S+)\)`).FindAllStringSubmatch(out, -1) {
			if !slices.Contains(met, m[1]) {
				met = append(met, m[1])
			}
		}
		if !passed || len(met) == 0 || !slices.Equal(met[1:], want) {
			t.Errorf("%s: passed is %v, met %q, want %q after the first\n%.1500s", chosen, passed, met, want, out)
		}
	}
}
