package schemas

// Answer is what an answer was, without what differs each time: two answers of one server to the same request are the
// same Answer. Ids, numbers and times in texts are written as #.
type Answer struct {
	Proto       string    `json:"proto,omitempty"`
	Status      int       `json:"status,omitempty"` // 0 when no answer came
	Fault       FaultKind `json:"fault,omitempty"`
	ContentType string    `json:"content_type,omitempty"`
	Code        string    `json:"code,omitempty"`
	Message     string    `json:"message,omitempty"`
	RequestID   string    `json:"request_id,omitempty"` // how it is written: "upper-case UUID"; empty when there is none
	Members     []string  `json:"members,omitempty"`    // of the envelope, sorted
	Header      Header    `json:"header,omitempty"`     // sorted, without Date and Content-Type
	Cut         bool      `json:"cut,omitempty"`        // only the beginning of the body was kept: nothing is said of what is in it
}
