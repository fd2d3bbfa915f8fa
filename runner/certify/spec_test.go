package certify_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	testresult "github.com/in-toto/attestation/go/predicates/test_result/v0"
	intoto "github.com/in-toto/attestation/go/v1"
	oracle "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"github.com/secure-systems-lab/go-securesystemslib/signerverifier"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// The verifier and the reader of PEM keys are secure-systems-lab's own.
func TestTheEnvelopeVerifiesWithTheLibraryOfItsFormat(t *testing.T) {
	keys := t.TempDir()
	if _, err := certify.Keygen(keys); err != nil {
		t.Fatal(err)
	}
	l := newLab(t, "gateway")
	var err error
	if l.key, err = certify.ReadPrivateKey(filepath.Join(keys, certify.PrivateKeyFile)); err != nil {
		t.Fatal(err)
	}
	e, payload := envelopeOf(t, l.certified(schemas.RPC))
	for _, name := range []string{certify.PublicKeyFile, certify.PrivateKeyFile} {
		key, err := signerverifier.LoadKey(read(t, filepath.Join(keys, name)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		theirs, err := signerverifier.NewED25519SignerVerifierFromSSLibKey(key)
		if err != nil {
			t.Fatal(err)
		}
		v, err := dsse.NewEnvelopeVerifier(theirs)
		if err != nil {
			t.Fatal(err)
		}
		accepted, verified, err := v.VerifyAndDecode(t.Context(), e)
		if err != nil || len(accepted) != 1 || !bytes.Equal(verified, payload) {
			t.Errorf("%s: %v, %d keys", name, err, len(accepted))
		}
		changed := *e
		changed.PayloadType = "application/json"
		if _, err := v.Verify(t.Context(), &changed); err == nil {
			t.Error("another payload type verifies too")
		}
	}
}

func envelopeOf(t *testing.T, dir string) (*dsse.Envelope, []byte) {
	t.Helper()
	var e dsse.Envelope
	if err := json.Unmarshal(read(t, filepath.Join(dir, certify.EnvelopeFile)), &e); err != nil {
		t.Fatal(err)
	}
	payload, err := e.DecodeB64Payload()
	if err != nil {
		t.Fatal(err)
	}
	return &e, payload
}

// The published protocol buffers know every member, and find the values well formed.
func TestTheAttestationFitsThePublishedTypes(t *testing.T) {
	_, payload := envelopeOf(t, newLab(t, "gateway").certified(schemas.RPC))
	var a intoto.Statement
	if err := protojson.Unmarshal(payload, &a); err != nil {
		t.Fatal(err)
	}
	if err := a.Validate(); err != nil {
		t.Error(err)
	}
	var r testresult.TestResult
	if err := protojson.Unmarshal(mustJSON(t, a.GetPredicate()), &r); err != nil {
		t.Fatal(err)
	}
	if a.GetPredicateType() != "https://in-toto.io/attestation/test-result/v0.1" || r.GetResult() != "PASSED" || len(r.GetFailedTests()) != 0 || !slices.Contains(r.GetPassedTests(), "ERROR-1") {
		t.Errorf("%s, %s, passed %v", a.GetPredicateType(), r.GetResult(), r.GetPassedTests())
	}
	for _, c := range r.GetConfiguration() {
		if err := c.Validate(); err != nil {
			t.Errorf("%s: %v", c.GetName(), err)
		}
	}
	if want := "sha256"; len(a.GetSubject()) != 2 || a.GetSubject()[1].GetDigest()[want] == "" {
		t.Errorf("the subjects are %v", a.GetSubject())
	}
}

func mustJSON(t *testing.T, s *structpb.Struct) []byte {
	t.Helper()
	text, err := s.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The published rules that the types do not hold, as a JSON Schema.
func TestTheAttestationFitsThePublishedRules(t *testing.T) {
	f, err := os.Open("testdata/test-result.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	document, err := oracle.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := oracle.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	_, payload := envelopeOf(t, newLab(t, "gateway").certified(schemas.RPC))
	value, err := oracle.UnmarshalJSON(bytes.NewReader(payload))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
	for what, spoil := range map[string]func(a, p map[string]any){
		"another type":             func(a, _ map[string]any) { a["_type"] = "https://in-toto.io/Statement/v0.1" },
		"no subject":               func(a, _ map[string]any) { a["subject"] = []any{} },
		"a subject without digest": func(a, _ map[string]any) { delete(a["subject"].([]any)[0].(map[string]any), "digest") },
		"another result":           func(_, p map[string]any) { p["result"] = "passed" },
		"no configuration":         func(_, p map[string]any) { delete(p, "configuration") },
		"a nameless descriptor":    func(_, p map[string]any) { p["configuration"] = []any{map[string]any{"name": "x"}} },
	} {
		value, _ := oracle.UnmarshalJSON(bytes.NewReader(payload))
		a := value.(map[string]any)
		spoil(a, a["predicate"].(map[string]any))
		if schema.Validate(a) == nil {
			t.Errorf("%s: fits too", what)
		}
	}
}

func TestASHOULDThatDoesNotHoldWarns(t *testing.T) {
	l := newSmallLab(t, "ecs", "CLIENT-1")
	dir := l.certified(schemas.RPC, mutant(t, "text-json"))
	v := l.verify(l.check(), dir)
	if v.Code() != certify.Holds || len(v.Warned) == 0 {
		t.Fatalf("code %d, warned %v: %s", v.Code(), v.Warned, says(v))
	}
	_, payload := envelopeOf(t, dir)
	var a certify.Attestation
	if err := json.Unmarshal(payload, &a); err != nil || a.Predicate.Result != "WARNED" || !slices.Equal(a.Predicate.WarnedTests, v.Warned) || slices.Contains(a.Predicate.PassedTests, v.Warned[0]) {
		t.Errorf("%v, %+v", err, a.Predicate.Result)
	}
}
