package specs_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
)

// listening is the reference server of a profile, and the cases of which it met requests.
type listening struct {
	url string
	key schemas.Credential
	mu  sync.Mutex
	met []string
}

var caseOf = regexp.MustCompile(`\(case ([^)\s]+)`)

func listen(t *testing.T, profile string, options ...reference.Option) *listening {
	t.Helper()
	load := fixtures.Profile
	if fixtures.IsPath(profile) {
		load = fixtures.LoadProfile
	}
	p, err := load(profile)
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(p, options...)
	l := &listening{key: server.Target("").Credentials[schemas.DefaultKey]}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if m := caseOf.FindStringSubmatch(r.UserAgent()); m != nil {
			l.mu.Lock()
			if !slices.Contains(l.met, m[1]) {
				l.met = append(l.met, m[1])
			}
			l.mu.Unlock()
		}
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	l.url = srv.URL + "/"
	return l
}

// runBook runs this very program as Ginkgo's command runs it in one process.
func runBook(t *testing.T, env []string, filter string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "--ginkgo.no-color", "--ginkgo.label-filter="+filter)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(one string) bool {
		return strings.HasPrefix(one, "TARGET=") || strings.HasPrefix(one, "PROFILE=") || strings.HasPrefix(one, "CONFIG=") || strings.HasPrefix(one, "ALIBABA_CLOUD_")
	})
	cmd.Env = append(cmd.Env, env...)
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

func withKey(l *listening, env ...string) []string {
	return append(env, "ALIBABA_CLOUD_ACCESS_KEY_ID="+l.key.AccessKeyID, "ALIBABA_CLOUD_ACCESS_KEY_SECRET="+l.key.AccessKeySecret)
}

func TestTheBookAgainstAServer(t *testing.T) {
	const filter = "/^nonce-used-twice$/ && JSON && GET"
	right := listen(t, "ecs")
	out, ok := runBook(t, withKey(right, "TARGET="+right.url, "PROFILE=ecs"), filter)
	if !ok || !strings.Contains(out, "1 Passed | 0 Failed") || !slices.Equal(right.met, []string{"preflight", "nonce-used-twice"}) {
		t.Errorf("the right server, which met %v:\n%s", right.met, out)
	}

	i := slices.IndexFunc(mutants.All(), func(v reference.Variant) bool { return v.Name == "nonces-not-kept" })
	mutant := listen(t, "ecs", reference.With(mutants.All()[i]))
	out, ok = runBook(t, withKey(mutant, "TARGET="+mutant.url, "PROFILE=ecs"), filter)
	if ok || !strings.Contains(out, "0 Passed | 1 Failed") || !strings.Contains(out, "× nonce-used-twice [JSON, GET]") || !strings.Contains(out, "want  400 SignatureNonceUsed") {
		t.Errorf("a server that keeps no nonces:\n%s", out)
	}

	config := filepath.Join(t.TempDir(), "target.yaml")
	text := "profile: ecs\nurl: " + right.url + "\nrequest: {action: DescribeRegions, version: \"2014-05-26\", params: {RegionId: cn-hangzhou}}\n" +
		"credentials: {default: {access_key_id: " + right.key.AccessKeyID + ", access_key_secret: \"${SECRET}\"}}\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, ok = runBook(t, []string{"CONFIG=" + config, "SECRET=" + right.key.AccessKeySecret}, filter); !ok || !strings.Contains(out, "1 Passed | 0 Failed") {
		t.Errorf("with a target file:\n%s", out)
	}

	const own = "fixtures/examples/parcel.yaml" // as told from the top of the module
	parcel := listen(t, "../../"+own)
	if out, ok = runBook(t, withKey(parcel, "TARGET="+parcel.url, "PROFILE="+own), "/^nonce-used-twice$/ && GET"); !ok || !strings.Contains(out, "1 Passed | 0 Failed") {
		t.Errorf("a profile of one's own:\n%s", out)
	}
}

func TestTheBookWithoutAServer(t *testing.T) {
	for _, c := range []struct {
		env  []string
		ok   bool
		want string
	}{
		{nil, true, "Running Suite: the book, skipped: there is no server to test: set TARGET to its URL and PROFILE to its profile, or CONFIG to a target file"},
		{[]string{"TARGET=http://127.0.0.1:1/"}, false, "nothing names the profile (set PROFILE, as conform list profiles shows them)"},
		{[]string{"TARGET=http://127.0.0.1:1/", "PROFILE=esc"}, false, `no profile is called "esc"`},
		{[]string{"CONFIG=none.yaml"}, false, "../../none.yaml: the target file cannot be read"},
		{[]string{"CONFIG=suites/specs/testdata/no-url.yaml"}, false, "no-url.yaml names no url (add url: to it, or set TARGET)"},
		{[]string{"TARGET=http://127.0.0.1:1/", "PROFILE=ecs"}, false, "acsconform: nothing listens at 127.0.0.1:1"},
	} {
		out, ok := runBook(t, c.env, "NONCE-1")
		if ok != c.ok || !strings.Contains(out, c.want) || strings.Contains(out, "goroutine ") {
			t.Errorf("%v: passed is %v, want %v with %q in\n%s", c.env, ok, c.ok, c.want, out)
		}
	}
}
