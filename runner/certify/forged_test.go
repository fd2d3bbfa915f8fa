package certify_test

import (
	"bytes"
	"crypto/ed25519"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// whitewash makes a run that broke something look as if it had not.
func whitewash(r *schemas.Report, transcript []byte) []byte {
	run := &r.Runs[0]
	for i := range run.Cases {
		c := &run.Cases[i]
		if c.Outcome == schemas.Broken || c.Outcome == schemas.NotJudged {
			c.Outcome, c.Findings, c.Why = schemas.Kept, nil, ""
		}
	}
	run.Counts = schemas.Counts{}
	for i := range run.Cases {
		run.Counts.Add(run.Cases[i].Outcome)
	}
	for i := range run.Clauses {
		if c := &run.Clauses[i]; c.State == string(schemas.Broken) {
			c.State = string(schemas.Kept)
		}
	}
	for i := range run.Codes {
		run.Codes[i].State = schemas.CodeAnswered
	}
	run.Verdict = schemas.Conformant
	r.Verdict = schemas.Conformant
	return transcript
}

// A signer can sign anything; the transcript betrays it.
func TestAReportThatTheTranscriptDoesNotGiveIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		mutant string
		forge  func(*schemas.Report, []byte) []byte
		says   string
	}{
		"findings left out": {"nonces-not-kept", whitewash, "nonce-used-twice [JSON, GET] is kept in the report, and broken now: NONCE-1"},
		"exchanges left out": {"", func(_ *schemas.Report, transcript []byte) []byte {
			return without(transcript, `"case":"nonce-used-twice"`)
		}, "nonce-used-twice [JSON, GET] is kept in the report, and not in the transcript"},
		"case left out of the report": {"", func(r *schemas.Report, transcript []byte) []byte {
			cases := &r.Runs[0].Cases
			*cases = slices.DeleteFunc(*cases, func(c schemas.CaseResult) bool { return c.Name == "nonce-used-twice" })
			return transcript
		}, "nonce-used-twice [JSON, GET] is in the transcript, and not in the report"},
		"case left out of both": {"", func(r *schemas.Report, transcript []byte) []byte {
			cases := &r.Runs[0].Cases
			*cases = slices.DeleteFunc(*cases, func(c schemas.CaseResult) bool { return c.Name == "nonce-used-twice" })
			return without(transcript, `"case":"nonce-used-twice"`)
		}, "the report has no case or clause nonce-used-twice"},
		"skipped": {"", func(r *schemas.Report, transcript []byte) []byte {
			for i := range r.Runs[0].Cases {
				if c := &r.Runs[0].Cases[i]; c.Name == "nonce-used-twice" {
					c.Outcome, c.Why = schemas.Skipped, "needs luck"
				}
			}
			return without(transcript, `"case":"nonce-used-twice"`)
		}, "does not bear out level core: the target file needs luck"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newSmallLab(t, "gateway", "NONCE-1")
			l.forge = c.forge
			var dir string
			if c.mutant != "" {
				dir = l.certified(schemas.RPC, mutant(t, c.mutant))
			} else {
				dir = l.certified(schemas.RPC)
			}
			v := l.verify(l.check(), dir)
			told := slices.ContainsFunc(v.Faults, func(f certify.Fault) bool { return f.Code == certify.DoesNotHold && strings.Contains(f.Says, c.says) })
			if v.Code() != certify.DoesNotHold || !told {
				t.Errorf("code %d, %s", v.Code(), says(v))
			}
		})
	}
}

// without leaves the lines out that hold a text.
func without(text []byte, part string) []byte {
	var kept [][]byte
	for line := range bytes.Lines(text) {
		if !bytes.Contains(line, []byte(part)) {
			kept = append(kept, line)
		}
	}
	return bytes.Join(kept, nil)
}

func TestATranscriptOfNothingCannotBeJudged(t *testing.T) {
	l := newSmallLab(t, "gateway")
	l.forge = func(_ *schemas.Report, _ []byte) []byte { return nil }
	if v := l.verify(l.check(), l.certified(schemas.RPC)); v.Code() != certify.CannotTell || !strings.Contains(says(v), "transcript.jsonl holds no single run") {
		t.Errorf("code %d, %s", v.Code(), says(v))
	}
}

// trap fails whatever wants to send.
type trap struct{ t *testing.T }

func (x trap) RoundTrip(r *http.Request) (*http.Response, error) {
	x.t.Errorf("something was sent to %s", r.URL)
	return nil, net.ErrClosed
}

// What checks a certificate does not know the one package that sends, and does not send in any other way.
func TestVerifyingSendsNothing(t *testing.T) {
	l := newSmallLab(t, "gateway")
	dir := l.certified(schemas.RPC)
	old := http.DefaultTransport
	http.DefaultTransport = trap{t}
	defer func() { http.DefaultTransport = old }()
	if v := l.verify(l.check(), dir); v.Code() != certify.Holds {
		t.Error(says(v))
	}
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	const module = "github.com/acsconform/acsconform"
	if deps := strings.Fields(string(out)); slices.Contains(deps, module+"/runner") || !slices.Contains(deps, module+"/suites") {
		t.Errorf("depends on the runner, or on nothing: %d packages", len(deps))
	}
}

func TestAnotherBookIsToldWithWhatWouldChange(t *testing.T) {
	for name, c := range map[string]struct {
		certificate func(*lab)            // what the certificate was made by
		here        func(b *certify.Book) // what this binary judges by
		says        []string
	}{
		"a clause is new": {
			certificate: func(l *lab) {
				l.book.Clauses = slices.DeleteFunc(slices.Clone(l.book.Clauses), func(c schemas.Clause) bool { return c.ID == "ROBUST-1" })
			},
			says: []string{"clauses differ", "clauses that are new: ROBUST-1", "cases that are new, and were not sent:", "nothing that was found would change"},
		},
		"a clause is gone": {
			here: func(b *certify.Book) {
				b.Clauses = slices.DeleteFunc(slices.Clone(b.Clauses), func(c schemas.Clause) bool { return c.ID == "ROBUST-1" })
			},
			says: []string{"clauses differ", "clauses that are gone: ROBUST-1", "cases that are gone:"},
		},
		"a rule is gone": {
			here: func(b *certify.Book) { b.Chapters[3].Rules = b.Chapters[3].Rules[1:] },
			says: []string{"cases differ", "nothing that was found would change"},
		},
		"a row has another message": {
			here: func(b *certify.Book) {
				p := *b.Profiles[4]
				p.Codes = slices.Clone(p.Codes)
				for i := range p.Codes {
					p.Codes[i].Message, p.Codes[i].Also = "Quite another text.", nil
				}
				b.Profiles = append(slices.Clone(b.Profiles[:4]), &p)
			},
			says: []string{"profiles differ", "the profile ess is another", "would change: ", "ERROR-10"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := newSmallLab(t, "ess", "ROBUST-1", "ROBUST-3", "ERROR-10")
			check := certify.Check{Key: l.key.Public().(ed25519.PublicKey), Book: certify.Here(), Now: issued}
			check.Book.Clauses = l.book.Clauses
			if c.certificate != nil {
				c.certificate(l)
			}
			dir := l.certified(schemas.RPC)
			if c.here != nil {
				c.here(&check.Book)
			}
			v := l.verify(check, dir)
			if v.Code() != certify.OtherBook || len(v.Faults) != 1 || !strings.HasPrefix(v.Faults[0].Says, "this binary judges by another book") {
				t.Errorf("code %d", v.Code())
			}
			for _, part := range c.says {
				if !strings.Contains(says(v), part) {
					t.Errorf("does not say %q", part)
				}
			}
			if t.Failed() {
				t.Log(says(v))
			}
		})
	}
}

func TestCoreAsksForNoMoreThanOneKey(t *testing.T) {
	l := newLab(t, "gateway")
	l.level = "core"
	l.oneKey = true
	if v := l.verify(l.check(), l.certified(schemas.RPC)); v.Code() != certify.Holds || v.Terms.Level != "core" {
		t.Errorf("core: code %d, %s", v.Code(), says(v))
	}
	l.level = "full"
	if v := l.verify(l.check(), l.certified(schemas.RPC)); v.Code() != certify.DoesNotHold || !strings.Contains(says(v), "credentials.inactive: {") {
		t.Errorf("full: code %d, %s", v.Code(), says(v))
	}
}

func TestAProfileOfOnesOwnComesWithTheCertificate(t *testing.T) {
	l := newSmallLab(t, "gateway")
	l.own = bytes.Replace(read(t, "../../fixtures/profiles/gateway.yaml"), []byte("name: gateway\n"), []byte("name: mine\nlike: gateway\n"), 1)
	file := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(file, l.own, 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if l.profile, err = fixtures.LoadProfile(file); err != nil {
		t.Fatal(err)
	}
	dir := l.certified(schemas.RPC)
	if v := l.verify(l.check(), dir); v.Code() != certify.Holds {
		t.Errorf("code %d, %s", v.Code(), says(v))
	}
}
