package schemas

// RawHMAC is the Style of a vector that is HMAC-SHA1 alone: the secret as it is, over StringToSign.
const RawHMAC Style = "hmac"

// Vector is a published signature with what it was made from. Signature is always there; the rest is there as far
// as it was published. Where Method is given, the parameters, header fields and body are those of the whole request,
// so that the string to sign (the canonical request, in style acs3) can be built; where it is empty, only the last
// step can be tried.
type Vector struct {
	ID     string `json:"id" yaml:"id"`
	Style  Style  `json:"style" yaml:"style"` // rpc, roa, acs3 or hmac
	Source string `json:"source" yaml:"source"`
	Note   string `json:"note,omitempty" yaml:"note,omitempty"`
	Secret string `json:"secret" yaml:"secret"` // the AccessKeySecret; style rpc adds its & itself

	Method string            `json:"method,omitempty" yaml:"method,omitempty"`
	Path   string            `json:"path,omitempty" yaml:"path,omitempty"`     // styles roa and acs3
	Params map[string]string `json:"params,omitempty" yaml:"params,omitempty"` // parameters of which it does not matter where they travel
	Query  map[string]string `json:"query,omitempty" yaml:"query,omitempty"`
	Form   map[string]string `json:"form,omitempty" yaml:"form,omitempty"`
	Header Header            `json:"header,omitempty" yaml:"header,omitempty"` // the fields that are signed
	Body   string            `json:"body,omitempty" yaml:"body,omitempty"`

	StringToSign           string `json:"string_to_sign,omitempty" yaml:"string_to_sign,omitempty"`       // styles rpc, roa and hmac
	CanonicalRequest       string `json:"canonical_request,omitempty" yaml:"canonical_request,omitempty"` // style acs3
	HashedCanonicalRequest string `json:"hashed_canonical_request,omitempty" yaml:"hashed_canonical_request,omitempty"`
	Authorization          string `json:"authorization,omitempty" yaml:"authorization,omitempty"` // the whole header field, where published
	Signature              string `json:"signature" yaml:"signature"`                             // base64 in styles rpc, roa and hmac, hexadecimal in acs3
}

// WrongVector is a published signature that no right signer makes.
type WrongVector struct {
	ID        string `json:"id" yaml:"id"`
	Style     Style  `json:"style" yaml:"style"`
	Source    string `json:"source" yaml:"source"`
	Like      string `json:"like,omitempty" yaml:"like,omitempty"` // the vector whose inputs it claims to have; empty when the inputs are not kept
	Note      string `json:"note,omitempty" yaml:"note,omitempty"`
	Published string `json:"published" yaml:"published"`
	Right     string `json:"right,omitempty" yaml:"right,omitempty"` // what it should have been, where that is known
}

// VectorsText is a file of vectors.
type VectorsText struct {
	Vectors []Vector      `json:"vectors,omitempty" yaml:"vectors,omitempty"`
	Wrong   []WrongVector `json:"wrong,omitempty" yaml:"wrong,omitempty"`
}

// ClausesText is a file of clauses.
type ClausesText struct {
	Clauses []Clause `json:"clauses" yaml:"clauses"`
}
