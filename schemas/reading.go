package schemas

// Reading is what an official SDK made of an answer: what its caller gets to see. An SDK that returns a success reads no
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

// Texts returns all that came from the answer, for the one who has to change it.
func (r *Reading) Texts() []*string {
	return []*string{&r.Code, &r.Message, &r.RequestID, &r.Fault}
}

// SDKs describes which official SDK understands which of a server's answers.
type SDKs struct {
	Asked   []SDK      `json:"asked"`
	Answers []SDKsRead `json:"answers"` // sorted by the kind of the answer
}

// SDK is one official SDK, or one of its functions.
type SDK struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// SDKsRead reports of one kind of answers what each SDK made of them.
type SDKsRead struct {
	Kind      string    `json:"kind"` // "a refusal (4xx) in JSON"
	Exchanges int       `json:"exchanges"`
	Read      []SDKRead `json:"read"` // in the order of SDKs.Asked
}

// SDKRead reports how many answers of a kind one SDK was given, and how many it understood.
type SDKRead struct {
	SDK        string `json:"sdk"`
	Given      int    `json:"given"`
	Understood int    `json:"understood"`
	Else       string `json:"else,omitempty"` // what it made of the first one that it did not understand
	Case       string `json:"case,omitempty"` // the case that this answer belongs to
}
