package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/selftest"
	"github.com/acsconform/acsconform/schemas"
)

// office is a folder with a pair of keys, in which certificates are made and checked in this process. The self-test that
// a certificate takes is made of one server, once for all offices, for it takes a minute; the built binary has no such
// shortcut.
type office struct {
	t   *testing.T
	dir string
	w   *env
	out bytes.Buffer
	err bytes.Buffer
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir()}
	o.w = &env{out: &o.out, err: &o.err, env: func(string) string { return "" }, now: func() time.Time { return day }, prove: proofOfOne}
	if code, _, errs := o.conform("keygen", "--out", o.dir); code != exitKept {
		t.Fatal(errs)
	}
	return o
}

var day = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func proofOf(trials []selftest.Trial) func(context.Context, *env) selftest.Summary {
	for i := range trials {
		if !isWhole() {
			trials[i].Only = "sound-request" // what a self-test shows is the matter of its own tests
		}
	}
	return func(ctx context.Context, _ *env) selftest.Summary { return selftest.Run(ctx, trials, nil) }
}

var proven = sync.OnceValue(func() selftest.Summary { return proofOf(selftest.Trials()[:1])(context.Background(), nil) })

func proofOfOne(context.Context, *env) selftest.Summary { return proven() }

func (o *office) conform(args ...string) (code int, out, errs string) {
	o.out.Reset()
	o.err.Reset()
	code = command(args, o.w)
	return code, o.out.String(), o.err.String()
}

func (o *office) path(name string) string { return filepath.Join(o.dir, name) }

// certify names the office's own key and folder, unless the arguments name others.
func (o *office) certify(config string, args ...string) (code int, out, errs string) {
	all := append([]string{"certify", "--config", config}, args...)
	for flag, own := range map[string]string{"--key": o.path("conform-key.pem"), "--out": o.path("cert")} {
		if !slices.Contains(args, flag) {
			all = append(all, flag, own)
		}
	}
	return o.conform(all...)
}

func (o *office) verify() (code int, out, errs string) {
	return o.conform("verify", o.path("cert"), "--key", o.path("conform-key.pub.pem"))
}

// judged counts the cases of the certificate's report that were sent.
func (o *office) judged() (n int) {
	o.t.Helper()
	text, err := os.ReadFile(filepath.Join(o.path("cert"), "report.json"))
	if err != nil {
		o.t.Fatal(err)
	}
	var report schemas.Report
	if err := json.Unmarshal(text, &report); err != nil {
		o.t.Fatal(err)
	}
	for _, run := range report.Runs {
		for _, c := range run.Cases {
			if c.Outcome != schemas.Skipped {
				n++
			}
		}
	}
	return n
}

// nothingWritten fails when the office holds more than its keys.
func (o *office) nothingWritten() {
	o.t.Helper()
	entries, err := os.ReadDir(o.dir)
	if err != nil || len(entries) != 2 {
		o.t.Errorf("the folder holds %v (%v), want the two keys", entries, err)
	}
}

func TestCertifyAndVerify(t *testing.T) {
	o := newOffice(t)
	var tested *schemas.Target
	_, config := served(t, "gateway", func(target *schemas.Target) { target.Product.Name = "Acme"; tested = target })
	build := "sha256:" + strings.Repeat("ab", 32)
	if code, out, errs := o.certify(config, "--product-version", "4.2", "--build-digest", build); code != exitKept || !strings.Contains(out, "Acme 4.2  level full  gateway/rpc") {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	code, out, errs := o.verify()
	if code != exitKept || errs != "" {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	all := artefacts(t, o.dir, out, errs)
	for _, place := range spilt(all, tested) {
		t.Errorf("a secret is in %s", place)
	}
	private, err := os.ReadFile(o.path("conform-key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range all {
		if name != "conform-key.pem" && strings.Contains(text, strings.Split(string(private), "\n")[1]) {
			t.Errorf("the private key is in %s", name)
		}
	}
	if want := fmt.Sprintf("\n  %d cases judged again\n", o.judged()); !strings.Contains(out, want) {
		t.Errorf("verify does not say %q:\n%s", want, out)
	}
	for _, want := range []string{"Acme 4.2  level full", build, "issued       2026-11-25T12:00:00Z, expires 2027-05-24T12:00:00Z", "rows         32 of 32 answered", "holds: signed with SHA256:"} {
		if !strings.Contains(out, want) {
			t.Errorf("verify does not say %q:\n%s", want, out)
		}
	}
	o.exits(t)
	if code, _, errs := o.certify(config); code != exitUsage || !strings.Contains(errs, "is there already") {
		t.Errorf("again: exit %d, %s", code, errs)
	}
}

// exits changes one circumstance at a time.
func (o *office) exits(t *testing.T) {
	t.Helper()
	if code, _, errs := o.conform("verify", o.path("cert"), "--key", o.path("conform-key.pem")); code != exitUsage || !strings.Contains(errs, "private key") {
		t.Errorf("by the private key: exit %d, %s", code, errs)
	}
	if code, _, errs := o.conform("verify", o.path("none"), "--key", o.path("conform-key.pub.pem")); code != exitUsage {
		t.Errorf("no folder: exit %d, %s", code, errs)
	}
	o.w.now = func() time.Time { return day.AddDate(1, 0, 0) }
	if code, _, errs := o.verify(); code != 4 || errs != "conform: expired 2027-05-24T12:00:00Z\n" {
		t.Errorf("a year later: exit %d, %s", code, errs)
	}
	o.w.now = func() time.Time { return day }
	other := t.TempDir()
	if code, _, errs := o.conform("keygen", "--out", other); code != exitKept {
		t.Fatal(errs)
	}
	if code, _, errs := o.conform("verify", o.path("cert"), "--key", filepath.Join(other, "conform-key.pub.pem")); code != 5 || !regexp.MustCompile(`^conform: signed with another key: SHA256:\S+, not with SHA256:\S+\n$`).MatchString(errs) {
		t.Errorf("another key: exit %d, %s", code, errs)
	}
	badge := filepath.Join(o.path("cert"), "badge.svg")
	text, err := os.ReadFile(badge)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(badge, append(text, '\n'), 0o644)
	if code, _, errs := o.verify(); code != exitBroken || !strings.HasPrefix(errs, "conform: badge.svg was changed") {
		t.Errorf("changed: exit %d, %s", code, errs)
	}
	os.WriteFile(badge, text, 0o644)
}

// In one profile; in two with ACSCONFORM_WHOLE set, as in make selftest, and in every one with ACSCONFORM_ALL.
func TestCertifyNamesTheLineThatIsMissing(t *testing.T) {
	profiles := 1
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		profiles = 2
	}
	for i, p := range fixtures.Profiles() {
		if i >= profiles && os.Getenv("ACSCONFORM_ALL") == "" {
			break
		}
		o := newOffice(t)
		_, config := served(t, p.Name, func(target *schemas.Target) { delete(target.Credentials, schemas.InactiveKey) })
		code, _, errs := o.certify(config)
		if code != exitUntested || !strings.Contains(errs, "conform: 1. the target file needs credentials.inactive: {access_key_id: …, access_key_secret: …} (for key-disabled)\n") || strings.Contains(errs, "2. ") {
			t.Errorf("%s: exit %d, %s", p.Name, code, errs)
		}
		o.nothingWritten()
	}
}

func TestCertifyRefusesWhatCannotBeMeant(t *testing.T) {
	o := newOffice(t)
	_, config := served(t, "ess", nil)
	_, odd := served(t, "ess", func(target *schemas.Target) {
		target.NotApplicable = []schemas.Inapplicable{{Code: "NoSuchCode", Status: schemas.Exactly(400), Reason: "x"}}
	})
	_, refused := served(t, "ess", func(target *schemas.Target) {
		target.Credentials[schemas.DefaultKey] = schemas.Credential{AccessKeyID: "nobody", AccessKeySecret: "x"}
	})
	base := write(t, "name: base\ntitle: Base\nextends: ess\n")
	above := write(t, "name: above\ntitle: Above\nextends: "+base+"\n")
	o.w.prove = func(context.Context, *env) selftest.Summary {
		t.Error("the self-test was begun")
		return selftest.Summary{}
	}
	for name, c := range map[string]struct {
		config string
		args   []string
		code   int
		says   string
	}{
		"level":         {config, []string{"--level", "most"}, exitUsage, `--level "most": want core or full`},
		"valid":         {config, []string{"--valid", "0s"}, exitUsage, "--valid"},
		"no key":        {config, []string{"--key", "none.pem"}, exitUsage, "none.pem"},
		"public key":    {config, []string{"--key", o.path("conform-key.pub.pem")}, exitUsage, "holds a public key"},
		"build":         {config, []string{"--build-digest", "md5:1"}, exitUsage, `build "md5:1"`},
		"row":           {odd, nil, exitUsage, "NoSuchCode 400 is no row of profile ess"},
		"out":           {config, []string{"--out", o.dir}, exitUsage, "is there already"},
		"out of nobody": {config, []string{"--out", o.path("no/such/cert")}, exitUsage, "no such"},
		"profile":       {config, []string{"--profile", "oss"}, exitUsage, "oss"},
		"two files":     {config, []string{"--profile", above}, exitUsage, above + ": extends the file " + base},
		"no such file":  {"none.yaml", nil, exitUsage, "none.yaml"},
		"nobody there":  {write(t, "url: http://127.0.0.1:1/\nprofile: ess\n"), nil, exitUntested, "1. nothing listens"},
		"refused":       {refused, nil, exitUntested, "1. the sound request"},
	} {
		if code, _, errs := o.certify(c.config, c.args...); code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
	o.nothingWritten()
}

// A suite that judges its own servers wrongly certifies nobody.
func TestCertifyWantsTheSelfTestToPass(t *testing.T) {
	o := newOffice(t)
	wrong := selftest.Trials()[0]
	for _, m := range mutants.All() {
		if m.MakesSense(wrong.Profile.Name, wrong.Style) {
			m.Clause = "NO-SUCH"
			wrong.Variant = &m
			break
		}
	}
	o.w.prove = proofOf([]selftest.Trial{wrong})
	_, config := served(t, "ess", nil)
	if code, _, errs := o.certify(config); code != exitUntested || !strings.Contains(errs, "the self-test judged 1 server wrongly here") {
		t.Errorf("exit %d, %s", code, errs)
	}
	o.nothingWritten()
}

// The binary and this process, built in different ways, have one book.
func TestTheBookOfTheBinaryIsThatOfThisProcess(t *testing.T) {
	dir := t.TempDir()
	_, config := served(t, "ess", nil)
	if code, _, errs := executed(t, dir, "run", "--config", config, "--label-filter", "sound-request"); code != exitKept {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(filepath.Join(dir, "conform-report", "report.json"))
	if err != nil || !strings.Contains(string(text), `"book":"`+suite().Book+`"`) {
		t.Errorf("%v: the report does not name book %s", err, suite().Book)
	}
	b, err := build()
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.ReadFile(os.Args[0])
	if sum := sha256.Sum256(self); err != nil || b.SHA256 != hex.EncodeToString(sum[:]) || b.Platform == "" || b.Go == "" {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestStatementOfAReport(t *testing.T) {
	dir := t.TempDir()
	_, config := served(t, "ess", func(target *schemas.Target) { target.Product.Name = "Acme" })
	if code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", inPart("PARAM-1")); code != exitKept {
		t.Fatal(out, errs)
	}
	for _, args := range [][]string{{"statement", "--config", config}, {"statement", "conform-report"}, {"statement", filepath.Join("conform-report", "report.json")}} {
		code, out, errs := conform(t, dir, args...)
		if code != exitKept || !strings.Contains(out, "| [NONCE-1](") || !strings.Contains(out, "| MUST | a SignatureNonce used again") || !strings.Contains(out, "| Throttling | 400 |") || strings.Contains(out, "Acme") != (len(args) == 3) {
			t.Errorf("%q: exit %d\n%s%s", args, code, out, errs)
		}
	}
	if code, _, errs := conform(t, dir, "statement", "none.json"); code != exitUsage || !strings.Contains(errs, "none.json") {
		t.Errorf("exit %d, %s", code, errs)
	}
}
