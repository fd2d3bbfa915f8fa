package schemas

// Capture is an exchange with the verdict it deserves: what judging it in that profile must find, and nothing
// else. Each has one fault at most, which one clause tells.
type Capture struct {
	Name     string   `json:"name"`
	Profile  string   `json:"profile"`
	Note     string   `json:"note"`             // one sentence: what it shows
	Breaks   []string `json:"breaks,omitempty"` // clauses of level MUST that it breaks
	Warns    []string `json:"warns,omitempty"`  // clauses that it draws a warning for
	Exchange Exchange `json:"exchange"`
}
