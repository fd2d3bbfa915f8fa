package certify

import (
	"encoding/json"
	"fmt"
	"time"
)

// The identifiers of the in-toto framework.
const (
	attestationType = "https://in-toto.io/Statement/v1"
	predicateType   = "https://in-toto.io/attestation/test-result/v0.1"
	payloadType     = "application/vnd.in-toto+json"
)

// The results of a test-result predicate that a certificate can have.
const (
	resultPassed = "PASSED"
	resultWarned = "WARNED" // some SHOULD does not hold
)

// termsURI is where it is written what a certificate says and what it does not.
const termsURI = "https://github.com/acsconform/acsconform#certificates"

// certificateSchema names the annotations that a certificate adds to the predicate.
const certificateSchema = "acsconform/certificate/1"

// Attestation is an in-toto Statement v1 with a test-result predicate. What the predicate has no member for is in the
// annotations of the descriptors under configuration.
type Attestation struct {
	Type          string     `json:"_type"`
	Subject       []Resource `json:"subject"`
	PredicateType string     `json:"predicateType"`
	Predicate     TestResult `json:"predicate"`
}

// TestResult is the predicate. Its tests are clauses.
type TestResult struct {
	Result        string     `json:"result"`
	Configuration []Resource `json:"configuration"`
	PassedTests   []string   `json:"passedTests"`
	WarnedTests   []string   `json:"warnedTests"`
	FailedTests   []string   `json:"failedTests"`
}

// Resource is an in-toto ResourceDescriptor. It has one of URI, digest and content at least.
type Resource struct {
	Name        string            `json:"name,omitempty"`
	URI         string            `json:"uri,omitempty"`
	Digest      map[string]string `json:"digest,omitempty"`
	Content     []byte            `json:"content,omitempty"`
	MediaType   string            `json:"mediaType,omitempty"`
	Annotations json.RawMessage   `json:"annotations,omitempty"`
}

// The names of the descriptors under configuration that are no files.
const (
	termsName    = "certificate"
	suiteName    = "suite"
	bookName     = "book"
	tablesName   = "tables"
	profileName  = "profile"
	selftestName = "selftest"
	keyName      = "key"
)

// Terms are the annotations of the certificate itself. Times are UTC, in whole seconds.
type Terms struct {
	Schema  string    `json:"schema"`
	Level   string    `json:"level"`
	Issued  time.Time `json:"issued"`
	Expires time.Time `json:"expires"`
}

// Build describes which binary judged. Its digest is that of the file.
type Build struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source, where the build knows it
	Modified bool   `json:"modified,omitempty"` // the source was changed since that revision
	Go       string `json:"go"`
	Platform string `json:"platform"` // linux/amd64
	SHA256   string `json:"-"`
}

// find returns the descriptor of that name under configuration.
func (a *Attestation) find(name string) (Resource, bool) {
	for _, r := range a.Predicate.Configuration {
		if r.Name == name {
			return r, true
		}
	}
	return Resource{}, false
}

// read reads the annotations of a descriptor, and returns its SHA-256.
func (a *Attestation) read(name string, annotations any) (digest string, err error) {
	r, ok := a.find(name)
	if !ok {
		return "", fmt.Errorf("the attestation has no configuration called %q", name)
	}
	if annotations != nil {
		if err := json.Unmarshal(r.Annotations, annotations); err != nil {
			return "", fmt.Errorf("the annotations of %q: %w", name, err)
		}
	}
	return r.Digest["sha256"], nil
}

// describe makes a descriptor with annotations.
func describe(name, digest string, annotations any) Resource {
	r := Resource{Name: name}
	if digest != "" {
		r.Digest = map[string]string{"sha256": digest}
	}
	if annotations != nil {
		text, err := json.Marshal(annotations)
		if err != nil {
			panic(err) // none of ours can fail to be written
		}
		r.Annotations = text
	}
	return r
}
