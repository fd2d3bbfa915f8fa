//go:build unix

package hostile_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/hostile"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const (
	short   = 2 * time.Second  // deadline of one request where nothing is ever answered
	long    = 30 * time.Second // where something is, which a busy machine is not to end
	slack   = 30 * time.Second
	maxPeak = 100 << 20
)

// timeout is the deadline of one request to a target.
func timeout(name string, when hostile.When) time.Duration {
	if strings.Contains(wanted[name][when].says, "within 2s") {
		return short
	}
	return long
}

// The label filters of the clauses and cases that stand for the book: a public parameter, a race, raw bytes, a packed
// answer. Of what goes wrong rarely many are sent. Where a run waits out the long deadline it sends one case, since those
// that were not answered are asked again one after another, and there are two such runs.
const (
	sampled   = "action-missing || KEY-1 || NONCE-2 || http-9 || accept-encoding-gzip"
	many      = "PARAM-1 || " + sampled
	waited    = "key-unknown && JSON && GET"
	waitedRaw = "http-9"
)

// filters are those of the runs that are to meet this of a target.
func filters(name string, want met) []string {
	switch {
	case strings.Contains(want.says, "within 30s"):
		return []string{waited, waitedRaw}
	case name == "1-percent-resets":
		return []string{many}
	}
	return []string{sampled}
}

// met is what a run is to come to in one manner.
type met struct {
	exit int
	says string // an expression for what is said: the one line of an exit 3, else the summary
}

// wanted describes for every target what is met when it behaves badly always, and when only on what is to be refused.
var wanted = map[string]map[hostile.When]met{
	"12000-headers":           both(`refused: 400 TooMuch`, `TooMuch, which is no row of the table`),
	"large-header-value":      both(`header goes on past 64 KiB`, `header goes on past 64 KiB`),
	"large-header-name":       both(`header goes on past 64 KiB`, `header goes on past 64 KiB`),
	"large-reason":            both(`header goes on past 64 KiB`, `header goes on past 64 KiB`),
	"interim-with-headers":    both(`header goes on past 64 KiB`, `header goes on past 64 KiB`),
	"a-byte-of-body-a-second": both(`the answer was not complete within 2s`, `the answer was not complete within 30s`),
	"large-chunk-extensions":  both(`not HTTP: header line too long`, `not HTTP: header line too long`),
	"tiny-chunks":             both(`body goes on past 1 MiB`, `body goes on past 1 MiB`),
	"huge-chunk":              both(`chunk length too large`, `chunk length too large`),
	"huge-length":             both(`closed in the middle of the answer`, `closed in the middle of the answer`),
	"endless-trailers":        both(`long trailer`, `long trailer`),
	"zstd-bomb":               both(`refused: 400 with plain text`, `400 no text \(zstd\)`),
	"brotli-bomb":             both(`refused: 400 with plain text`, `400 no text \(binary\)`),
	"large-member-name":       both(`refused: 400 TooMuch`, `TooMuch, which is no row of the table`),
	"one-name-often":          both(`refused: 400 TooMuch`, `the member stands twice`),
	"one-element-often":       both(`refused: 400 TooMuch`, `the element stands twice`),
	"many-attributes":         both(`refused: 400 TooMuch`, `TooMuch, which is no row of the table`),
	"huge-numbers":            both(`refused: 400 TooMuch`, `a number that no double can hold`),
	"silence":                 both(`no answer within 2s`, `no answer within 30s`),
	"a-byte-a-second":         both(`no answer within 2s`, `no answer within 30s`),
	"immediate-reset":         both(`connection was reset`, `connection was reset`),
	"half-closed":             both(`closed in the middle of the answer`, `closed in the middle of the answer`),
	"garbage":                 both(`is not HTTP`, `is not HTTP`),
	"endless-headers":         both(`header goes on past 64 KiB`, `header goes on past 64 KiB`),
	"endless-interim":         both(`header goes on past 64 KiB`, `header goes on past 64 KiB`),
	"endless-body":            both(`body goes on past 1 MiB`, `body goes on past 1 MiB`),
	"gzip-bomb":               both(`refused: 400 with plain text`, `400 no text \(gzip\).*goes on past 1 MiB|goes on past 1 MiB.*400 no text \(gzip\)`),
	"two-lengths":             both(`multiple Content-Length`, `multiple Content-Length`),
	"redirect-loop":           both(`redirected: 302 to http`, `302`),
	"deep-json":               both(`refused: 400`, `nested`),
	"deep-xml":                both(`refused: 400`, `nested`),
	"entity-bomb":             both(`refused: 400`, `DOCTYPE`),
	"10000-members":           both(`refused: 400 TooMuch`, `TooMuch, which is no row of the table`),
	"terminal-escapes":        both(`refused: 400 <script>`, `<U\+001B>\[2J, which is no row`),
	"escapes-in-header":       both(`is not HTTP`, `is not HTTP`),
	"bad-certificate":         {hostile.Always: {3, `certificate`}, hostile.Refused: {0, `nothing broken .partial`}},
	"1-percent-resets":        {hostile.Always: {0, `nothing broken .partial`}, hostile.Refused: {0, `nothing broken .partial`}},
}

// rare are tried by make selftest alone: what they show is of a kind with others.
var rare = map[string]bool{
	"large-header-name": true, "large-reason": true, "interim-with-headers": true, "a-byte-of-body-a-second": true,
	"tiny-chunks": true, "huge-length": true, "zstd-bomb": true, "brotli-bomb": true, "one-element-often": true,
	"many-attributes": true, "huge-numbers": true, "endless-trailers": true, "large-chunk-extensions": true,
	"large-header-value": true, "one-name-often": true,
}

func both(always, refused string) map[hostile.When]met {
	return map[hostile.When]met{hostile.Always: {3, always}, hostile.Refused: {1, refused}}
}

// bed is a right server with hostile targets before it.
type bed struct {
	profile *schemas.Profile
	server  *reference.Server
	address string
}

func newBed(t *testing.T) *bed {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	b := &bed{profile: p, server: reference.New(p)}
	l, err := b.server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	b.address = strings.Trim(strings.TrimPrefix(l.URL(), "http:"), "/")
	return b
}

// target returns a target file with one key, and what a run of the cases with those labels may take; of all when the filter
// is empty.
func (b *bed) target(t *testing.T, url string, timeout time.Duration, filter string) (config string, limit time.Duration) {
	t.Helper()
	whole := b.server.Target(url)
	target := &schemas.Target{
		URL: url, Profile: whole.Profile, Request: whole.Request,
		Credentials: map[string]schemas.Credential{schemas.DefaultKey: whole.Credentials[schemas.DefaultKey]},
		Limits:      schemas.Limits{Timeout: schemas.Duration(timeout)},
	}
	text, err := json.Marshal(target)
	if err != nil {
		t.Fatal(err)
	}
	config = filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	brief := suites.Brief{Profile: b.profile, Clauses: fixtures.Clauses(), Target: target}
	selected := slices.DeleteFunc(suites.Plan(brief), func(p *suites.Planned) bool { return !passes(p, filter) })
	preflight := time.Duration(3*len(suites.Probes(brief))) * timeout // each tried three times
	return config, preflight + runner.MaxDuration(target, selected, runner.Options{})
}

// passes reports whether a filter of words joined by && and || lets the case through, as the command's does.
func passes(p *suites.Planned, filter string) bool {
	labels := p.Labels()
	for some := range strings.SplitSeq(filter, " || ") {
		lacks := func(word string) bool { return word != "" && !slices.Contains(labels, word) }
		if !slices.ContainsFunc(strings.Split(some, " && "), lacks) {
			return true
		}
	}
	return false
}

// try runs the command against one target, in one manner.
func (b *bed) try(t *testing.T, target hostile.Target, when hostile.When, filter string) ran {
	t.Helper()
	l, err := target.Start(b.address, when)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	config, limit := b.target(t, l.URL(), timeout(target.Name, when), filter)
	args := []string{"run", "--config", config}
	if filter != "" {
		args = append(args, "--label-filter", filter)
	}
	if target.TLS && when == hostile.Refused {
		args = append(args, "--insecure")
	}
	return conform(t, limit+slack, args...)
}

// Every run ends by itself within its time, in bounded memory, with the exit code of what was met, and says it.
func TestHostileTargets(t *testing.T) {
	if len(wanted) != len(hostile.Targets()) {
		t.Errorf("%d targets, and it is said of %d what is to be met", len(hostile.Targets()), len(wanted))
	}
	b := newBed(t)
	for n, target := range hostile.Targets() {
		whole := os.Getenv("ACSCONFORM_WHOLE") != ""
		if !whole && rare[target.Name] {
			continue
		}
		for i, when := range []hostile.When{hostile.Always, hostile.Refused} {
			want, ok := wanted[target.Name][when]
			if !ok {
				t.Errorf("%s, %s: it is not said what is to be met", target.Name, when)
			}
			if !whole && n%2 != i { // one in this manner, the next in the other
				continue
			}
			for _, filter := range filters(target.Name, want) {
				t.Run(target.Name+"/"+string(when), func(t *testing.T) {
					t.Parallel()
					if !strings.Contains(want.says, " within ") {
						turns <- struct{}{}
						defer func() { <-turns }()
					}
					got := b.try(t, target, when, filter)
					for range 2 { // on a busy machine the collector is late once; a reader without a bound is not
						if got.peak > maxPeak {
							got.peak = b.try(t, target, when, filter).peak
						}
					}
					check(t, got, want)
				})
			}
		}
	}
}

func check(t *testing.T, got ran, want met) {
	t.Helper()
	said := got.out
	if want.exit == 3 {
		said = got.errs
		if got.out != "" || strings.Count(said, "\n") != 1 {
			t.Errorf("said %q and %q, want one line on standard error", got.out, got.errs)
		}
	}
	if unwrapped := strings.Join(strings.Fields(said), " "); got.exit != want.exit || !regexp.MustCompile(want.says).MatchString(unwrapped) {
		t.Errorf("exit %d, want %d and %s; said:\n%s%s", got.exit, want.exit, want.says, got.out, got.errs)
	}
	if got.peak > maxPeak {
		t.Errorf("took %d MiB of memory, want at most %d", got.peak>>20, maxPeak>>20)
	}
	for _, r := range got.out + got.errs {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%U reaches the terminal", r)
			break
		}
	}
	checkPages(t, got.reports)
}

// checkPages looks for script of the target's in what a browser or another tool may open.
func checkPages(t *testing.T, dir string) {
	t.Helper()
	for _, pattern := range []string{"*.html", "*.md", "*.xml"} {
		pages, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			script := pattern != "*.xml" && strings.Contains(string(text), "<script>alert") // in XML it may stand as CDATA
			if script || strings.Contains(string(text), "\x1b") {
				t.Errorf("%s holds the target's script or escapes", filepath.Base(page))
			}
		}
	}
}
