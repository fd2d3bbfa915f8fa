package runner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

func writeTarget(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func envOf(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestLoadTarget(t *testing.T) {
	path := writeTarget(t, `url: ${SCHEME}://ecs.example.test:8443/api
profile: ecs
style: acs3
request: {action: DescribeRegions, version: "2014-05-26", params: {RegionId: "cn-${CITY}", Text: "$${CITY} and $5", Open: "$${CITY"}}
credentials:
  default: {access_key_id: LTAI1, access_key_secret: "${SECRET}"}
  other: {access_key_id: LTAI2, access_key_secret: s2}
recipes:
  - {code: Forbidden.KeyNotFound, status: 404, action: DescribeKey, params: {KeyId: "${CITY}"}, credentials: other}
idempotency: {action: RunInstances, token_param: ClientToken, params: {A: "${CITY}"}}
limits: {concurrency: 4, rate: 2.5, timeout: 3s, throttle: {action: Burst, requests: 50, per: 1s}}
skip: [{case: throttled-burst, reason: "shared ${CITY}", until: 2027-01-31}]
`)
	got, err := targetfile.Load(path, envOf(map[string]string{"SCHEME": "https", "CITY": "hangzhou", "SECRET": "a:{b}\"c#d"}))
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]string{
		"url":     {got.URL, "https://ecs.example.test:8443/api"},
		"param":   {got.Request.Params["RegionId"], "cn-hangzhou"},
		"escaped": {got.Request.Params["Text"], "${CITY} and $5"},
		"open":    {got.Request.Params["Open"], "${CITY"},
		"secret":  {got.Credentials["default"].AccessKeySecret, "a:{b}\"c#d"},
		"recipe":  {got.Recipes[0].Params["KeyId"], "hangzhou"},
		"pointer": {got.Idempotency.Params["A"], "hangzhou"},
		"skip":    {got.Skip[0].Reason, "shared hangzhou"},
		"version": {got.Request.Version, "2014-05-26"},
		"until":   {got.Skip[0].Until, "2027-01-31"},
		"status":  {got.Recipes[0].Status.String(), "404"},
		"timeout": {time.Duration(got.Limits.Timeout).String(), "3s"},
		"style":   {string(got.Style), "acs3"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s = %q, want %q", what, pair[0], pair[1])
		}
	}
}

func TestLoadTargetWithoutLimits(t *testing.T) {
	got, err := targetfile.Load(writeTarget(t, "url: http://127.0.0.1:8080\n"), envOf(nil))
	if err != nil || got.Limits.Timeout != 0 {
		t.Fatalf("target = %+v, %v, want no timeout of its own", got, err)
	}
	o := Options{}.withDefaults(got.Limits)
	if o.Concurrency != 16 || o.Timeout != 10*time.Second || o.Rate != 0 {
		t.Errorf("options = %+v, want 16 at once, 10s, no rate", o)
	}
	o = Options{Concurrency: 2}.withDefaults(schemas.Limits{Concurrency: 8, Rate: 3, Timeout: schemas.Duration(time.Second)})
	if o.Concurrency != 2 || o.Timeout != time.Second || o.Rate != 3 {
		t.Errorf("options = %+v, want the flag's 2 and the file's 1s and 3", o)
	}
}

// Each file has one fault. The error is one line: file, line, what, remedy.
func TestBadTargetFiles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       string
		says       []string
	}{
		{"unknown key", "url: http://h/\nprofil: ecs\n", "2", []string{"profil"}},
		{"unset variable", "url: http://h/\nrequest:\n  action: ${NO_SUCH_NAME}\n", "3", []string{"NO_SUCH_NAME", "set it"}},
		{"odd variable", "url: http://h/\nprofile: ${A-B}\n", "2", []string{"${A-B}", "write ${NAME}"}},
		{"variable without its end", "url: http://h/\ncredentials:\n  default: {access_key_id: a, access_key_secret: \"pass@${SECRET\"}\n", "3:50: credentials.default.access_key_secret", []string{"${ without its }", "write ${NAME}"}},
		{"scheme", "url: ftp://h/\n", "1", []string{"http://"}},
		{"scheme from a variable", "profile: ecs\nurl: ${FTP}\n", "2", []string{`got "ftp://h/"`, "want http:// or https://"}},
		{"no host", "url: http:///path\n", "1", []string{"names no host"}},
		{"fragment", "url: http://h/#top\n", "1", []string{"want no fragment"}},
		{"query", "url: http://h/?a=b\n", "1", []string{"want no query", "request.params"}},
		{"password", "url: http://me:pass@h/\n", "1", []string{"user name", "credentials"}},
		{"port", "url: http://h:99999/\n", "1", []string{"1 to 65535"}},
		{"style", "url: http://h/\n\nstyle: soap\n", "3", []string{"rpc", "roa", "acs3"}},
		{"timeout without a unit", "url: http://h/\nlimits:\n  rate: 1\n  timeout: 10\n", "4", []string{"10s"}},
		{"timeout of nothing", "url: http://h/\nlimits:\n  timeout: 0s\n", "3", []string{"want a positive time"}},
		{"concurrency", "url: http://h/\nlimits: {concurrency: -1}\n", "2", []string{"concurrency"}},
		{"roa without a path", "url: http://h/\nstyle: roa\nrequest: {action: A, version: v}\n", "3", []string{"needs a path"}},
		{"rpc without an action", "url: http://h/\nrequest: {version: v}\n", "2", []string{"needs an action"}},
		{"path with a query", "url: http://h/\nstyle: roa\nrequest:\n  path: /a?b=c\n", "4", []string{"params"}},
		{"secret missing", "url: http://h/\ncredentials:\n  default: {access_key_id: a}\n", "3", []string{"access_key_secret"}},
		{"secret with a space", "url: http://h/\ncredentials:\n  default:\n    access_key_id: a\n    access_key_secret: 'b '\n", "5", []string{"white space"}},
		{"token missing", "url: http://h/\ncredentials:\n  sts: {access_key_id: STS.a, access_key_secret: b}\n", "3", []string{"security_token"}},
		{"recipe with an unknown key", "url: http://h/\nrecipes:\n  - code: A\n    status: 400\n    credentials: nobody\n", "5", []string{"nobody", "under credentials"}},
		{"request with an unknown key", "url: http://h/\nrequest:\n  action: A\n  credentials: nobody\n", "4", []string{"nobody", "under credentials"}},
		{"body request with an unknown key", "url: http://h/\nbody_request:\n  action: A\n  credentials: nobody\n", "4", []string{"nobody", "under credentials"}},
		{"HTTPS-only request with an unknown key", "url: http://h/\ntls_only:\n  action: A\n  credentials: nobody\n", "4", []string{"nobody", "under credentials"}},
		{"idempotency with an unknown key", "url: http://h/\nidempotency:\n  action: A\n  token_param: T\n  credentials: nobody\n", "5", []string{"nobody", "under credentials"}},
		{"throttle with an unknown key", "url: http://h/\nlimits:\n  throttle:\n    {action: A, requests: 5, per: 1s, credentials: nobody}\n", "4", []string{"nobody", "under credentials"}},
		{"idempotency without an action", "url: http://h/\nidempotency: {token_param: T}\n", "2", []string{"needs an action"}},
		{"throttled path with a query", "url: http://h/\nstyle: roa\nlimits: {throttle: {path: \"/a?b\", requests: 5, per: 1s}}\n", "3", []string{"params"}},
		{"day that is none", "url: http://h/\nskip:\n  - {case: sound-request, reason: b, until: 2027-02-31}\n", "3", []string{"a day that exists"}},
		{"case that is none", "url: http://h/\nskip:\n  - {case: throttled-brust, reason: b}\n", "3:12: skip[0].case", []string{`no case is called "throttled-brust"`, "did you mean throttled-burst?"}},
		{"key twice", "url: http://h/\nurl: http://h/\n", "2", []string{"url"}},
		{"not YAML", "url: [http://h/\n", "", []string{":"}},
		{"empty", "", "", []string{"empty"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := writeTarget(t, c.text)
			_, err := targetfile.Load(path, envOf(map[string]string{"FTP": "ftp://h/"}))
			if err == nil {
				t.Fatal("no error")
			}
			text := err.Error()
			if strings.Contains(text, "\n") || !strings.HasPrefix(text, path+":"+c.line) {
				t.Errorf("error %q, want one line that begins with %s:%s", text, path, c.line)
			}
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("error %q, want %q in it", text, want)
				}
			}
			if strings.Contains(text, "pass@") || strings.Contains(text, "SECRET") && c.name == "variable without its end" {
				t.Errorf("error %q tells the password", text)
			}
		})
	}
}

func TestMissingTargetFile(t *testing.T) {
	_, err := targetfile.Load(filepath.Join(t.TempDir(), "none.yaml"), envOf(nil))
	if err == nil || !strings.Contains(err.Error(), "none.yaml: the target file cannot be read: no such file") || !strings.Contains(err.Error(), "--config") {
		t.Errorf("error = %v", err)
	}
}

func TestCompleteTakesTheEnvironmentsKey(t *testing.T) {
	env := envOf(map[string]string{targetfile.EnvKeyID: "LTAIenv", targetfile.EnvSecret: "senv", targetfile.EnvToken: "tenv"})
	target := &schemas.Target{}
	targetfile.Complete(target, env)
	if got := target.Credentials[schemas.DefaultKey]; got != (schemas.Credential{AccessKeyID: "LTAIenv", AccessKeySecret: "senv", SecurityToken: "tenv"}) {
		t.Errorf("default key = %+v, want the environment's", got)
	}
	own := labTarget("http://h/")
	targetfile.Complete(own, env)
	if got := own.Credentials[schemas.DefaultKey].AccessKeyID; got != labKeyID {
		t.Errorf("default key = %s, want the file's", got)
	}
	bare := &schemas.Target{}
	targetfile.Complete(bare, envOf(map[string]string{targetfile.EnvKeyID: "LTAIenv"}))
	if len(bare.Credentials) != 0 {
		t.Errorf("credentials = %+v, want none of half a key", bare.Credentials)
	}
}
