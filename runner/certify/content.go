package certify

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// content is what the files of a certificate say.
type content struct {
	subject schemas.Subject
	run     *schemas.Run
	report  schemas.Report
	tally   Tally
	suite   Build
	own     *schemas.Profile // of the folder; nil when it is one of the suite's
	book    string           // digest
	parts   Digests
	profile string // digest
}

func readContent(a *Attestation, dir string) (*content, error) {
	x := &content{}
	if err := readJSON(filepath.Join(dir, SubjectFile), file.Subject, &x.subject); err != nil {
		return nil, err
	}
	if err := readJSON(filepath.Join(dir, report.JSONFile), file.Report, &x.report); err != nil {
		return nil, err
	}
	if len(x.report.Runs) != 1 {
		return nil, fmt.Errorf("%s has %d runs, want one", report.JSONFile, len(x.report.Runs))
	}
	x.run = &x.report.Runs[0]
	if _, err := a.read(ProfileFile, nil); err == nil {
		if x.own, err = fixtures.LoadProfile(filepath.Join(dir, ProfileFile)); err != nil {
			return nil, err
		}
	}
	var err error
	for _, part := range []struct {
		name        string
		annotations any
		digest      *string
	}{
		{bookName, &x.parts, &x.book}, {profileName, nil, &x.profile}, {suiteName, &x.suite, &x.suite.SHA256}, {report.JSONFile, &x.tally, new(string)},
	} {
		if *part.digest, err = a.read(part.name, part.annotations); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func readJSON(path string, kind file.Kind, v any) error {
	text, err := readFile(path, maxReport)
	if err != nil {
		return err
	}
	if err := file.CheckJSON(kind, text); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return json.Unmarshal(text, v)
}

// agree holds the attestation, the subject and the report against each other.
func (x *content) agree(v *Verdict, a *Attestation) {
	say := func(ok bool, format string, args ...any) {
		if !ok {
			v.fault(DoesNotHold, format, args...)
		}
	}
	digest, _ := a.read(SubjectFile, nil)
	say(len(a.Subject) > 0 && a.Subject[0].Digest["sha256"] == digest, "the attestation is about something else than %s", SubjectFile)
	t := x.run.Target
	say(t == schemas.RunTarget{URL: x.subject.URL, Profile: x.subject.Profile, Style: x.subject.Style},
		"%s is about %s (%s, %s), and %s about %s (%s, %s)", SubjectFile, x.subject.URL, x.subject.Profile, x.subject.Style, report.JSONFile, t.URL, t.Profile, t.Style)
	say(reflect.DeepEqual(x.tally, tallyOf(x.run)), "the counts that were signed are not those of %s", report.JSONFile)
	said := testResult(x.run)
	say(said.Result == a.Predicate.Result && slices.Equal(said.PassedTests, a.Predicate.PassedTests) && slices.Equal(said.WarnedTests, a.Predicate.WarnedTests),
		"the result that was signed is not that of %s", report.JSONFile)
	say(x.report.Suite.Book == x.book, "the book that was signed is not that of %s", report.JSONFile)
	say(x.own == nil || digestOf(x.own) == x.profile && x.own.Name == x.subject.Profile, "%s is not the profile that was signed", ProfileFile)
	say(x.report.Selftest != nil && len(x.report.Selftest.Misses) == 0, "%s tells of no self-test that passed", report.JSONFile)
}

// sameBook reports whether a book judges as the certificate's did.
func (x *content) sameBook(b Book) bool {
	if x.own == nil {
		i := slices.IndexFunc(b.Profiles, func(p *schemas.Profile) bool { return p.Name == x.subject.Profile })
		if i < 0 || digestOf(b.Profiles[i]) != x.profile {
			return false
		}
	}
	return b.Digests().Whole() == x.book
}
