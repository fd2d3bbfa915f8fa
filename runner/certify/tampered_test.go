package certify_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"encoding/json"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// A tampering changes a text in a file of a certificate, or of what is signed, which is signed again with the right key
// and the right digests.
type tampering struct{ file, old, fresh string }

const (
	signedText = "what is signed"
	script     = "<script>alert(1)</script>"
)

var tamperings = map[string]tampering{
	"a script in the page":                {"report.html", "</body>", script + "</body>"},
	"a style in the page":                 {"report.html", "</head>", "<style>.broken{display:none}</style></head>"},
	"another policy of the page":          {"report.html", "default-src", "img-src *; default-src"},
	"a remark in the page":                {"report.html", "</body>", "<!-- all is well --></body>"},
	"another verdict of the page":         {"report.html", "conformant", "Conformant"},
	"a script in the statement":           {"statement.md", "# Conformance statement\n", "# Conformance statement\n" + script},
	"a link in the statement":             {"statement.md", "# Conformance statement\n", "# Conformance statement\n[more](javascript:alert(1))"},
	"a praise in the statement":           {"statement.md", "# Conformance statement\n", "# Conformance statement\n\nCertified by everybody.\n"},
	"another number in the statement":     {"statement.md", " cases kept", "0 cases kept"},
	"a script in the badge":               {"badge.svg", "</svg>", "<script>alert(1)</script></svg>"},
	"a handler in the badge":              {"badge.svg", "<svg ", `<svg onload="alert(1)" `},
	"another level on the badge":          {"badge.svg", "core ", "full "},
	"a picture in the badge":              {"badge.svg", "</svg>", `<image href="https://h/"/></svg>`},
	"a member twice in the report":        {"report.json", `"verdict":"conformant"`, `"verdict":"conformant","verdict":"conformant"`},
	"a member in another letter case":     {"report.json", `"verdict":"conformant"`, `"verdict":"conformant","Verdict":"conformant"`},
	"blanks in the report":                {"report.json", `{"schema"`, `{ "schema"`},
	"another reason in the report":        {"report.json", `"outcome":"kept"`, `"outcome":"kept","why":"all is well"`},
	"another place of a case":             {"report.json", `"source":"suites/`, `"source":"elsewhere/`},
	"another exchange in the report":      {"report.json", `"status":400`, `"status":401`},
	"more in an answer of the report":     {"report.json", `is mandatory for this action.`, `is mandatory for this action!`},
	"a member twice in the subject":       {"subject.json", `"profile":"gateway"`, `"profile":"gateway","profile":"gateway"`},
	"another name first in the subject":   {"subject.json", `"url":"http://127.0.0.1/"`, `"url":"http://other/","url":"http://127.0.0.1/"`},
	"another target in both":              {"transcript.jsonl", `"url":"http://127.0.0.1/`, `"url":"http://127.0.0.2/`},
	"a member twice in the transcript":    {"transcript.jsonl", `"request":{`, `"request":{},"request":{`},
	"a member more in the transcript":     {"transcript.jsonl", `{"asked":`, `{"word":1,"asked":`},
	"a line more in the transcript":       {"transcript.jsonl", `{"asked":`, "{}\n{\"asked\":"},
	"a test that failed beside PASSED":    {signedText, `"failedTests":[]`, `"failedTests":["NONCE-1"]`},
	"no list of tests that failed":        {signedText, `,"failedTests":[]`, ``},
	"a further subject":                   {signedText, `"subject":[`, `"subject":[{"name":"other","digest":{"sha256":"00"}},`},
	"a further subject behind":            {signedText, `],"predicateType"`, `,{"name":"other","digest":{"sha256":"00"}}],"predicateType"`},
	"another digest of the build":         {signedText, strings.Repeat("2", 64), strings.Repeat("3", 64)},
	"a result twice":                      {signedText, `"result":"PASSED"`, `"result":"FAILED","result":"PASSED"`},
	"a member that nobody knows":          {signedText, `"result":"PASSED"`, `"result":"PASSED","url":"https://h/"`},
	"a descriptor twice":                  {signedText, `"configuration":[`, `"configuration":[{"name":"key","content":"AAAA"},`},
	"a descriptor twice behind":           {signedText, `],"passedTests"`, `,{"name":"key","content":"AAAA"}],"passedTests"`},
	"a descriptor that nobody knows":      {signedText, `],"passedTests"`, `,{"name":"also","uri":"https://h/"}],"passedTests"`},
	"a term twice":                        {signedText, `"level":"core"`, `"level":"full","level":"core"`},
	"a term that nobody knows":            {signedText, `"level":"core"`, `"level":"core","for":"everything"`},
	"another page of terms":               {signedText, `github.com/acsconform/acsconform#certificates`, `h/#certificates`},
	"another media type":                  {signedText, `"image/svg+xml"`, `"text/html"`},
	"another self-test":                   {signedText, `{"mutants":1,`, `{"mutants":999,`},
	"another title of the profile":        {signedText, `"name":"gateway","source"`, `"name":"other","source"`},
	"a further algorithm":                 {signedText, `"badge.svg","digest":{`, `"badge.svg","digest":{"md5":"00",`},
	"a link beside a file":                {signedText, `"badge.svg","digest"`, `"badge.svg","uri":"https://h/badge.svg","digest"`},
	"blanks in what is signed":            {signedText, `{"_type"`, `{ "_type"`},
	"a transcript that is said to be raw": {signedText, `{"redacted":true}`, `{"redacted":false}`},
}

// Nothing that a holder of the key adds to what people and programs read is believed.
func TestATamperedCertificateNeverHolds(t *testing.T) {
	l := newSmallLab(t, "gateway")
	once := l.certified(schemas.RPC)
	if v := l.verify(l.check(), once); v.Code() != certify.Holds {
		t.Fatal(says(v))
	}
	for what, c := range tamperings {
		t.Run(what, func(t *testing.T) {
			dir := copied(t, once)
			_, payload := envelopeOf(t, dir)
			signed := string(payload)
			replace := func(text string) string {
				if !strings.Contains(text, c.old) {
					t.Fatalf("%s has no %s", c.file, c.old)
				}
				return strings.Replace(text, c.old, c.fresh, 1)
			}
			if c.file == signedText {
				signed = replace(signed)
			} else {
				path := filepath.Join(dir, c.file)
				before := read(t, path)
				after := []byte(replace(string(before)))
				write(t, path, after)
				signed = strings.ReplaceAll(signed, digestIs(before), digestIs(after))
			}
			signPayload(t, l, dir, signed)
			if v := l.verify(l.check(), dir); v.Code() == certify.Holds || v.Code() == certify.OtherKey || strings.Contains(says(v), "SHA-256") {
				t.Errorf("code %d, %s", v.Code(), says(v))
			}
		})
	}
}

func digestIs(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func signPayload(t *testing.T, l *lab, dir, payload string) {
	t.Helper()
	signer, err := dsse.NewEnvelopeSigner(pen{l.key})
	if err != nil {
		t.Fatal(err)
	}
	e, err := signer.SignPayload(t.Context(), "application/vnd.in-toto+json", []byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, certify.EnvelopeFile), append(text, '\n'))
}

// What is not pinned is not opened: a file of 200 GiB that would take minutes to read, in the place of one or beside.
func TestALargeFileIsNotRead(t *testing.T) {
	l := newSmallLab(t, "gateway")
	once := l.certified(schemas.RPC)
	for _, name := range []string{"more.bin", "badge.svg", "report.json", "report.html", "statement.md", "subject.json", "transcript.jsonl", certify.ProfileFile, certify.EnvelopeFile} {
		dir := copied(t, once)
		path := filepath.Join(dir, name)
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Truncate(200 << 30); err != nil {
			t.Skip(err)
		}
		_ = f.Close()
		expectChanged(t, l, dir, name, "200 GiB")
	}
}
