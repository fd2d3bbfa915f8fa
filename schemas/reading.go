package schemas

// Reading is what an official SDK made of an answer: what its caller gets to see. An SDK that gives a success reads no
// Code and no Message.
type Reading struct {
	SDK       string `json:"sdk"`              // the SDK, and the function that was called where it has several
	Failed    bool   `json:"failed,omitempty"` // the caller got an error
	Status    int    `json:"status,omitempty"` // 0 where the SDK does not tell
	Code      string `json:"code,omitempty"`
	Message   string `json:"message,omitempty"`
	RequestID string `json:"request_id,omitempty"`
	Fault     string `json:"fault,omitempty"` // what the SDK's own parser stumbled over, in one line; then it tells nothing else
	Panicked  bool   `json:"panicked,omitempty"`
}
