package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// keyless serves ecs, and returns its URL and the key that its target file lacks.
func keyless(t *testing.T) (url, config string, key schemas.Credential) {
	t.Helper()
	url, config = served(t, "ecs", func(target *schemas.Target) {
		key = target.Credentials[schemas.DefaultKey]
		delete(target.Credentials, schemas.DefaultKey)
	})
	return url, config, key
}

// imds stands for the metadata server of ECS: a proxy, since that server's address is fixed. It lends the key, and notes
// what it was asked.
func imds(t *testing.T, key schemas.Credential) (url string, asked func() []string) {
	t.Helper()
	var mu sync.Mutex
	var all []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		all = append(all, r.Method+" "+r.URL.String())
		mu.Unlock()
		if r.Method == http.MethodPut {
			io.WriteString(w, "metadata-token")
			return
		}
		fmt.Fprintf(w, `{"Code":"Success","AccessKeyId":%q,"AccessKeySecret":%q,"SecurityToken":%q,"LastUpdated":"2026-01-01T00:00:00Z","Expiration":"2999-12-31T00:00:00Z"}`,
			key.AccessKeyID, key.AccessKeySecret, key.SecurityToken)
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return append([]string{}, all...)
	}
}

// atHome runs the command with profiles in its home folder, and a proxy for all that is not on this machine.
func atHome(t *testing.T, profiles, proxy string, args ...string) (code int, out, errs string) {
	t.Helper()
	home := t.TempDir()
	file := filepath.Join(home, ".aliyun", "config.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(profiles), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := process(t.TempDir(), args...)
	cmd.Env = append(cmd.Env, "HOME="+home, "HTTP_PROXY="+proxy, "HTTPS_PROXY="+proxy, "http_proxy="+proxy, "https_proxy="+proxy, "NO_PROXY=", "no_proxy=")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run()
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func TestCredentialsProfiles(t *testing.T) {
	url, config, key := keyless(t)
	_, whole := served(t, "ecs", nil)
	sts := reference.New(fixtures.Profiles()[1]).Target("").Credentials[schemas.STSKey]
	proxy, asked := imds(t, sts)
	profiles := fmt.Sprintf(`{"current": "role", "profiles": [{"name": "dev", "mode": "AK", "access_key_id": %q, "access_key_secret": %q},
		{"name": "role", "mode": "EcsRamRole", "ram_role_name": "worker"}, {"name": "empty", "mode": "AK"}]}`, key.AccessKeyID, key.AccessKeySecret)
	direct := []string{"--target", url, "--profile", "ecs"}
	for name, c := range map[string]struct {
		args  []string
		code  int
		says  string
		keyed bool // what needs a key was sent
		asks  bool // the metadata server was asked
	}{
		"no profile":                 {args: direct, code: exitUntested, says: "nothing was judged"},
		"a profile":                  {args: append([]string{"--credentials-profile", "dev"}, direct...), keyed: true},
		"a profile, target file":     {args: []string{"--credentials-profile", "dev", "--config", config}, keyed: true},
		"the target file wins":       {args: []string{"--credentials-profile", "empty", "--config", whole}, says: "has credentials.default", keyed: true},
		"a role":                     {args: append([]string{"--credentials-profile", "role"}, direct...), keyed: true, asks: true},
		"a role, only planned":       {args: append([]string{"--credentials-profile", "role", "--plan"}, direct...)},
		"no such profile":            {args: append([]string{"--credentials-profile", "prod"}, direct...), code: exitUsage, says: `no credentials profile "prod": .*config\.json holds dev, role, empty`},
		"an empty profile":           {args: append([]string{"--credentials-profile", "empty"}, direct...), code: exitUsage, says: `config\.json: credentials profile "empty" \(AK\) has no access_key_id`},
		"a profile without a target": {args: []string{"--credentials-profile", "dev"}, code: exitUsage, says: "goes with a target"},
	} {
		before := len(asked())
		code, out, errs := atHome(t, profiles, proxy, append([]string{"run", "--label-filter", "nonce-used-twice"}, c.args...)...)
		if code != c.code || strings.Contains(out, "kept") != c.keyed {
			t.Errorf("%s: exit %d, want %d\n%s%s", name, code, c.code, out, errs)
		}
		if !regexp.MustCompile(c.says).MatchString(errs) || strings.Count(errs, "\n") > 1 || c.says == "" && errs != "" {
			t.Errorf("%s: standard error holds %q, want a line with %q", name, errs, c.says)
		}
		if met := asked()[before:]; (len(met) > 0) != c.asks {
			t.Errorf("%s: the metadata server was asked %q", name, met)
		}
		if strings.Contains(out+errs, key.AccessKeySecret) || strings.Contains(out+errs, sts.AccessKeySecret) {
			t.Errorf("%s: a secret is told\n%s%s", name, out, errs)
		}
	}
}

func TestDiffTakesACredentialsProfile(t *testing.T) {
	_, base, key := keyless(t)
	_, fresh, _ := keyless(t)
	profiles := fmt.Sprintf(`{"profiles": [{"name": "dev", "mode": "AK", "access_key_id": %q, "access_key_secret": %q}]}`, key.AccessKeyID, key.AccessKeySecret)
	code, out, errs := atHome(t, profiles, "", "diff", "--credentials-profile", "dev", "--label-filter", "nonce-used-twice", base, fresh)
	if code != exitKept || !strings.Contains(out, "4 cases compared") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, out, errs = atHome(t, profiles, "", "diff", "--label-filter", "nonce-used-twice", base, fresh)
	if code != exitUntested {
		t.Errorf("without a key: exit %d\n%s%s", code, out, errs)
	}
}

// secretWord finds flags that would put a secret on a command line, which every user of a machine can read. Those that
// name a file (placeholder F) do not.
var secretWord = regexp.MustCompile(`(?i)secret|token|passw|access.?key|private`)

func TestNoFlagTakesASecret(t *testing.T) {
	for _, name := range []string{"access-key-secret", "sts-token", "password", "private-key"} {
		if !secretWord.MatchString(name) {
			t.Errorf("--%s would not be found", name)
		}
	}
	parser, err := kong.New(&line{}, kong.NoDefaultHelp())
	if err != nil {
		t.Fatal(err)
	}
	flags := 0
	var look func(n *kong.Node)
	look = func(n *kong.Node) {
		for _, f := range n.Flags {
			flags++
			if secretWord.MatchString(f.Name+" "+f.Help+" "+f.PlaceHolder) && f.Target.Kind() != reflect.Bool && f.PlaceHolder != "F" {
				t.Errorf("%s --%s: %s", n.Path(), f.Name, f.Help)
			}
		}
		for _, child := range n.Children {
			look(child)
		}
	}
	look(parser.Model.Node)
	if flags < 20 {
		t.Errorf("%d flags were looked at", flags)
	}
}
