package credentials

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

const (
	heldID, heldSecret, heldToken    = "held-id", "held-secret-never-told", "held-token-never-told"
	lentID, lentSecret, lentToken    = "lent-id", "lent-secret-never-told", "lent-token-never-told"
	config, shared, neverTold, never = ".aliyun/config.json", ".alibabacloud/credentials", "never-told", "2999-12-31T00:00:00Z"
)

// home makes a home folder with files in it, and returns an environment that names it.
func home(t *testing.T, files map[string]string) func(string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return func(name string) string { return map[string]string{"HOME": dir}[name] }
}

// profiles is a config.json whose current profile is one that nobody is to take unasked.
func profiles(entries ...string) map[string]string {
	return map[string]string{config: `{"current": "production", "meta_path": "", "profiles": [` + strings.Join(entries, ",\n") + `]}`}
}

const inFile = `{"name": "dev", "mode": "AK", "access_key_id": "held-id", "access_key_secret": "held-secret-never-told", "region_id": "cn-hangzhou"}`

func held(token string) schemas.Credential {
	return schemas.Credential{AccessKeyID: heldID, AccessKeySecret: heldSecret, SecurityToken: token}
}

var lent = schemas.Credential{AccessKeyID: lentID, AccessKeySecret: lentSecret, SecurityToken: lentToken}

// lends answers as a credentials URI does.
func lends(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintf(w, `{"Code":"Success","AccessKeyId":%q,"AccessKeySecret":%q,"SecurityToken":%q,"Expiration":%q}`, lentID, lentSecret, lentToken, never)
}

func TestKeysInFiles(t *testing.T) {
	both := profiles(inFile, `{"name": "old", "access_key_id": "held-id", "access_key_secret": "held-secret-never-told"}`,
		`{"name": "sts", "mode": "StsToken", "access_key_id": "held-id", "access_key_secret": "held-secret-never-told", "sts_token": "held-token-never-told", "sts_expiration": 32503680000}`)
	both[shared] = "[default]\nenable = true\ntype = access_key\naccess_key_id = held-id\naccess_key_secret = held-secret-never-told\n" +
		"[temporary]\ntype = sts\naccess_key_id = held-id\naccess_key_secret = held-secret-never-told\nsecurity_token = held-token-never-told\n" +
		"[dev]\ntype = access_key\naccess_key_id = other\naccess_key_secret = other\n"
	env := home(t, both)
	for name, token := range map[string]string{"dev": "", "old": "", "sts": heldToken, "default": "", "temporary": heldToken} {
		p, err := Find(name, env)
		if err != nil {
			t.Error(err)
			continue
		}
		if got, err := p.Key(); got != held(token) || err != nil || p.Asks() != "" {
			t.Errorf("%s: %+v, %v, asks %q", name, got, err, p.Asks())
		}
	}
}

func TestFilesThatTheEnvironmentNames(t *testing.T) {
	inner := home(t, profiles(inFile))
	path := filepath.Join(inner("HOME"), config)
	p, err := Find("dev", func(name string) string { return map[string]string{"ALIBABA_CLOUD_CONFIG_FILE": path}[name] })
	if err != nil || p.File != path {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestFaultsOfProfiles(t *testing.T) {
	for want, c := range map[string]struct {
		files map[string]string
		name  string
	}{
		"config.json is not there, ":                                                         {nil, "dev"},
		`there is no credentials profile "x": `:                                              {profiles(inFile), "x"},
		"config.json holds dev, ":                                                            {profiles(inFile), "x"},
		"(aliyun configure --profile NAME makes one)":                                        {profiles(inFile), "x"},
		"config.json:3: the profiles are not JSON (invalid character":                        {map[string]string{config: "{\n\"profiles\":\n[{\"access_key_secret\": \"never-told\",]}"}, "dev"},
		"config.json:1: profiles.expired_seconds is a string (want a int)":                   {profiles(`{"expired_seconds": "never-told"}`), "dev"},
		"credentials: the profiles are not an INI file":                                      {map[string]string{shared: "never-told never-told\n"}, "dev"},
		`credentials profile "a" (AK) has no access_key_secret (add it: aliyun configure`:    {profiles(`{"name": "a", "mode": "AK", "access_key_id": "never-told"}`), "a"},
		`credentials profile "a" (StsToken) has no sts_token`:                                {profiles(`{"name": "a", "mode": "StsToken", "access_key_id": "i", "access_key_secret": "never-told"}`), "a"},
		`credentials profile "a" (StsToken) ran out at 2001-09-09T01:46:40Z (get a new one)`: {profiles(`{"name": "a", "mode": "StsToken", "access_key_id": "i", "access_key_secret": "never-told", "sts_token": "never-told", "sts_expiration": 1000000000}`), "a"},
		`credentials profile "a" (OAuth) needs a login that would be written back`:           {profiles(`{"name": "a", "mode": "OAuth", "oauth_refresh_token": "never-told"}`), "a"},
		`credentials profile "a" (Magic) has an unknown mode (want AK`:                       {profiles(`{"name": "a", "mode": "Magic"}`), "a"},
		`profile "a" names source_profile "b", which is not there (holds a)`:                 {profiles(`{"name": "a", "mode": "ChainableRamRoleArn", "source_profile": "b", "ram_role_arn": "r"}`), "a"},
		`credentials profile "a" (ChainableRamRoleArn) is its own source by way of a, b`:     {profiles(`{"name": "a", "mode": "ChainableRamRoleArn", "source_profile": "b", "ram_role_arn": "r"}`, `{"name": "b", "mode": "ChainableRamRoleArn", "source_profile": "a", "ram_role_arn": "r"}`), "a"},
		`asks the URI of ALIBABA_CLOUD_CREDENTIALS_URI, which is not set`:                    {nil, URIProfile},
		`credentials profile "a" (disabled by enable = false) has an unknown mode (want AK`:  {map[string]string{shared: "[a]\nenable = false\ntype = access_key\n"}, "a"},
	} {
		_, err := Find(c.name, home(t, c.files))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), neverTold) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestACredentialsURI(t *testing.T) {
	for answer, want := range map[string]string{
		"": "",
		`{"AccessKeyId":"i","AccessKeySecret":"never-told","SecurityToken":"never-told"}`: "what came back holds no key (want AccessKeyId, AccessKeySecret, SecurityToken and Expiration)",
		`<html>never-told`: "what came back holds no key",
		`{"Code":"Forbidden.RAM","Message":"never-told","AccessKeySecret":"never-told"}`: "refused with Forbidden.RAM (check the role, and whose key asks for it)",
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if answer == "" {
				lends(w, r)
				return
			}
			io.WriteString(w, answer)
		}))
		env := home(t, profiles(`{"name": "uri", "mode": "CredentialsURI", "credentials_uri": "`+srv.URL+`/key?token=never-told"}`))
		p, err := Find("uri", env)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Key()
		srv.Close()
		if want == "" {
			if got != lent || err != nil || p.Asks() != srv.URL+"/key" {
				t.Errorf("%+v, %v", got, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), neverTold) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	p, err := Find(URIProfile, func(string) string { return "http://127.0.0.1:1/?token=never-told" })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Key(); err == nil || !strings.Contains(err.Error(), "got no key from http://127.0.0.1:1/: ") || strings.Contains(err.Error(), neverTold) {
		t.Errorf("a URI where nobody is: %v", err)
	}
}

// sts stands for STS: it lends keys to any caller who asks with an id it knows, and says what it was asked.
func sts(t *testing.T) (asked *[]string) {
	t.Helper()
	asked = &[]string{}
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		*asked = append(*asked, r.Form.Get("AccessKeyId")+" "+r.Form.Get("RoleArn"))
		if r.Form.Get("RoleArn") == "refused" {
			w.WriteHeader(http.StatusForbidden)
			io.WriteString(w, `{"RequestId":"x","Code":"NoPermission","Message":"never-told"}`)
			return
		}
		json.NewEncoder(w).Encode(map[string]any{"Credentials": map[string]string{
			"AccessKeyId": lentID, "AccessKeySecret": lentSecret, "SecurityToken": lentToken, "Expiration": never}})
	}))
	t.Cleanup(srv.Close)
	trusting, before := srv.Client().Transport, http.DefaultTransport
	stsEndpoint, http.DefaultTransport = strings.TrimPrefix(srv.URL, "https://"), trusting
	t.Cleanup(func() { stsEndpoint, http.DefaultTransport = "", before })
	return asked
}

func TestRolesAreAskedForFromSTS(t *testing.T) {
	asked := sts(t)
	env := home(t, profiles(inFile,
		`{"name": "role", "mode": "RamRoleArn", "access_key_id": "held-id", "access_key_secret": "held-secret-never-told", "ram_role_arn": "first"}`,
		`{"name": "chained", "mode": "ChainableRamRoleArn", "source_profile": "role", "ram_role_arn": "second", "ram_session_name": "s"}`,
		`{"name": "refused", "mode": "ChainableRamRoleArn", "source_profile": "dev", "ram_role_arn": "refused"}`))
	for name, want := range map[string]string{"role": "held-id first", "chained": "held-id first, lent-id second"} {
		*asked = nil
		p, err := Find(name, env)
		if err != nil || p.Asks() != "STS" || len(*asked) > 0 {
			t.Fatalf("%v, %v, asked %q before anybody wanted the key", p, err, *asked)
		}
		if got, err := p.Key(); got != lent || err != nil || strings.Join(*asked, ", ") != want {
			t.Errorf("%s: %+v, %v, asked %q, want %s", name, got, err, *asked, want)
		}
	}
	p, err := Find("refused", env)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Key(); err == nil || !strings.HasSuffix(err.Error(), `credentials profile "refused" (ChainableRamRoleArn) got no key from STS: refused with NoPermission (check the role, and whose key asks for it)`) {
		t.Error(err)
	}
}

// A program's key is used and not kept: the file stays as it is, and nothing of what the program says is shown.
func TestAProgramGivesTheKey(t *testing.T) {
	answer := func(text string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "answer"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return "cat " + filepath.Join(dir, "answer")
	}
	good := answer(`{"mode":"StsToken","access_key_id":"lent-id","access_key_secret":"lent-secret-never-told","sts_token":"lent-token-never-told"}`)
	files := profiles(`{"name": "good", "mode": "External", "process_command": "`+good+`"}`,
		`{"name": "bad", "mode": "External", "process_command": "`+answer(`never-told`)+`"}`)
	env := home(t, files)
	p, err := Find("good", env)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.Key(); got != lent || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if after, err := os.ReadFile(filepath.Join(env("HOME"), config)); string(after) != files[config] || err != nil {
		t.Errorf("the file was written to: %s, %v", after, err)
	}
	if p, err = Find("bad", env); err != nil {
		t.Fatal(err)
	}
	printed := captured(t, func() {
		if _, err := p.Key(); err == nil || strings.Contains(err.Error(), neverTold) {
			t.Errorf("a program that answers no JSON: %v", err)
		}
	})
	if printed != "" {
		t.Errorf("printed %q", printed)
	}
}

// captured returns what is printed to standard output meanwhile.
func captured(t *testing.T, do func()) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = file
	do()
	os.Stdout = stdout
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
