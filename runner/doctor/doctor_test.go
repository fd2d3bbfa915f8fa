package doctor_test

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/doctor"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// lab is a set-up that is right until something in it is broken.
type lab struct {
	target *schemas.Target
	opts   doctor.Options
	url    string
}

func set(t *testing.T, options ...reference.Option) *lab {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	s := reference.New(p, options...)
	l, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return &lab{target: s.Target(l.URL()), url: l.URL()}
}

func (l *lab) examine(t *testing.T) doctor.Result {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	l.opts.Runner.Timeout = 30 * time.Second
	r, err := doctor.Examine(context.Background(), suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: l.target}, l.opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// closed is an address at which nothing listens.
func closed(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func secure(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// Each set-up is broken in one way; the first line says in which, and what to do.
func TestFirstLineOfBrokenSetUps(t *testing.T) {
	for name, c := range map[string]struct {
		options  []reference.Option
		spoil    func(t *testing.T, l *lab)
		want     []string // in the first line
		testable bool
	}{
		"no such host": {spoil: func(_ *testing.T, l *lab) {
			l.target.URL = "http://api.example.invalid/"
			l.opts.Lookup = func(context.Context, string) ([]string, error) {
				return nil, &net.DNSError{Err: "no such host", Name: "api.example.invalid", IsNotFound: true}
			}
		}, want: []string{"× name: api.example.invalid cannot be looked up (no such host); correct url"}},
		"nothing listens": {spoil: func(t *testing.T, l *lab) { l.target.URL = "http://" + closed(t) + "/" },
			want: []string{"× connection: nothing listens at 127.0.0.1", "start the server, or correct url"}},
		"http to TLS": {spoil: func(t *testing.T, l *lab) { l.target.URL = strings.Replace(secure(t).URL, "https:", "http:", 1) + "/" },
			want: []string{"speaks TLS; write https:// in url"}},
		"TLS to http": {spoil: func(_ *testing.T, l *lab) { l.target.URL = strings.Replace(l.url, "http:", "https:", 1) },
			want: []string{"× connection: ", "does not speak TLS; write http:// in url"}},
		"unknown authority": {spoil: func(t *testing.T, l *lab) { l.target.URL = secure(t).URL + "/" },
			want: []string{"× connection: ", "unknown authority", "tls: {ca: FILE}"}},
		"another name in the certificate": {spoil: func(t *testing.T, l *lab) {
			s := secure(t)
			l.target.URL, l.target.TLS.ServerName = s.URL+"/", "other.test"
			l.target.TLS.CA = filepath.Join(t.TempDir(), "ca.pem")
			if err := os.WriteFile(l.target.TLS.CA, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
				t.Fatal(err)
			}
		}, want: []string{"× connection: ", "certificate is valid for", "server_name"}},
		"proxy that is not there": {spoil: func(t *testing.T, l *lab) {
			l.target.URL = "http://api.example.test/"
			via := closed(t)
			l.opts.Env = func(name string) string {
				return map[string]string{"HTTP_PROXY": "http://user:pass-word@" + via}[name]
			}
		}, want: []string{"× proxy: HTTP_PROXY names 127.0.0.1", "cannot be reached", "NO_PROXY"}},
		"proxy variable that is no address": {spoil: func(_ *testing.T, l *lab) {
			l.opts.Env = func(name string) string { return map[string]string{"http_proxy": "http://a b:c/"}[name] }
		}, want: []string{"! proxy: http_proxy cannot be read as an address"}, testable: true},
		"wrong secret": {spoil: func(_ *testing.T, l *lab) {
			key := l.target.Credentials["default"]
			key.AccessKeySecret = "of-somebody-else"
			l.target.Credentials["default"] = key
		}, want: []string{"× request: ", "is refused: 400 ", "check credentials.default"}},
		"a page": {spoil: func(t *testing.T, l *lab) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte("<html><body>Sign in</body></html>"))
			}))
			t.Cleanup(s.Close)
			l.target.URL = s.URL + "/"
		}, want: []string{"! answer: ", "200 with an HTML page", "correct url"}, testable: true},
		"no request that it knows": {spoil: func(_ *testing.T, l *lab) {
			l.target.Request = schemas.SoundRequest{Action: "NoSuchAction", Version: "2014-05-26"}
		},
			want: []string{"× request: the sound request NoSuchAction is refused", "request in the target file"}},
		"clock": {options: []reference.Option{reference.Now(func() time.Time { return time.Now().Add(20 * time.Minute) })},
			want: []string{"! clock: the target's clock is 20m0s ahead of this machine's"}, testable: true},
		"temporary key": {spoil: func(_ *testing.T, l *lab) {
			key := l.target.Credentials["sts"]
			key.SecurityToken = "spoilt-token-of-nobody"
			l.target.Credentials["sts"] = key
		}, want: []string{"! key sts: ", "is refused", "check credentials.sts"}, testable: true},
		"no key": {spoil: func(_ *testing.T, l *lab) { l.target.Credentials = nil },
			want: []string{"+ add: credentials.default: {access_key_id: …", "wins "}, testable: true},
		"no temporary key": {spoil: func(_ *testing.T, l *lab) { delete(l.target.Credentials, "sts") },
			want: []string{"+ add: credentials.sts: {access_key_id: …"}, testable: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := set(t, c.options...)
			if c.spoil != nil {
				c.spoil(t, l)
			}
			r := l.examine(t)
			first := r.Findings[0].String()
			for _, want := range c.want {
				if !strings.Contains(first, want) {
					t.Errorf("the first line is\n%s\nwant %q in it; all:\n%s", first, want, all(r))
				}
			}
			if r.Testable() != c.testable {
				t.Errorf("testable: %v\n%s", r.Testable(), all(r))
			}
			if strings.Contains(all(r), "pass-word") || strings.Contains(all(r), "spoilt-token") {
				t.Errorf("a secret is shown\n%s", all(r))
			}
		})
	}
}

func all(r doctor.Result) string {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

// A set-up that lacks nothing has nothing to do in it.
func TestRightSetUpIsFine(t *testing.T) {
	l := set(t)
	for _, f := range l.examine(t).Findings {
		if f.Level < doctor.Missing {
			t.Error(f)
		}
	}
}

// Lines that win more come first.
func TestMissingLinesAreInTheOrderOfWhatTheyWin(t *testing.T) {
	l := set(t)
	l.target.Recipes, l.target.Idempotency = nil, nil
	delete(l.target.Credentials, "sts")
	var lines []string
	for _, f := range l.examine(t).Findings {
		if f.Level == doctor.Missing {
			lines = append(lines, f.Text)
		}
	}
	for i, want := range []string{"idempotency: {", "recipes: [", "credentials.sts: {", "resolve: ["} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Fatalf("line %d: want %s\n%s", i+1, want, strings.Join(lines, "\n"))
		}
	}
	if !strings.Contains(lines[0], "IDEMPOTENT-1 otherwise not exercised") {
		t.Error(lines[0])
	}
}

// A run that is interrupted says so.
func TestInterrupted(t *testing.T) {
	l := set(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	p, _ := fixtures.Profile("ecs")
	if _, err := doctor.Examine(ctx, suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: l.target}, doctor.Options{Runner: runner.Options{}}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
