package body

import (
	"bytes"
	"github.com/acsconform/acsconform/schemas"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// xmllint runs the oracle on a file. It returns what it printed, and whether it exited with 0.
func xmllint(t *testing.T, args ...string) (printed string, ok bool) {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed (Debian package libxml2-utils)")
	}
	var out bytes.Buffer
	cmd := exec.Command(program, append([]string{"--noout", "--nonet"}, args...)...)
	cmd.Stderr = &out
	err = cmd.Run()
	return out.String(), err == nil
}

// TestXMLAgreesWithXMLLint: a body has a flaw of the grammar exactly where libxml2 complains. What libxml2 lets
// pass because it is more than XML 1.0, or because it is a rule of the convention only, is no flaw of the grammar.
func TestXMLAgreesWithXMLLint(t *testing.T) {
	grammar := []FlawKind{FlawSyntax, FlawTrailing, FlawEntity}
	file := filepath.Join(t.TempDir(), "body.xml")
	compared := 0
	compare := func(name, body string) {
		e := Open([]byte(body))
		if e == nil || e.Format != schemas.XML {
			t.Errorf("%s: not opened as XML: %.80q", name, body)
			return
		}
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		printed, ok := xmllint(t, file)
		sound := ok && printed == ""
		broken := slices.ContainsFunc(kinds(e), func(k FlawKind) bool { return slices.Contains(grammar, k) })
		if broken == sound {
			t.Errorf("%s: faults %v, xmllint says %q\n%.200q", name, e.Faults, printed, body)
		}
		compared++
	}
	// Not a matter of the grammar alone: encodings that are declared or sent, DTDs, which libxml2 reads, and a name
	// that XML 1.0 reserves without forbidding it, of which libxml2 warns.
	apart := []string{"GBK sent", "utf8 declared", "UTF-16", "DOCTYPE and entity", "DOCTYPE that is not sound", "instruction named xmlish"}
	for _, r := range xmlReadings {
		if !slices.Contains(apart, r.name) {
			compare(r.name, withDeclarations(r.body))
		}
	}
	files, err := filepath.Glob("testdata/xml/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in testdata/xml: %v", err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, document := range strings.Split(strings.TrimSuffix(string(body), "\n"), "\n") {
			compare(name+" line "+string(rune('1'+i%9)), strings.ReplaceAll(document, "␤", "\n"))
		}
	}
	if compared < 60 {
		t.Errorf("%d documents compared, want at least 60", compared)
	}
}

// structureSample is an XML envelope and whether the structure of its shape takes it.
type structureSample struct {
	body string
	fits bool
}

// TestStructuresAgreeWithXMLLint: libxml2 finds with the structure what CheckError, CheckSuccess and Open find
// without it.
func TestStructuresAgreeWithXMLLint(t *testing.T) {
	full := func(inner string) string {
		return `<KMS>` + inner + `<Code>X</Code><Message>m</Message><RequestId>1</RequestId></KMS>`
	}
	ess := func(inner string) string {
		return `<Error>` + inner + `<RequestId>1</RequestId><HostId>h</HostId></Error>`
	}
	checkStructure(t, kmsShape, ErrorStructure(kmsShape), (*Shapes).CheckError, []structureSample{
		{full(`<HttpStatus>404</HttpStatus>`), true},
		{full(`<HttpStatus>404</HttpStatus><HostId>h</HostId><Recommend>u</Recommend>`), true},
		{full(`<Item/><Item>1</Item><HttpStatus>404</HttpStatus><Item><a>b</a></Item>`), true},
		{full(``), false},
		{full(`<HttpStatus></HttpStatus>`), false},
		{full(`<HttpStatus>4xx</HttpStatus>`), false},
		{full(`<HttpStatus>404</HttpStatus><HttpStatus>404</HttpStatus>`), false},
		{full(`<HttpStatus>404</HttpStatus><HostId>h</HostId><HostId>i</HostId>`), false},
		{full(`<HttpStatus>404</HttpStatus><HostId><a/></HostId>`), false},
		{full(`<HttpStatus a="1">404</HttpStatus>`), false},
		{`<Fault><HttpStatus>404</HttpStatus><Code>X</Code><Message>m</Message><RequestId>1</RequestId></Fault>`, false},
	})
	checkStructure(t, essShape, ErrorStructure(essShape), (*Shapes).CheckError, []structureSample{
		{ess(`<Code>X</Code><Message>m</Message>`), true},
		{ess(`<Message>m</Message><Code>X</Code>`), true},
		{ess(`<Message><![CDATA[<m>]]></Message><Code>X<!-- c --></Code>`), true},
		{ess(`<Code>X</Code>`), false},
		{ess(`<Code>X</Code><message>m</message>`), false},
		{ess(`<Code> </Code><Message>m</Message>`), false},
		{ess(`<Code>X</Code><Message>m<br/></Message>`), false},
		{ess(`<Code>X</Code><Message>m</Message><Code>X</Code>`), false},
	})
	checkStructure(t, kmsShape, SuccessStructure(kmsShape), (*Shapes).CheckSuccess, []structureSample{
		{`<ActionResponse><RequestId>1</RequestId></ActionResponse>`, true},
		{`<ActionResponse><Keys><Key/><Key/></Keys><RequestId>1</RequestId><Total>2</Total></ActionResponse>`, true},
		{`<ActionResponse><Keys/></ActionResponse>`, false},
		{`<ActionResponse><RequestId/></ActionResponse>`, false},
		{`<ActionResponse><RequestId>1</RequestId><RequestId>2</RequestId></ActionResponse>`, false},
	})
}

func checkStructure(t *testing.T, shape schemas.EnvelopeShape, structure []byte, check func(*Shapes, Members) []Violation, samples []structureSample) {
	t.Helper()
	dir := t.TempDir()
	xsd, file := filepath.Join(dir, "envelope.xsd"), filepath.Join(dir, "body.xml")
	if err := os.WriteFile(xsd, structure, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		body := []byte(declarationPlain + s.body)
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		if printed, ok := xmllint(t, "--schema", xsd, file); ok != s.fits {
			t.Errorf("%s: fits the structure %v, want %v\n%s", s.body, ok, s.fits, printed)
		}
		e := Open(body)
		if fits := len(e.Faults) == 0 && len(check(NewShapes(shape), e)) == 0; fits != s.fits {
			t.Errorf("%s: we find %v %v, want it to fit: %v", s.body, e.Faults, check(NewShapes(shape), e), s.fits)
		}
	}
}

// TestEnvelopeStructuresAreSchemas: libxml2 takes every generated structure as a schema.
func TestEnvelopeStructuresAreSchemas(t *testing.T) {
	file := filepath.Join(t.TempDir(), "body.xml")
	if err := os.WriteFile(file, []byte(`<nothing/>`), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../envelope/*.xsd")
	if err != nil || len(files) == 0 {
		t.Fatalf("no structures in envelope: %v. Run: make generate", err)
	}
	for _, xsd := range files {
		if printed, _ := xmllint(t, "--schema", xsd, file); strings.Contains(printed, "failed to compile") {
			t.Errorf("%s: %s", xsd, printed)
		}
	}
}
