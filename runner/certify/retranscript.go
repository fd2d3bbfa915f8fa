package certify

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// maxLine is the longest line of a transcript: an answer of 64 KiB, each byte escaped, has a tenth of it.
const maxLine = 8 << 20

// evidence is the digest of an exchange as a report shows it, without the command that sends it again.
type evidence [sha256.Size]byte

func evidenceOf(q schemas.Request, p *schemas.Response, f *schemas.Fault) evidence {
	text, err := json.Marshal(schemas.ExchangeReport{Request: q, Response: p, Fault: f})
	if err != nil {
		panic(err) // it was read from JSON
	}
	return sha256.Sum256(text)
}

// transcript checks that every line is written in the one way, was sent to the subject, and that the report shows no
// exchange that is not among them.
func (m remaking) transcript() error {
	f, err := os.Open(filepath.Join(m.dir, report.TranscriptFile))
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	met := map[evidence]bool{}
	host := hostOf(m.x.subject.URL)
	for n := 1; lines.Scan() && m.v.Code() != DoesNotHold; n++ {
		var x schemas.Exchange
		if json.Unmarshal(lines.Bytes(), &x) != nil || !bytes.Equal(writtenAgain(&x), replaced(lines.Bytes())) {
			m.differs("%s:%d is not written as a transcript is", report.TranscriptFile, n)
		} else if got := hostOf(x.Request.URL); got != host {
			m.v.fault(DoesNotHold, "%s:%d was sent to %s, and %s is about %s", report.TranscriptFile, n, got, SubjectFile, host)
		}
		met[evidenceOf(x.Request, x.Response, x.Fault)] = true
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		m.v.fault(DoesNotHold, "%s has a line of more than %d bytes", report.TranscriptFile, maxLine)
		return nil
	}
	if len(met) == 0 { // judgeAgain says that there is nothing to judge
		return lines.Err()
	}
	for i := range m.x.run.Cases {
		c := &m.x.run.Cases[i]
		if e := c.Exchange; e != nil && !met[evidenceOf(e.Request, e.Response, e.Fault)] {
			m.v.fault(DoesNotHold, "%s shows an exchange of %s that is not in %s", report.JSONFile, report.CaseID(c), report.TranscriptFile)
			break
		}
	}
	return lines.Err()
}

func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	return u.Scheme + "://" + u.Host
}

// writtenAgain is the line of an exchange.
func writtenAgain(x *schemas.Exchange) []byte {
	text, err := json.Marshal(x)
	if err != nil {
		return nil
	}
	var line bytes.Buffer
	if _, err := wording.JSON(&line).Write(text); err != nil {
		return nil
	}
	return replaced(line.Bytes())
}

// replaced writes U+FFFD for bytes that are not UTF-8, in one of the two spellings that encoding/json uses.
func replaced(line []byte) []byte { return bytes.ReplaceAll(line, []byte(`\ufffd`), []byte("\uFFFD")) }
