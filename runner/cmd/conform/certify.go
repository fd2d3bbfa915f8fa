package main

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// certifyCommand is conform certify.
type certifyCommand struct {
	Config         string        `required:"" placeholder:"F" help:"Target file."`
	Key            string        `required:"" placeholder:"F" help:"Private key to sign with (conform-key.pem)."`
	Out            string        `placeholder:"D" default:"cert" help:"Folder of the certificate, which must not be there yet (${default})."`
	Level          string        `placeholder:"L" default:"full" help:"What is required: core or full (${default})."`
	Valid          time.Duration `placeholder:"D" default:"4320h" help:"How long it holds (${default}, 180 days)."`
	Target         string        `placeholder:"URL" help:"Address of the target, in place of the file's."`
	Profile        string        `placeholder:"P" sep:"none" help:"Profile, in place of the file's."`
	Style          string        `placeholder:"S" help:"Style of the requests, in place of the file's."`
	Product        string        `placeholder:"NAME" help:"Product, in place of the file's product.name."`
	ProductVersion string        `placeholder:"V" help:"Its version, in place of product.version."`
	BuildDigest    string        `placeholder:"sha256:…" help:"Digest of its build, in place of product.build."`
	Concurrency    int           `placeholder:"N" help:"Cases in flight at once (16)."`
	Rate           float64       `placeholder:"N" help:"Requests a second at most."`
	Timeout        time.Duration `placeholder:"D" help:"Deadline of one request (10s)."`
	CA             string        `name:"ca" placeholder:"F" help:"PEM file of further authorities to trust."`
}

// Help describes what the levels are, and what the exit codes mean.
func (c *certifyCommand) Help() string {
	return "Runs the self-test, then the full suite with everything required. Levels: " + certify.SayLevels() + ".\n\n" +
		"Exit codes: 0 certified; 1 something is broken; 2 wrong usage; 3 not complete, or could not test. Unless certified, nothing is written."
}

// ordered is a command line that makes sense.
type ordered struct {
	key   ed25519.PrivateKey
	level certify.Level
	run   *runCommand
	job   *job
	own   []byte // the file of a profile that is not one of the suite's
}

// Run tests the target and writes the certificate, or says what is missing.
func (c *certifyCommand) Run(w *env) error {
	ctx, stop := interruptible()
	defer stop()
	o, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	d, err := certify.Begin(c.Out)
	if err != nil {
		return wrong("--out: %s", err)
	}
	defer d.Discard()
	r, err := c.test(ctx, w, o, d)
	if err != nil {
		return err
	}
	subject := c.subject(o, &r.Runs[0])
	book := certify.Here()
	if lacks := book.Gaps(o.level, o.job.brief.Profile, &r.Runs[0], subject.NotApplicable); len(lacks) > 0 {
		return c.refuse(lacks)
	}
	b, err := build()
	if err != nil {
		return untested("%s", err)
	}
	order := certify.Issue{
		Book: book, Level: o.level, Subject: subject, Profile: o.job.brief.Profile, ProfileText: o.own, Build: b, Report: r,
		Issued: w.now(), Valid: c.Valid, Key: o.key,
	}
	if err := order.Write(d); err != nil {
		return untested("%s", err)
	}
	return c.finish(ctx, w, d, order)
}

// finish checks what was written before anybody gets it.
func (c *certifyCommand) finish(ctx context.Context, w *env, d *certify.Draft, o certify.Issue) error {
	public := o.Key.Public().(ed25519.PublicKey)
	v, err := d.Verify(ctx, certify.Check{Key: public, Book: o.Book, Now: o.Issued})
	switch {
	case ctx.Err() != nil:
		return untested("interrupted")
	case err != nil:
		return untested("%s", err)
	case v.Code() != certify.Holds:
		return untested("no certificate: it would not verify: %s", v.Faults[0].Says)
	}
	if err := d.Finish(); err != nil {
		return wrong("--out: %s", err)
	}
	w.certified(v)
	w.printf("certified: %s  ·  check it: conform verify %s --key %s\n", c.Out, shellWord(c.Out), certify.PublicKeyFile)
	return nil
}

// read reads everything that the flags name before anything is sent.
func (c *certifyCommand) read(ctx context.Context, w *env) (*ordered, error) {
	o := &ordered{run: &runCommand{
		Config: []string{c.Config}, Style: c.Style, Concurrency: c.Concurrency, Rate: c.Rate, Timeout: c.Timeout, CA: c.CA,
	}}
	if c.Target != "" {
		o.run.Target = []string{c.Target}
	}
	if c.Profile != "" {
		o.run.Profile = []string{c.Profile}
	}
	var known bool
	if o.level, known = certify.LevelNamed(c.Level); !known {
		return nil, wrong("--level %q: want core or full", c.Level)
	}
	if c.Valid < time.Hour {
		return nil, wrong("--valid %s: want an hour at least, like 4320h", c.Valid)
	}
	if _, err := os.Lstat(c.Out); err == nil {
		return nil, wrong("--out: %s is there already; name another folder, or remove that one", c.Out)
	}
	if err := output.CheckFolder(filepath.Dir(filepath.Clean(c.Out))); err != nil {
		return nil, wrong("--out %s: no file can be made there: %s", c.Out, err)
	}
	var err error
	if o.key, err = certify.ReadPrivateKey(c.Key); err != nil {
		return nil, wrong("--key: %s", err)
	}
	if err := o.run.check(); err != nil {
		return nil, err
	}
	jobs, err := o.run.jobs(ctx, w)
	if err != nil {
		return nil, err
	}
	o.job = jobs[0]
	if o.own, err = c.ownProfile(w, o); err != nil {
		return nil, err
	}
	return o, c.declared(o.job)
}

// declared lays the flags over what the target file declares, and refuses what cannot be meant.
func (c *certifyCommand) declared(j *job) error {
	t := j.brief.Target
	t.Product.Name = cmp.Or(strings.ToValidUTF8(c.Product, "\ufffd"), t.Product.Name)
	t.Product.Version = cmp.Or(strings.ToValidUTF8(c.ProductVersion, "\ufffd"), t.Product.Version)
	t.Product.Build = cmp.Or(c.BuildDigest, t.Product.Build)
	if build := t.Product.Build; build != "" && !schemas.IsBuild(build) {
		return wrong("build %q: want sha256: and 64 hexadecimal digits in lower case, sha512: and 128, or gitCommit: and 40", build)
	}
	for _, n := range t.NotApplicable {
		if !slices.ContainsFunc(j.brief.Profile.Codes, func(r schemas.Row) bool { return n.Names(r.Code, r.Status, r.Message) }) {
			return wrong("%s: not_applicable: %s %s is no row of profile %s; conform list codes --profile %s shows them", c.Config, n.Code, n.Status, j.brief.Profile.Name, j.brief.Profile.Name)
		}
	}
	return nil
}

func (c *certifyCommand) subject(o *ordered, run *schemas.Run) schemas.Subject {
	t := o.job.brief.Target
	return schemas.Subject{
		Schema: schemas.SubjectSchema, URL: run.Target.URL, Profile: run.Target.Profile, Style: run.Target.Style,
		Product: t.Product, NotApplicable: t.NotApplicable,
	}
}

// test makes the self-test and then the run. A target that cannot be tested is reported before the self-test, which takes a
// minute.
func (c *certifyCommand) test(ctx context.Context, w *env, o *ordered, d *certify.Draft) (*schemas.Report, error) {
	why := (*runner.Untestable)(nil)
	if _, err := runner.Open(ctx, o.job.brief, o.run.options()); errors.As(err, &why) {
		return nil, c.refuse([]certify.Gap{{Kind: certify.Untested, Says: why.Error()}})
	} else if err != nil {
		return nil, notOpened(err)
	}
	proof := w.prove(ctx, w)
	switch misses := proof.Misses(); {
	case ctx.Err() != nil:
		return nil, untested("interrupted; no certificate")
	case len(misses) > 0:
		return nil, untested("no certificate: the self-test judged %s wrongly here, so this suite cannot be trusted here (%s: %s); try again on a machine that is less busy, and see conform selftest",
			text.Count(len(misses), "server"), misses[0].Trial, misses[0].Miss)
	}
	w.printf("self-test: %s\n", proof.Verdict())
	started := time.Now()
	transcript, err := d.Create(report.TranscriptFile)
	if err != nil {
		return nil, untested("%s", err)
	}
	run, err := o.run.testOne(ctx, w, o.job, o.run.begin(time.Now()), transcript)
	if err = cmp.Or(err, o.run.lost, transcript.Close()); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, untested("interrupted; no certificate")
	}
	r := report.Assemble(suite(), started, []schemas.Run{run})
	r.Selftest = proof.Report()
	return r, nil
}

// mostLacks is how many lines tell what is missing.
const mostLacks = 12

// refuse describes what is missing, in the order in which to fix it.
func (c *certifyCommand) refuse(lacks []certify.Gap) error {
	code := exitUntested
	lines := []string{fmt.Sprintf("no certificate of level %s; to be fixed in this order:", c.Level)}
	for i, lack := range lacks {
		if lack.Kind == certify.Broken {
			code = exitBroken
		}
		if i < mostLacks {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, lack.Says))
		}
	}
	if n := len(lacks) - mostLacks; n > 0 {
		lines = append(lines, fmt.Sprintf("… and %d more: conform run --config %s --require-complete shows them", n, shellWord(c.Config)))
	}
	return &exit{code, strings.Join(lines, "\n")}
}
