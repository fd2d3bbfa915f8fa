package schemas

import "regexp"

// SubjectSchema names the schema of Subject in every subject.json.
const SubjectSchema = "acsconform/subject/1"

// Subject is what a certificate is about. Everything but URL, profile and style is the operator's word.
type Subject struct {
	Schema        string         `json:"schema"`
	URL           string         `json:"url"`
	Profile       string         `json:"profile"`
	Style         Style          `json:"style"`
	Product       Product        `json:"product,omitzero"`
	NotApplicable []Inapplicable `json:"not_applicable,omitempty"`
}

// Product is what the operator declares the target to be.
type Product struct {
	Name    string `json:"name,omitempty" yaml:"name,omitempty"`
	Version string `json:"version,omitempty" yaml:"version,omitempty"`
	Build   string `json:"build,omitempty" yaml:"build,omitempty"` // sha256:, sha512: or gitCommit: and hexadecimal digits
}

// Inapplicable is a row of the table that the operator declares the service never answers with, and why.
type Inapplicable struct {
	Code    string `json:"code" yaml:"code"`
	Status  Status `json:"status,omitzero" yaml:"status,omitempty"`    // zero in a target file only: the one that the table has for the code
	Message string `json:"message,omitempty" yaml:"message,omitempty"` // tells rows apart that share code and status
	Reason  string `json:"reason" yaml:"reason"`
}

// Names reports whether it is that row. Without a Status it names every row of the code.
func (n Inapplicable) Names(code string, status Status, message string) bool {
	return n.Code == code && (n.Status == Status{} || n.Status == status) && (n.Message == "" || n.Message == message)
}

var buildForm = regexp.MustCompile(`^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|gitCommit:[0-9a-f]{40})$`)

// IsBuild reports whether a text is the digest of a build.
func IsBuild(text string) bool { return buildForm.MatchString(text) }
