package web

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/net/html"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// hostile is what a target may put into a text in the hope that a page runs it.
const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"' onmouseover=alert(1) javascript:alert(1)`

// site is a database with a made-up fleet, and its pages.
func siteOf(t *testing.T, f made.Fleet, door *Door) (http.Handler, store.Store) {
	t.Helper()
	path := os.Getenv("FLEET_VIEW_DB") // keeps a large one, to look at
	if path == "" || f.Targets < 1000 {
		path = filepath.Join(t.TempDir(), "fleet.db")
	}
	s, err := store.Open(t.Context(), path)
	if err == nil {
		err = s.Migrate(t.Context())
	}
	var there int64
	if err == nil {
		_, err = store.One(t.Context(), s, "SELECT count(*) FROM fleet_round", nil, &there)
	}
	if err == nil && there == 0 {
		f.Name, f.First, f.Every = "made", time.Now().Add(-time.Hour*24*100).Truncate(time.Hour), time.Hour
		err = f.Write(t.Context(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	reading, err := store.Read(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(reading.Close)
	return New(Options{Fleet: "made", Read: reading, View: view.New(reading), Version: "v1", Log: slog.New(slog.DiscardHandler), Door: door}), s
}

func get(t *testing.T, h http.Handler, path string, with ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:8090"+path, nil)
	for _, change := range with {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// pathsOf are all pages of a round, with what they hold.
func pathsOf(name string) map[string]string {
	return map[string]string{
		"/": "2 of 6 targets broken", "/?outcome=red": "2 targets", "/?label=region%3Dregion-1": "1 targets", "/?q=target-3&clause=" + "NONCE-1": "targets",
		"/causes": "on", link("/target", "name", name): "broken", "/rounds": "since the round before", "/diff?base=1&new=3": "targets compared", "/diff": "0 regressed",
		"/logs": "has no logs", link("/report", "name", name): "non-conformant", "/heat": "Heat map", "/heat?by=Server": "Heat map", "/clauses": "Kept by",
		"/?kind=non-conformant": "2 targets", "/?lang=zh": "个被测服务", "/heat?lang=zh": "热力图", "/clauses?lang=zh": "条款", "/causes?lang=zh": "原因", "/diff?lang=zh": "变化",
		"/rounds?lang=zh": "巡检", link("/target", "name", name, "lang", "zh"): "未通过", link("/report", "name", name, "lang", "zh"): "不符合",
	}
}

// markup returns an element or an attribute of a page that a target's text would have made; empty where there is none. What
// stands in an attribute of ours is text, whatever it says.
func markup(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "img" || n.Data == "script" && n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "alert(1)") {
			return n.Data
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(a.Val, "javascript:") {
				return a.Key + "=" + a.Val
			}
		}
	}
	return ""
}

// What markup looks for is found where it is.
func TestMarkupIsSeen(t *testing.T) {
	for _, page := range []string{"<p>" + hostile, `<p title="">` + `<b onmouseover=alert(1)>`, `<a href="javascript:alert(1)">`, "<script>alert(1)</script>"} {
		if markup(t, page) == "" {
			t.Errorf("nothing is found in %s", page)
		}
	}
	if found := markup(t, `<p title="`+html.EscapeString(hostile)+`">`+html.EscapeString(hostile)+"</p>"); found != "" {
		t.Errorf("found %s in what is escaped", found)
	}
}

// A page holds what it is for, and nothing that a target wrote becomes markup or script; nothing is fetched from elsewhere.
func TestPagesEscapeWhatTargetsSend(t *testing.T) {
	h, _ := siteOf(t, made.Fleet{Targets: 6, Rounds: 3, Red: 3, Breaks: 4, Labels: 2, Text: hostile}, &Door{Loopback: true})
	own := regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	for path, holds := range pathsOf(hostile + "target-0") {
		w := get(t, h, path)
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(body, holds) {
			t.Errorf("%s: %d, lacks %q", path, w.Code, holds)
		}
		for _, m := range own.FindAllStringSubmatch(body, -1) {
			if strings.Contains(m[1], "alert(1)") {
				t.Errorf("%s: a script of the target is in the page", path)
			}
		}
		if found := markup(t, body); found != "" {
			t.Errorf("%s: the target's text is markup: %s", path, found)
		}
		if m := regexp.MustCompile(`(?:src|href|action)="?(?:https?:|//|javascript:)[^"> ]*`).FindString(own.ReplaceAllString(body, "")); m != "" && !strings.HasPrefix(path, "/report") {
			t.Errorf("%s: leads elsewhere: %s", path, m)
		}
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") || !strings.HasPrefix(policy, "default-src 'none'") && !strings.HasPrefix(policy, "sandbox allow-scripts;") {
			t.Errorf("%s: policy %q", path, policy)
		}
	}
}

// What does not exist, or makes no sense, is refused in a line.
func TestPagesRefuse(t *testing.T) {
	h, s := siteOf(t, made.Fleet{Targets: 2, Rounds: 1, Red: 2, Breaks: 1}, &Door{Loopback: true})
	for path, want := range map[string]int{
		"/?round=99": 404, "/?round=x": 400, "/?round=-1": 400, "/target?name=none": 404, "/report?name=none": 404, "/diff?base=99": 404, "/log?name=none": 404, "/nowhere": 404,
		"/?" + strings.Repeat("label=a%3Db&", 10_000): 414, "/?q=" + strings.Repeat("x", 900): 200,
		"/?page=9223372036854775807": 200, "/?label=a'%22%24.%5B=b&label=%3D&q=%25_%5C": 200, "/?fleet=none": 200, "/healthz": 200, "/readyz": 200, "/live": 200,
	} {
		if w := get(t, h, path); w.Code != want {
			t.Errorf("%s: %d, want %d\n%.200s", path, w.Code, want, w.Body)
		}
	}
	s.Close()
}

// A page stays small however large the fleet is and however much is broken.
func TestAPageIsBounded(t *testing.T) {
	h, _ := siteOf(t, made.Fleet{Targets: 200, Rounds: 2, Red: 1, Breaks: 84, Labels: 50, Text: strings.Repeat("x", 200)}, &Door{Loopback: true})
	for path, most := range map[string]int{"/": 300_000, "/?lang=zh": 300_000, "/causes": 300_000, "/diff": 300_000, "/heat": 300_000, "/clauses": 300_000, "/rounds": 50_000} {
		w := get(t, h, path)
		if n := w.Body.Len(); w.Code != http.StatusOK || n > most {
			t.Errorf("%s: %d, %d bytes, want at most %d", path, w.Code, n, most)
		}
		if n := get(t, h, path, func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") }).Body.Len(); n > most/4 {
			t.Errorf("%s: %d bytes compressed", path, n)
		}
	}
}

// Only who knows a password sees anything, from this machine's own name, and only where actions are allowed may anything change.
func TestTheDoor(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	h, s := siteOf(t, made.Fleet{Targets: 2, Rounds: 1}, &Door{Users: map[string][]byte{"ann": hash}, Loopback: true})
	actions := &Actions{RunNow: func(context.Context) (bool, error) { return true, nil }, Pause: func(context.Context, bool) error { return nil }}
	active := New(Options{Fleet: "made", Read: s, View: view.New(s), Log: slog.New(slog.DiscardHandler), Door: &Door{Loopback: true}, Actions: actions})
	readOnly := New(Options{Fleet: "made", Read: s, View: view.New(s), Log: slog.New(slog.DiscardHandler), Door: &Door{Loopback: true}})
	basic := func(name, password string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(name+":"+password)))
		}
	}
	post := func(header, value string) func(*http.Request) {
		return func(r *http.Request) { r.Method = http.MethodPost; r.Header.Set(header, value) }
	}
	for _, c := range []struct {
		what string
		h    http.Handler
		path string
		with func(*http.Request)
		want int
	}{
		{"no password", h, "/", func(*http.Request) {}, 401},
		{"no password for metrics", h, "/metrics", func(*http.Request) {}, 401},
		{"no password for jobs", h, "/jobs/", func(*http.Request) {}, 401},
		{"health needs none", h, "/healthz", func(*http.Request) {}, 200},
		{"readiness needs none", h, "/readyz", func(*http.Request) {}, 200},
		{"wrong password", h, "/", basic("ann", "wrong"), 401},
		{"unknown name", h, "/", basic("bob", "right"), 401},
		{"right password", h, "/", basic("ann", "right"), 200},
		{"another name that leads here", h, "/", func(r *http.Request) { basic("ann", "right")(r); r.Host = "evil.test:8090" }, 421},
		{"read-only", readOnly, "/run", post("Sec-Fetch-Site", "same-origin"), 403},
		{"own origin", active, "/run", post("Sec-Fetch-Site", "same-origin"), 303},
		{"another origin", active, "/run", post("Sec-Fetch-Site", "cross-site"), 403},
		{"another origin, an old browser", active, "/pause", post("Origin", "https://evil.test"), 403},
		{"an address changes nothing", active, "/run", func(*http.Request) {}, 405},
	} {
		if w := get(t, c.h, c.path, c.with); w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.what, w.Code, c.want)
		}
	}
	limited := false
	for i := 0; i < 1000 && !limited; i++ {
		limited = get(t, h, "/", basic("ann", fmt.Sprint("guess", i))).Code == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("of a thousand guesses in a row none is put off")
	}
	if w := get(t, h, "/", basic("ann", "right")); w.Code != http.StatusOK {
		t.Errorf("%d: guesses of others keep out who was in", w.Code)
	}
}

// A target that went to and fro is flaky where its server names its version; one change is a regression or its end.
func TestFlakyTargetsAreMarked(t *testing.T) {
	past := map[int]string{0: "grgg", 1: "ggrr", 2: "gugu", 3: "gggg"}
	h, _ := siteOf(t, made.Fleet{Targets: 4, Rounds: 4, Breaks: 1, Outcome: func(round, target int) string {
		return map[byte]string{'g': work.Green, 'r': work.Red, 'u': work.Untested}[past[target][round]]
	}}, &Door{Loopback: true})
	for target, flaky := range map[int]bool{0: true, 1: false, 2: false, 3: false} {
		body := get(t, h, fmt.Sprintf("/target?name=target-%d", target)).Body.String()
		if strings.Contains(body, "<em>flaky</em>") != flaky {
			t.Errorf("target %d, %s: flaky is not %v", target, past[target], flaky)
		}
	}
}
