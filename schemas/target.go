package schemas

// Target is the target file: what is tested, and what it takes to test it. To readers of ISO/IEC 9646 it is the
// ICS and IXIT of the implementation under test.
type Target struct {
	URL              string                `json:"url" yaml:"url"`
	Profile          string                `json:"profile,omitempty" yaml:"profile,omitempty"` // a name or a path
	Style            Style                 `json:"style,omitempty" yaml:"style,omitempty"`     // rpc when empty
	Request          SoundRequest          `json:"request,omitzero" yaml:"request,omitempty"`
	BodyRequest      SoundRequest          `json:"body_request,omitzero" yaml:"body_request,omitempty"`
	Credentials      map[string]Credential `json:"credentials,omitempty" yaml:"credentials,omitempty"`
	Recipes          []Recipe              `json:"recipes,omitempty" yaml:"recipes,omitempty"`
	Idempotency      *Idempotency          `json:"idempotency,omitempty" yaml:"idempotency,omitempty"`
	TLSOnly          *SoundRequest         `json:"tls_only,omitempty" yaml:"tls_only,omitempty"`
	Window           Duration              `json:"window,omitempty" yaml:"window,omitempty"`   // a clock window other than the document's (errata X15)
	Headers          map[string]string     `json:"headers,omitempty" yaml:"headers,omitempty"` // sent with every request
	TLS              TLS                   `json:"tls,omitzero" yaml:"tls,omitempty"`
	Resolve          []string              `json:"resolve,omitempty" yaml:"resolve,omitempty"`                     // the addresses of a balancer: IP or IP:port
	SignedBy         []string              `json:"signature_methods,omitempty" yaml:"signature_methods,omitempty"` // that the service takes beside the document's
	Operations       string                `json:"operations,omitempty" yaml:"operations,omitempty"`               // "read": the read-only operations of the profile are called
	OperationsValues map[string]string     `json:"operations_values,omitempty" yaml:"operations_values,omitempty"` // values of their parameters, by name
	Limits           Limits                `json:"limits,omitzero" yaml:"limits,omitempty"`
	Skip             []Skip                `json:"skip,omitempty" yaml:"skip,omitempty"`

	Product       Product        `json:"product,omitzero" yaml:"product,omitempty"`                // for certificates and statements
	NotApplicable []Inapplicable `json:"not_applicable,omitempty" yaml:"not_applicable,omitempty"` // for certificates and statements
}

// TLS is how the target is spoken to over TLS. The files are PEM.
type TLS struct {
	CA         string `json:"ca,omitempty" yaml:"ca,omitempty"`                   // authorities that are trusted beside the system's
	Cert       string `json:"cert,omitempty" yaml:"cert,omitempty"`               // the client's certificate, and what leads to its authority
	Key        string `json:"key,omitempty" yaml:"key,omitempty"`                 // of the client's certificate
	ServerName string `json:"server_name,omitempty" yaml:"server_name,omitempty"` // asked for and looked for in the server's certificate; the URL's host when empty
}

// SoundRequest is a harmless call that succeeds, and a call wherever the target file describes one: by Action in rpc and acs3, by
// Method and Path in roa, and in acs3 where there is no Action. A file for several styles may have both. What is left out is that
// of the target's request, or what is stated here.
type SoundRequest struct {
	Action      string            `json:"action,omitempty" yaml:"action,omitempty"`
	Version     string            `json:"version,omitempty" yaml:"version,omitempty"` // the profile's when empty
	Params      map[string]string `json:"params,omitempty" yaml:"params,omitempty"`
	Method      string            `json:"method,omitempty" yaml:"method,omitempty"` // the only one it is sent by; empty: POST with a Body, else GET in roa, else each that the profile has
	Path        string            `json:"path,omitempty" yaml:"path,omitempty"`
	Body        string            `json:"body,omitempty" yaml:"body,omitempty"`
	ContentType string            `json:"content_type,omitempty" yaml:"content_type,omitempty"` // application/json for a Body when empty
	Credentials string            `json:"credentials,omitempty" yaml:"credentials,omitempty"`   // the name of a key; default when empty
}

// Credential is one key. SecurityToken goes with temporary keys only.
type Credential struct {
	AccessKeyID     string `json:"access_key_id" yaml:"access_key_id"`
	AccessKeySecret string `json:"access_key_secret" yaml:"access_key_secret"`
	SecurityToken   string `json:"security_token,omitempty" yaml:"security_token,omitempty"`
}

// The names under which the book looks for credentials. A recipe may name any other.
const (
	DefaultKey    = "default"
	InactiveKey   = "inactive"
	STSKey        = "sts"
	ExpiredKey    = "sts_expired"
	MismatchedKey = "sts_mismatched"
)

// Recipe describes how to provoke a row that only this service knows how to provoke. Without Action and Path its call is the
// target's request.
type Recipe struct {
	Code        string            `json:"code" yaml:"code"`
	Status      Status            `json:"status,omitzero" yaml:"status,omitempty"`    // zero: the one that the table has for the code
	Message     string            `json:"message,omitempty" yaml:"message,omitempty"` // tells rows apart that share code and status
	Action      string            `json:"action,omitempty" yaml:"action,omitempty"`
	Version     string            `json:"version,omitempty" yaml:"version,omitempty"`
	Params      map[string]string `json:"params,omitempty" yaml:"params,omitempty"`
	Method      string            `json:"method,omitempty" yaml:"method,omitempty"`
	Path        string            `json:"path,omitempty" yaml:"path,omitempty"`
	Body        string            `json:"body,omitempty" yaml:"body,omitempty"`
	ContentType string            `json:"content_type,omitempty" yaml:"content_type,omitempty"`
	Credentials string            `json:"credentials,omitempty" yaml:"credentials,omitempty"`
}

// Idempotency names an action that takes a ClientToken.
type Idempotency struct {
	Action      string            `json:"action,omitempty" yaml:"action,omitempty"`
	Version     string            `json:"version,omitempty" yaml:"version,omitempty"`
	Params      map[string]string `json:"params,omitempty" yaml:"params,omitempty"`
	Method      string            `json:"method,omitempty" yaml:"method,omitempty"`
	Path        string            `json:"path,omitempty" yaml:"path,omitempty"`
	Body        string            `json:"body,omitempty" yaml:"body,omitempty"`
	ContentType string            `json:"content_type,omitempty" yaml:"content_type,omitempty"`
	Credentials string            `json:"credentials,omitempty" yaml:"credentials,omitempty"`
	TokenParam  string            `json:"token_param" yaml:"token_param"`
	SlowParams  map[string]string `json:"slow_params,omitempty" yaml:"slow_params,omitempty"` // parameters that make it slow enough to be met in progress
}

// Limits bound what the run may do to the target.
type Limits struct {
	Concurrency int       `json:"concurrency,omitempty" yaml:"concurrency,omitempty"` // 16 when 0
	Rate        float64   `json:"rate,omitempty" yaml:"rate,omitempty"`               // requests a second; 0: no limit
	Timeout     Duration  `json:"timeout,omitempty" yaml:"timeout,omitempty"`         // of one request; 10 s when 0
	Throttle    *Throttle `json:"throttle,omitempty" yaml:"throttle,omitempty"`
}

// Throttle is the rate beyond which the target says that it throttles a call.
type Throttle struct {
	Action      string            `json:"action,omitempty" yaml:"action,omitempty"`
	Version     string            `json:"version,omitempty" yaml:"version,omitempty"`
	Params      map[string]string `json:"params,omitempty" yaml:"params,omitempty"`
	Method      string            `json:"method,omitempty" yaml:"method,omitempty"`
	Path        string            `json:"path,omitempty" yaml:"path,omitempty"`
	Body        string            `json:"body,omitempty" yaml:"body,omitempty"`
	ContentType string            `json:"content_type,omitempty" yaml:"content_type,omitempty"`
	Credentials string            `json:"credentials,omitempty" yaml:"credentials,omitempty"`
	Requests    int               `json:"requests" yaml:"requests"`
	Per         Duration          `json:"per" yaml:"per"`
}

// Skip leaves a case out, with the reason and the day on which the excuse ends.
type Skip struct {
	Case   string `json:"case" yaml:"case"`
	Reason string `json:"reason" yaml:"reason"`
	Until  string `json:"until,omitempty" yaml:"until,omitempty"` // 2027-01-31
}
