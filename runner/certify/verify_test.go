package certify_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// The profile gateway in two styles, ROA among them; with ACSCONFORM_WHOLE set, as in make selftest, every profile, the styles in
// turn, and with ACSCONFORM_ALL every profile in every style.
func TestACertificateOfTheRightServerHolds(t *testing.T) {
	every, whole := os.Getenv("ACSCONFORM_ALL") != "", os.Getenv("ACSCONFORM_WHOLE") != ""
	for i, p := range fixtures.Profiles() {
		if p.Name != "gateway" && !whole && !every {
			continue
		}
		for j, style := range p.Styles {
			if !every && style != schemas.ROA && j != i%len(p.Styles) {
				continue
			}
			t.Run(fmt.Sprintf("%s-%s", p.Name, style), func(t *testing.T) {
				l := newLab(t, p.Name)
				v := l.verify(l.check(), l.certified(style))
				if v.Code() != certify.Holds {
					t.Fatalf("code %d: %s", v.Code(), says(v))
				}
				if v.Terms.Level != "full" || v.Subject.Product.Name != "Acme" || v.Tally.Rows.Answered != len(p.Codes) || !strings.Contains(says(v), "judged again") {
					t.Errorf("%+v, %+v, %s", v.Terms, v.Tally.Rows, says(v))
				}
			})
		}
	}
}

func TestAChangedByteIsNoticedAndItsFileNamed(t *testing.T) {
	l := newSmallLab(t, "gateway")
	dir := l.certified(schemas.RPC)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 7 {
		t.Fatalf("%d files", len(entries))
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		text := read(t, path)
		sparse := max(1, len(text)/100) // each costs the digests of the whole folder
		if e.Name() == certify.EnvelopeFile {
			sparse = 11 // in base64 a byte has one of four places
		} else if len(text) <= 1<<10 {
			sparse = 1
		}
		var step int
		for i := 0; i < len(text); i = next(i, step, len(text)) {
			spoils := []byte{1}
			step = sparse
			if e.Name() == certify.EnvelopeFile && (i < 64 || i > len(text)-256) {
				step = 1
				spoils = append(spoils, 0x20) // another letter case: JSON's decoder is blind to that of a member's name
			}
			for _, spoil := range spoils {
				put(t, path, i, text[i]^spoil)
				expectChanged(t, l, dir, e.Name(), fmt.Sprintf("byte %d of %d", i, len(text)))
			}
			if put(t, path, i, text[i]); t.Failed() {
				t.FailNow()
			}
		}
		for what, changed := range map[string][]byte{
			"a byte more": append(slices.Clone(text), ' '), "a byte less": text[:len(text)-1], "a byte before": append([]byte("\n"), text...), "nothing in it": nil,
		} {
			write(t, path, changed)
			expectChanged(t, l, dir, e.Name(), what)
		}
		write(t, path, text)
	}
	if v := l.verify(l.check(), dir); v.Code() != certify.Holds {
		t.Errorf("put back, it does not hold: %s", says(v))
	}
}

// put writes one byte of a file.
func put(t *testing.T, path string, at int, b byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{b}, int64(at)); err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// next goes on by a step, and never past the last byte without having been there.
func next(i, step, n int) int {
	if i < n-1 && i+step > n-1 {
		return n - 1
	}
	return i + step
}

func expectChanged(t *testing.T, l *lab, dir, name, what string) {
	t.Helper()
	v := l.verify(l.check(), dir)
	if v.Code() != certify.DoesNotHold || len(v.Faults) != 1 || !strings.HasPrefix(v.Faults[0].Says, name+" ") {
		t.Errorf("%s, %s: code %d, %q", name, what, v.Code(), says(v))
	}
}

func TestAnotherSpellingOfTheEnvelopeIsNoticed(t *testing.T) {
	l := newSmallLab(t, "gateway")
	dir := l.certified(schemas.RPC)
	path := filepath.Join(dir, certify.EnvelopeFile)
	text := read(t, path)
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", " "); err != nil {
		t.Fatal(err)
	}
	for what, changed := range map[string]string{
		"indented":              indented.String(),
		"a member more":         strings.Replace(string(text), `{"payloadType"`, `{"a":1,"payloadType"`, 1),
		"a member twice":        strings.Replace(string(text), `{"payloadType"`, `{"payloadType":"x","payloadType"`, 1),
		"a key id":              strings.Replace(string(text), `"keyid":""`, `"keyid":"k"`, 1),
		"base64 for URLs":       strings.NewReplacer("+", "-", "/", "_").Replace(string(text)),
		"something behind":      string(text) + "{}",
		"two signatures":        strings.Replace(string(text), `"signatures":[`, `"signatures":[{"keyid":"","sig":"AA=="},`, 1),
		"no signature":          regexp.MustCompile(`"signatures":.*`).ReplaceAllString(string(text), `"signatures":[]}`),
		"another payload type":  strings.Replace(string(text), "vnd.in-toto+json", "vnd.other+json", 1),
		"no JSON":               "certificate",
		"an object of no sense": `{"payload":{}}`,
	} {
		if changed == string(text) {
			t.Errorf("%s: nothing changed", what)
		}
		write(t, path, []byte(changed))
		expectChanged(t, l, dir, certify.EnvelopeFile, what)
	}
}

func TestFilesMoreOrLessAreNamed(t *testing.T) {
	l := newSmallLab(t, "gateway")
	once := l.certified(schemas.RPC)
	for what, c := range map[string]struct {
		name string
		do   func(path string) error
	}{
		"missing":           {"badge.svg", os.Remove},
		"envelope missing":  {certify.EnvelopeFile, os.Remove},
		"one more":          {"notes.txt", func(path string) error { return os.WriteFile(path, nil, 0o644) }},
		"a folder":          {"more", func(path string) error { return os.Mkdir(path, 0o755) }},
		"a profile":         {certify.ProfileFile, func(path string) error { return os.WriteFile(path, nil, 0o644) }},
		"a link":            {"statement.md", linked},
		"an envelope moved": {certify.EnvelopeFile, linked},
	} {
		t.Run(what, func(t *testing.T) {
			dir := copied(t, once)
			if err := c.do(filepath.Join(dir, c.name)); err != nil {
				t.Fatal(err)
			}
			expectChanged(t, l, dir, c.name, what)
		})
	}
	if _, err := l.check().Verify(t.Context(), filepath.Join(t.TempDir(), "no")); err == nil {
		t.Error("a folder that is not there is no error")
	}
}

// linked puts a link in the place of a file.
func linked(path string) error {
	elsewhere := path + ".elsewhere"
	elsewhere = filepath.Join(filepath.Dir(filepath.Dir(path)), filepath.Base(elsewhere))
	if err := os.Rename(path, elsewhere); err != nil {
		return err
	}
	return os.Symlink(elsewhere, path)
}

func TestExpiryIsToldByTheClockGiven(t *testing.T) {
	l := newSmallLab(t, "gateway")
	dir := l.certified(schemas.RPC)
	for what, c := range map[string]struct {
		check func(certify.Check) certify.Check
		code  certify.Code
		says  string
	}{
		"its last second": {func(c certify.Check) certify.Check { c.Now = issued.Add(valid - 1); return c }, certify.Holds, "judged again"},
		"expired":         {func(c certify.Check) certify.Check { c.Now = issued.Add(valid); return c }, certify.Expired, "expired 2027-05-24T12:00:00Z"},
		"yet to come":     {func(c certify.Check) certify.Check { c.Now = issued.Add(-1); return c }, certify.CannotTell, "set the clock"},
	} {
		if v := l.verify(c.check(l.check()), dir); v.Code() != c.code || !strings.Contains(says(v), c.says) {
			t.Errorf("%s: code %d, %s", what, v.Code(), says(v))
		}
	}
}

func TestAnotherKeyIsToldApartFromAChange(t *testing.T) {
	l := newSmallLab(t, "gateway")
	dir := l.certified(schemas.RPC)
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := l.check()
	c.Key = public
	v := l.verify(c, dir)
	if v.Code() != certify.OtherKey || !strings.Contains(says(v), certify.Fingerprint(public)) || !strings.Contains(says(v), certify.Fingerprint(l.key.Public().(ed25519.PublicKey))) {
		t.Errorf("code %d, %s", v.Code(), says(v))
	}
	path := filepath.Join(dir, certify.EnvelopeFile)
	text := read(t, path)
	text[len(text)/2] ^= 1
	write(t, path, text)
	if v := l.verify(c, dir); v.Code() != certify.DoesNotHold {
		t.Errorf("changed and of another key: code %d, %s", v.Code(), says(v))
	}
}
