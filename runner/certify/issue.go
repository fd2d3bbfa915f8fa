package certify

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// Issue is all that a certificate is made of, but for the transcript, which is in the draft already. The report has one
// run, of which Book.Lacks lists nothing, and the result of the self-test.
type Issue struct {
	Book        Book
	Level       Level
	Subject     schemas.Subject
	Profile     *schemas.Profile
	ProfileText []byte // the file of a profile that is not one of the suite's; nil for one that is
	Build       Build
	Report      *schemas.Report
	Issued      time.Time
	Valid       time.Duration
	Key         ed25519.PrivateKey
}

// Write writes every file but the transcript into a draft, and signs.
func (o Issue) Write(d *Draft) error {
	var err error
	if o.Report, err = reread(o.Report); err != nil {
		return err
	}
	for _, file := range o.texts() {
		if err := d.write(file.name, file.write); err != nil {
			return err
		}
	}
	if o.ProfileText != nil {
		if err := d.write(ProfileFile, func(w io.Writer) error { _, err := w.Write(o.ProfileText); return err }); err != nil {
			return err
		}
	}
	a, err := o.attestation(d, o.Key.Public().(ed25519.PublicKey))
	if err != nil {
		return err
	}
	var payload bytes.Buffer
	if err := writeJSON(&payload, a); err != nil {
		return err
	}
	text, err := seal(bytes.TrimSpace(payload.Bytes()), o.Key)
	if err != nil {
		return err
	}
	return d.write(EnvelopeFile, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// reread returns a report as it is read from its file, so that everything derived from it can be derived again: what is not UTF-8 is
// replaced in a file of JSON.
func reread(r *schemas.Report) (*schemas.Report, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	again := &schemas.Report{}
	return again, json.Unmarshal(text, again)
}

// A textFile is a file that is made of the order alone.
type textFile struct {
	name  string
	write func(io.Writer) error
}

// texts are the files that can be made again.
func (o Issue) texts() []textFile {
	return []textFile{
		{SubjectFile, func(w io.Writer) error { return writeJSON(w, o.Subject) }},
		{report.JSONFile, func(w io.Writer) error { return report.WriteJSON(w, o.Report) }},
		{BadgeFile, func(w io.Writer) error { return writeBadge(w, badgeLevel(o.Level.Name, o.Report), o.Issued) }},
		{report.HTMLFile, func(w io.Writer) error {
			return report.HTML{Clauses: o.Book.Clauses, Titles: map[string]string{o.Profile.Name: o.Profile.Title}}.Write(w, o.Report)
		}},
		{StatementFile, func(w io.Writer) error {
			return report.Statement{Clauses: o.Book.Clauses, Subject: &o.Subject}.Write(w, o.Report)
		}},
	}
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// attestation describes what is certified, of the files in the draft.
func (o Issue) attestation(d *Draft, public ed25519.PublicKey) (*Attestation, error) {
	files, err := o.files(d)
	if err != nil {
		return nil, err
	}
	key, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, err
	}
	run := &o.Report.Runs[0]
	a := &Attestation{Type: attestationType, PredicateType: predicateType, Predicate: testResult(run)}
	a.Subject = []Resource{{Name: SubjectFile, URI: o.Subject.URL, Digest: files[0].Digest}}
	if build := o.Subject.Product.Build; build != "" {
		algorithm, digest, _ := strings.Cut(build, ":")
		a.Subject = append(a.Subject, Resource{Name: strings.TrimSpace(o.Subject.Product.Name + " " + o.Subject.Product.Version), Digest: map[string]string{algorithm: digest}})
	}
	issued := o.Issued.UTC().Truncate(time.Second)
	terms := describe(termsName, "", Terms{certificateSchema, o.Level.Name, issued, issued.Add(o.Valid)})
	terms.URI = termsURI
	suite := describe(suiteName, o.Build.SHA256, o.Build)
	suite.URI = "pkg:golang/github.com/acsconform/acsconform@" + url.PathEscape(o.Build.Version)
	book, tables := o.Book.Digests(), o.tables()
	s := o.Report.Selftest
	signing := describe(keyName, fmt.Sprintf("%x", sha256.Sum256(key)), nil)
	signing.Content = key
	a.Predicate.Configuration = append([]Resource{
		terms, suite,
		describe(bookName, book.Whole(), book), tables,
		describe(profileName, digestOf(o.Profile), map[string]string{"name": o.Profile.Name, "title": o.Profile.Title, "source": o.Profile.Source}),
		describe(selftestName, s.Digest, map[string]int{"right": s.Right, "mutants": s.Mutants, "oddities": s.Oddities}),
		signing,
	}, files...)
	return a, nil
}

func (o Issue) tables() Resource {
	digest, rows := o.Book.Tables()
	return describe(tablesName, digest, map[string]int{"rows": rows})
}

// files describes the files of the draft, in the order in which they are pinned.
func (o Issue) files(d *Draft) ([]Resource, error) {
	var all []Resource
	for _, p := range pinned {
		if p.name == ProfileFile && o.ProfileText == nil {
			continue
		}
		digest, err := FileDigest(filepath.Join(d.dir, p.name))
		if err != nil {
			return nil, err
		}
		var annotations any
		switch p.name {
		case report.JSONFile:
			annotations = tallyOf(&o.Report.Runs[0])
		case report.TranscriptFile:
			annotations = map[string]bool{"redacted": true} // secrets are left out
		}
		r := describe(p.name, digest, annotations)
		r.MediaType = p.mediaType
		all = append(all, r)
	}
	return all, nil
}

// testResult returns the predicate of a run in which no MUST is broken: its tests are the clauses that were looked at.
func testResult(run *schemas.Run) TestResult {
	t := TestResult{Result: resultPassed, PassedTests: []string{}, WarnedTests: []string{}, FailedTests: []string{}}
	for _, c := range run.Clauses {
		switch c.State {
		case string(schemas.Kept):
			t.PassedTests = append(t.PassedTests, c.ID)
		case string(schemas.Warned):
			t.WarnedTests = append(t.WarnedTests, c.ID)
			t.Result = resultWarned
		}
	}
	return t
}
