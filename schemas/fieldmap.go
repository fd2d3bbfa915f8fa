package schemas

// FieldMap is the file that says in which fields somebody's access log has what judging needs. A field inside another is
// written with a dot, response.status. What a log does not have is left out; Status and Body have to be there.
type FieldMap struct {
	Status       string `json:"status" yaml:"status"`
	Body         string `json:"body" yaml:"body"`
	BodyEncoding string `json:"body_encoding,omitempty" yaml:"body_encoding,omitempty"` // text, or base64; empty: text
	ContentType  string `json:"content_type,omitempty" yaml:"content_type,omitempty"`   // of the answer
	RequestID    string `json:"request_id,omitempty" yaml:"request_id,omitempty"`       // the answer's header x-acs-request-id
	Time         string `json:"time,omitempty" yaml:"time,omitempty"`                   // RFC 3339, nginx's $time_local, or seconds or milliseconds since 1970
	Host         string `json:"host,omitempty" yaml:"host,omitempty"`                   // that the client addressed
	Action       string `json:"action,omitempty" yaml:"action,omitempty"`
	Format       string `json:"format,omitempty" yaml:"format,omitempty"` // that was asked for: JSON or XML
	URL          string `json:"url,omitempty" yaml:"url,omitempty"`       // of the request, or its path and query, or its query: Action and Format are read off it
	Method       string `json:"method,omitempty" yaml:"method,omitempty"` // of the request

	Only []string `json:"only,omitempty" yaml:"only,omitempty"` // as the flag --only: host=*.example.com
	Skip []string `json:"skip,omitempty" yaml:"skip,omitempty"` // as the flag --skip
}
