package main

import (
	"cmp"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/suites/wording"
)

// verifyCommand is conform verify.
type verifyCommand struct {
	Folder string `arg:"" help:"Folder of the certificate, as conform certify wrote it."`
	Key    string `required:"" placeholder:"F" help:"Public key to check by (conform-key.pub.pem), from somebody you trust and not from the folder."`

	output.Flags `embed:"" set:"forms=text"`
}

// Help describes what the exit codes mean.
func (c *verifyCommand) Help() string {
	return "Exit codes: 0 the certificate holds; 1 it does not: something was changed, or the report does not " +
		"follow from the transcript; 2 wrong usage; 3 could not tell; 4 expired; 5 signed with another key; 6 this binary judges by another book. " +
		"Where several apply, the lowest."
}

// Run checks a certificate and says what it stands for.
func (c *verifyCommand) Run(w *env) error { return w.printed(&c.Flags, c.print) }

func (c *verifyCommand) print(w *env) error {
	key, err := certify.ReadPublicKey(c.Key)
	if err != nil {
		return wrong("--key: %s", err)
	}
	ctx, stop := interruptible()
	defer stop()
	v, err := certify.Check{Key: key, Book: certify.Here(), Now: w.now(), Version: suiteVersion()}.Verify(ctx, c.Folder)
	switch {
	case ctx.Err() != nil:
		return untested("interrupted")
	case err != nil:
		return wrong("%s", err)
	}
	if v.Subject.URL != "" {
		w.certified(v)
	}
	for _, note := range v.Notes {
		w.printf("  %s\n", wording.Plain(note))
	}
	if v.Code() == certify.Holds {
		w.printf("holds: signed with %s\n", certify.Fingerprint(key))
		return nil
	}
	lines := make([]string, len(v.Faults))
	for i, f := range v.Faults {
		lines[i] = f.Says
	}
	return &exit{int(v.Code()), strings.Join(lines, "\n")}
}

// certified describes what a certificate is about, and what it stands for.
func (w *env) certified(v *certify.Verdict) {
	s, t := v.Subject, v.Terms
	w.printf("%s  level %s  %s/%s  %s\n", wording.Plain(strings.TrimSpace(cmp.Or(s.Product.Name, "no product named")+" "+s.Product.Version)), t.Level, s.Profile, s.Style, wording.Plain(s.URL))
	if s.Product.Build != "" {
		w.printf("  build        %s (the operator's word)\n", wording.Plain(s.Product.Build))
	}
	w.printf("  issued       %s, expires %s, by acsconform %s\n", t.Issued.Format(time.RFC3339), t.Expires.Format(time.RFC3339), wording.Plain(v.Suite.Version))
	kept := 0
	for _, clause := range v.Tally.Clauses {
		if clause.State == "kept" {
			kept++
		}
	}
	w.printf("  clauses      %d kept", kept)
	if len(v.Warned) > 0 {
		w.printf(", warned: %s", wording.Plain(strings.Join(v.Warned, ", ")))
	}
	w.printf("\n  rows         %d of %d answered", v.Tally.Rows.Answered, v.Tally.Rows.All)
	if n := len(s.NotApplicable); n > 0 {
		w.printf(", %d declared not applicable", n)
	}
	w.printf("\n")
}
