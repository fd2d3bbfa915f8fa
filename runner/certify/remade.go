package certify

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// remaking makes the files of a certificate again and compares them byte for byte, so that nobody reads what was not
// judged: a script in a page, a member written twice, a test that failed beside a result that says "passed".
type remaking struct {
	c       Check
	v       *Verdict
	x       *content
	level   Level
	profile *schemas.Profile
	same    bool // the book is this binary's
	dir     string
}

// check compares every file that people and programs read, and what was signed.
func (m remaking) check(a *Attestation, payload []byte) error {
	issue := Issue{Book: m.c.Book, Level: m.level, Subject: m.x.subject, Profile: m.profile, Build: m.x.suite, Report: &m.x.report,
		Issued: m.v.Terms.Issued, Valid: m.v.Terms.Expires.Sub(m.v.Terms.Issued)}
	if m.x.own != nil {
		issue.ProfileText = []byte{}
	}
	for _, file := range issue.texts() {
		if (file.name == report.HTMLFile || file.name == StatementFile) && !m.same {
			continue // they quote the book
		}
		if err := m.file(file); err != nil {
			return err
		}
	}
	if err := m.transcript(); err != nil {
		return err
	}
	return m.signed(issue, a, payload)
}

// file compares one file.
func (m remaking) file(f textFile) error {
	was, err := readFile(filepath.Join(m.dir, f.name), maxReport)
	if err != nil {
		return err
	}
	var is bytes.Buffer
	if err := f.write(&is); err != nil {
		return err
	}
	if !bytes.Equal(was, is.Bytes()) {
		m.differs("%s is not what is made of the report: it differs %s", f.name, differsAt(was, is.Bytes()))
	}
	return nil
}

// differs is a fault; where another version made the certificate, the difference may be the version's.
func (m remaking) differs(format string, args ...any) {
	if m.c.Version != "" && m.c.Version != m.x.suite.Version {
		m.v.fault(CannotTell, format+"; verify by acsconform %s, which made it", append(args, m.x.suite.Version)...)
		return
	}
	m.v.fault(DoesNotHold, format, args...)
}

// differsAt describes where two texts part.
func differsAt(was, is []byte) string {
	n := 0
	for n < min(len(was), len(is)) && was[n] == is[n] {
		n++
	}
	return fmt.Sprintf("in line %d", 1+bytes.Count(was[:n], []byte("\n")))
}

// signed compares the attestation with the one that is made of the files. What describes another book is taken as it is.
func (m remaking) signed(issue Issue, a *Attestation, payload []byte) error {
	is, err := issue.attestation(&Draft{dir: m.dir}, m.c.Key)
	if err != nil {
		return err
	}
	for i, r := range is.Predicate.Configuration {
		if was, ok := a.find(r.Name); ok && !m.same && slices.Contains([]string{bookName, tablesName, profileName}, r.Name) {
			is.Predicate.Configuration[i] = was
		}
	}
	var text bytes.Buffer
	if err := writeJSON(&text, is); err != nil {
		return err
	}
	if is := bytes.TrimSpace(text.Bytes()); !bytes.Equal(is, payload) {
		m.differs("what was signed is not what is made of the files: %s", parting(payload, is))
	}
	return nil
}

// parting shows the texts around the place where they part.
func parting(was, is []byte) string {
	const around = 24
	n := 0
	for n < min(len(was), len(is)) && was[n] == is[n] {
		n++
	}
	part := func(text []byte) []byte { return text[max(0, n-around):min(len(text), n+around)] }
	return fmt.Sprintf("got %q, want %q", part(was), part(is))
}
