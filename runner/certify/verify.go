package certify

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Check is what a certificate is checked by.
type Check struct {
	Key  ed25519.PublicKey
	Book Book      // of this binary
	Now  time.Time // by this machine's clock
	// Version is that of this binary. What another version wrote in other words is no proof of a change; it is where none is known.
	Version string
}

// The largest files that are read as a whole. A report of five profiles in full has 5 MB.
const (
	maxEnvelope = 16 << 20
	maxReport   = 512 << 20
)

// Verify checks the certificate in a folder: the signature, every byte of every file, the expiry, and that the transcript,
// judged again, returns what the report says. It reads the folder and sends nothing. An error means that the folder cannot
// be read at all.
func (c Check) Verify(ctx context.Context, dir string) (*Verdict, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	v := &Verdict{}
	a, payload := c.open(v, dir)
	if a == nil {
		return v, nil
	}
	files, err := digests(dir)
	if err != nil {
		return nil, err
	}
	if checkFiles(v, a, files); len(v.Faults) > 0 {
		return v, nil
	}
	c.terms(v, a)
	return v, c.content(ctx, v, a, payload, dir)
}

// open verifies the signature, and returns the attestation and how it is written; nil means that nothing in the folder can be believed, and a fault says why.
func (c Check) open(v *Verdict, dir string) (*Attestation, []byte) {
	if info, err := os.Lstat(filepath.Join(dir, EnvelopeFile)); err != nil || !info.Mode().IsRegular() {
		v.fault(DoesNotHold, "%s is missing: there is no certificate in %s", EnvelopeFile, dir)
		return nil, nil
	} else if info.Size() > maxEnvelope {
		v.fault(DoesNotHold, "%s is larger than any", EnvelopeFile)
		return nil, nil
	}
	text, err := readFile(filepath.Join(dir, EnvelopeFile), maxEnvelope)
	if err != nil {
		v.fault(DoesNotHold, "%s", err)
		return nil, nil
	}
	e, err := openEnvelope(text)
	if err != nil {
		v.fault(DoesNotHold, "%s %s", EnvelopeFile, err)
		return nil, nil
	}
	if !e.signedBy(c.Key) {
		if other := e.claims(); other != nil && !other.Equal(c.Key) && e.signedBy(other) {
			v.fault(OtherKey, "signed with another key: %s, not with %s", Fingerprint(other), Fingerprint(c.Key))
		} else {
			v.fault(DoesNotHold, "%s was changed: its signature does not fit", EnvelopeFile)
		}
		return nil, nil
	}
	if !e.exact {
		v.fault(DoesNotHold, "%s was changed: it is not written as it was signed", EnvelopeFile)
		return nil, nil
	}
	var a Attestation
	if err := json.Unmarshal(e.payload, &a); err != nil || a.Type != attestationType || a.PredicateType != predicateType {
		v.fault(DoesNotHold, "%s is signed, but is no attestation of test results", EnvelopeFile)
		return nil, nil
	}
	return &a, e.payload
}

// claims returns the key that the payload names as its signer, which proves nothing by itself; nil where it names none.
func (e *envelope) claims() ed25519.PublicKey {
	var a Attestation
	if json.Unmarshal(e.payload, &a) != nil {
		return nil
	}
	r, _ := a.find(keyName)
	key, err := parsePublic(r.Content, EnvelopeFile)
	if err != nil {
		return nil
	}
	return key
}

// checkFiles holds the files of the folder against the digests that were signed.
func checkFiles(v *Verdict, a *Attestation, files map[string]string) {
	for _, p := range pinned {
		want, err := a.read(p.name, nil)
		switch got, there := files[p.name]; {
		case err != nil && p.name == ProfileFile:
			if there {
				v.fault(DoesNotHold, "%s is not part of the certificate", p.name)
			}
		case err != nil:
			v.fault(DoesNotHold, "%s is not pinned by the certificate", p.name)
		case !there:
			v.fault(DoesNotHold, "%s is missing", p.name)
		case got == "":
			v.fault(DoesNotHold, "%s is no plain file, or larger than any of a certificate", p.name)
		case got != want:
			v.fault(DoesNotHold, "%s was changed: its SHA-256 is %s, want %s", p.name, got[:12], want[:min(12, len(want))])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != EnvelopeFile && !isPinned(name) {
			v.fault(DoesNotHold, "%s is not part of the certificate", name)
		}
	}
}

// terms reads what was certified, and looks at the clock.
func (c Check) terms(v *Verdict, a *Attestation) {
	if _, err := a.read(termsName, &v.Terms); err != nil || v.Terms.Schema != certificateSchema {
		v.fault(DoesNotHold, "the attestation has no terms of a certificate")
		return
	}
	v.Warned = a.Predicate.WarnedTests
	switch {
	case !c.Now.Before(v.Terms.Expires):
		v.fault(Expired, "expired %s", v.Terms.Expires.Format(time.RFC3339))
	case c.Now.Before(v.Terms.Issued):
		v.fault(CannotTell, "issued %s, which is yet to come by this machine's clock; set the clock", v.Terms.Issued.Format(time.RFC3339))
	}
}

// content reads subject and report, which are as they were signed, and holds them against each other, against the
// attestation and against the transcript.
func (c Check) content(ctx context.Context, v *Verdict, a *Attestation, payload []byte, dir string) error {
	x, err := readContent(a, dir)
	if err != nil {
		v.fault(DoesNotHold, "%s", err)
		return nil
	}
	v.Subject, v.Tally, v.Suite = x.subject, x.tally, x.suite
	v.Notes = append(v.Notes, x.run.Notes...) // deviations that the target file states
	x.agree(v, a)
	if len(v.Faults) > 0 && v.Code() == DoesNotHold {
		return nil
	}
	level, known := LevelNamed(v.Terms.Level)
	if !known {
		v.fault(CannotTell, "level %q is not one of this suite's", v.Terms.Level)
		return nil
	}
	same := x.sameBook(c.Book)
	profile := c.profileOf(x)
	if profile == nil {
		v.fault(CannotTell, "this suite has no profile called %s", x.subject.Profile)
		return nil
	}
	if err := (remaking{c, v, x, level, profile, same, dir}).check(a, payload); err != nil {
		return err
	}
	lacks := c.Book.Gaps(level, profile, x.run, x.subject.NotApplicable)
	differences, err := c.judgeAgain(ctx, v, x, dir)
	if err != nil {
		return err
	}
	if same {
		clauses, cases := x.names()
		hereClauses, hereCases := c.names(x, profile)
		for _, name := range slices.Concat(without(hereClauses, clauses), without(hereCases, cases)) {
			v.fault(DoesNotHold, "the report has no case or clause %s", name)
		}
		for _, lack := range lacks {
			v.fault(DoesNotHold, "the report does not bear out level %s: %s", level.Name, lack.Says)
		}
		for _, line := range some(differences) {
			v.fault(DoesNotHold, "judged again: %s", line)
		}
		return nil
	}
	c.otherBook(v, x, profile, lacks, differences)
	return nil
}

// profileOf is the profile that the certificate names; nil where this binary has none of that name.
func (c Check) profileOf(x *content) *schemas.Profile {
	for _, p := range c.profilesFor(x) {
		if p.Name == x.subject.Profile {
			return p
		}
	}
	return nil
}

// profilesFor are the profiles to judge the transcript by: those of the book, and that of the folder where it has one.
func (c Check) profilesFor(x *content) []*schemas.Profile {
	if x.own == nil {
		return c.Book.Profiles
	}
	others := slices.DeleteFunc(slices.Clone(c.Book.Profiles), func(p *schemas.Profile) bool { return p.Name == x.own.Name })
	return append(others, x.own)
}
