package certify_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// issued is when the certificates of the tests are issued.
var issued = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

const valid = 180 * 24 * time.Hour

// lab makes certificates of the reference server.
type lab struct {
	t       *testing.T
	key     ed25519.PrivateKey
	book    certify.Book
	level   string
	profile *schemas.Profile
	own     []byte
	oneKey  bool                                 // the target file has the URL, a request and one key
	edit    func(*schemas.Target)                // before the run
	forge   func(*schemas.Report, []byte) []byte // before signing; returns the transcript
}

func newLab(t *testing.T, profile string) *lab {
	t.Helper()
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &lab{t: t, key: key, book: certify.Here(), level: "full", profile: p}
}

// newSmallLab makes certificates of a book of one chapter and the clauses named, at the level that asks for no row of the
// table. They are as good as others, and far smaller.
func newSmallLab(t *testing.T, profile string, clauses ...string) *lab {
	t.Helper()
	l := newLab(t, profile)
	l.level = "core"
	l.book.Clauses = slices.DeleteFunc(slices.Clone(l.book.Clauses), func(c schemas.Clause) bool {
		return !strings.HasPrefix(c.ID, "PARAM-") && !slices.Contains(clauses, c.ID)
	})
	return l
}

// A record is what a run left behind.
type record struct {
	run        []byte // as JSON, so that everybody who changes it has a copy
	transcript []byte
	err        error
}

// recorded are the runs against the right servers, each made once.
var recorded sync.Map // a recipe -> func() record

// recipe reports runs apart that nothing but these sets apart.
type recipe struct {
	profile string
	style   schemas.Style
	oneKey  bool
	clauses string
}

func (l *lab) recipe(style schemas.Style) recipe {
	ids := make([]string, len(l.book.Clauses))
	for i, c := range l.book.Clauses {
		ids[i] = c.ID
	}
	return recipe{l.profile.Name, style, l.oneKey, strings.Join(ids, " ")}
}

// run runs the whole book against a server, and returns the run, its transcript, and the target it went by.
func (l *lab) run(style schemas.Style, options ...reference.Option) (run schemas.Run, transcript []byte, target *schemas.Target) {
	l.t.Helper()
	server := reference.New(l.profile, options...)
	target = server.TargetIn("http://127.0.0.1/", style)
	if l.oneKey {
		*target = schemas.Target{URL: target.URL, Profile: target.Profile, Style: target.Style, Request: target.Request,
			Credentials: map[string]schemas.Credential{schemas.DefaultKey: target.Credentials[schemas.DefaultKey]}}
	}
	if l.edit != nil {
		l.edit(target)
	}
	brief := suites.Brief{Profile: l.profile, Clauses: l.book.Clauses, Target: target}
	once := func() record { return recordOf(server, brief) }
	if len(options) == 0 && l.edit == nil && l.own == nil {
		first, _ := recorded.LoadOrStore(l.recipe(style), sync.OnceValue(once))
		once = first.(func() record)
	}
	r := once()
	if r.err == nil {
		r.err = json.Unmarshal(r.run, &run)
	}
	if r.err != nil {
		l.t.Fatal(r.err)
	}
	return run, slices.Clone(r.transcript), target
}

// recordOf makes a run in memory.
func recordOf(server *reference.Server, b suites.Brief) (r record) {
	network := pipe.Listen()
	go server.Serve(network)
	defer network.End()
	s, err := runner.Open(context.Background(), b, runner.Options{Version: "test", Timeout: 30 * time.Second, Dial: network.Dial})
	if err != nil {
		return record{err: err}
	}
	var transcript bytes.Buffer
	s.Transcript(&transcript)
	s.Start(context.Background(), s.Plan())
	run, err := json.Marshal(s.Finish())
	return record{run, transcript.Bytes(), errors.Join(err, s.TranscriptError())}
}

// certified writes a certificate of a run and returns its folder. It does not ask whether the run deserves one.
func (l *lab) certified(style schemas.Style, options ...reference.Option) string {
	l.t.Helper()
	run, transcript, target := l.run(style, options...)
	r := report.Assemble(schemas.Suite{Version: "test", Book: l.book.Digests().Whole()}, issued, []schemas.Run{run})
	r.Seconds = 1
	r.Selftest = &schemas.Selftest{Digest: strings.Repeat("0", 64), Right: 1, Mutants: 1, Misses: []string{}}
	if l.forge != nil {
		transcript = l.forge(r, transcript)
	}
	level, ok := certify.LevelNamed(l.level)
	if !ok {
		l.t.Fatal(l.level)
	}
	out := filepath.Join(l.t.TempDir(), "cert")
	d, err := certify.Begin(out)
	if err != nil {
		l.t.Fatal(err)
	}
	f, err := d.Create(report.TranscriptFile)
	if err != nil {
		l.t.Fatal(err)
	}
	f.Write(transcript)
	f.Close()
	order := certify.Issue{
		Book: l.book, Level: level, Profile: l.profile, ProfileText: l.own, Report: r, Issued: issued, Valid: valid, Key: l.key,
		Build: certify.Build{Version: "test", Go: "go", Platform: "any", SHA256: strings.Repeat("1", 64)},
		Subject: schemas.Subject{
			Schema: schemas.SubjectSchema, URL: run.Target.URL, Profile: run.Target.Profile, Style: run.Target.Style,
			Product: schemas.Product{Name: "Acme", Version: "4.2", Build: "sha256:" + strings.Repeat("2", 64)}, NotApplicable: target.NotApplicable,
		},
	}
	if err := order.Write(d); err != nil {
		l.t.Fatal(err)
	}
	if err := d.Finish(); err != nil {
		l.t.Fatal(err)
	}
	return out
}

// check is how the lab's own certificates are checked on the day of issue.
func (l *lab) check() certify.Check {
	return certify.Check{Key: l.key.Public().(ed25519.PublicKey), Book: l.book, Now: issued.Add(time.Hour)}
}

func (l *lab) verify(c certify.Check, dir string) *certify.Verdict {
	l.t.Helper()
	v, err := c.Verify(l.t.Context(), dir)
	if err != nil {
		l.t.Fatal(err)
	}
	return v
}

// says joins what a verdict says.
func says(v *certify.Verdict) string {
	lines := append([]string{}, v.Notes...)
	for _, f := range v.Faults {
		lines = append(lines, f.Says)
	}
	return strings.Join(lines, "\n")
}

func mutant(t *testing.T, name string) reference.Option {
	t.Helper()
	for _, m := range mutants.All() {
		if m.Name == name {
			return reference.With(m)
		}
	}
	t.Fatalf("no mutant is called %s", name)
	return nil
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// copied returns a copy of a folder.
func copied(t *testing.T, dir string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "cert")
	if err := os.CopyFS(out, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return out
}
