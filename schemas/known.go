package schemas

// KnownList is a file of known failures: what is broken, who fixes it, and until when it may stay so.
type KnownList struct {
	Known []KnownFailure `json:"known" yaml:"known"`
}

// KnownFailure excuses findings: those of a case, of a clause, or of a clause on a case when both are named. The
// other keys narrow it down further. It names a case or a clause at the least, which the schema cannot say.
type KnownFailure struct {
	Case    string `json:"case,omitempty" yaml:"case,omitempty"`
	Clause  string `json:"clause,omitempty" yaml:"clause,omitempty"`
	Profile string `json:"profile,omitempty" yaml:"profile,omitempty"`
	Style   Style  `json:"style,omitempty" yaml:"style,omitempty"`
	Format  Format `json:"format,omitempty" yaml:"format,omitempty"`
	Method  string `json:"method,omitempty" yaml:"method,omitempty"`
	Reason  string `json:"reason" yaml:"reason"`
	Owner   string `json:"owner" yaml:"owner"` // who fixes it
	Until   string `json:"until" yaml:"until"` // 2027-01-31, the last day on which it excuses anything
}
