package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/acsconform/acsconform/runner/fleet/made"
)

// browser is a headless chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("chromium is missing (apt-get install chromium)")
		}
		t.Skip("chromium is not installed (apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	return ctx
}

// evaluated is what an expression is in the page.
func evaluated[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.100s: %v", expression, err)
	}
	return value
}

// scheme has the browser prefer light or dark pages.
func scheme(value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
		return err
	})
}

// look is how a page is looked at.
type look struct {
	lang, scheme string
	width        int64
}

var looks = []look{{"en", "light", 1440}, {"en", "dark", 412}, {"zh", "dark", 1440}, {"zh", "light", 412}}

// The pages in a browser: nothing is wider than a telephone but what scrolls by itself, and nothing that the policy forbids is tried.
// AXE names axe.min.js of axe-core, by which every page is then checked; SHOTS a folder for pictures of them, PAGE one page alone. With FLEET_SOAK the
// fleet is large, and how long each page takes until it is painted is told:
//
//	FLEET_SOAK=1 FLEET_VIEW_DB=/tmp/large.db go test -v -run PagesInABrowser ./web
func TestPagesInABrowser(t *testing.T) {
	ctx := browser(t)
	f := made.Fleet{Targets: 60, Rounds: 3, Red: 4, Breaks: 6}
	if os.Getenv("FLEET_SOAK") != "" {
		f = made.Fleet{Targets: 5000, Rounds: 40, Red: 12, Breaks: 84}
	}
	h, _ := siteOf(t, f, &Door{Loopback: true})
	server := httptest.NewServer(h)
	defer server.Close()
	axe := ""
	if path := os.Getenv("AXE"); path != "" {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		axe = string(text)
	}
	paths := []string{"/", "/causes", "/heat", "/clauses", "/diff", "/rounds", "/logs", "/target?name=target-0"}
	if only := os.Getenv("PAGE"); only != "" {
		paths = []string{only}
	}
	for _, path := range paths {
		get(t, h, path) // a fleet that is up prepares its pages when a round ends
		few := looks
		if axe == "" && os.Getenv("SHOTS") == "" {
			few = looks[1:3]
		}
		for _, l := range few {
			opened(ctx, t, server.URL+path, l, axe)
		}
	}
}

// opened opens a page and looks at it.
func opened(ctx context.Context, t *testing.T, address string, l look, axe string) {
	t.Helper()
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	began := time.Now()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(l.width, 900), scheme(l.scheme), chromedp.Navigate(address+sep+"lang="+l.lang)); err != nil {
		t.Fatal(err)
	}
	paint := evaluated[float64](ctx, t, "new Promise(done => { new PerformanceObserver(l => done(l.getEntries()[0].startTime)).observe({type: 'paint', buffered: true}); setTimeout(() => done(-1), 10000) })")
	bytes := evaluated[float64](ctx, t, "performance.getEntriesByType('navigation')[0].decodedBodySize")
	path := strings.SplitN(strings.TrimPrefix(address, "http://"), "/", 2)[1]
	t.Logf("/%s %s %s %d: first paint after %.0f ms, loaded after %d ms, %.0f bytes", path, l.lang, l.scheme, l.width, paint, time.Since(began).Milliseconds(), bytes)
	if wide := evaluated[int64](ctx, t, "document.documentElement.scrollWidth"); wide > l.width {
		t.Errorf("/%s: %d points wide on %d", path, wide, l.width)
	}
	if n := evaluated[int](ctx, t, "performance.getEntriesByType('resource').filter(e => !e.name.includes('/live?')).length"); n != 0 {
		t.Errorf("/%s: %d further things were fetched", path, n)
	}
	if dir := os.Getenv("SHOTS"); dir != "" {
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s-%s-%s-%d.png", strings.NewReplacer("?", "-", "=", "-", "/", "-").Replace("page/"+path), l.lang, l.scheme, l.width)
		if err := os.WriteFile(filepath.Join(dir, name), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if axe == "" {
		return
	}
	found := evaluated[string](ctx, t, axe+";document.querySelectorAll('details').forEach(d=>d.open=true);axe.run().then(r=>JSON.stringify(r.violations.map(v=>[v.id,v.impact,v.nodes.length,v.nodes[0].html.slice(0,200)])))")
	if found != "[]" {
		t.Errorf("/%s %s %s %d: axe: %s", path, l.lang, l.scheme, l.width, found)
	}
}
