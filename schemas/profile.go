package schemas

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Profile is one service's response document as data.
type Profile struct {
	Name          string                 `json:"name" yaml:"name"`
	Title         string                 `json:"title" yaml:"title"`
	Extends       string                 `json:"extends,omitempty" yaml:"extends,omitempty"`               // a profile's name or path, in a file only; the loader lays it over that one
	Source        string                 `json:"source" yaml:"source"`                                     // file name of the document
	Like          string                 `json:"like,omitempty" yaml:"like,omitempty"`                     // whose clauses it is judged by; itself when empty
	Clauses       []string               `json:"clauses,omitempty" yaml:"clauses,omitempty"`               // further clauses it is judged by
	Formats       []Format               `json:"formats" yaml:"formats"`                                   // the formats it answers in
	DefaultFormat Format                 `json:"default_format,omitempty" yaml:"default_format,omitempty"` // empty: the document does not say
	Envelope      EnvelopeShape          `json:"envelope" yaml:"envelope"`
	Window        Duration               `json:"window,omitempty" yaml:"window,omitempty"` // documented clock window either side; 0: not documented
	Styles        []Style                `json:"styles" yaml:"styles"`
	Methods       []string               `json:"methods" yaml:"methods"`                    // HTTP methods the API takes
	Request       ProfileRequest         `json:"request,omitzero" yaml:"request,omitempty"` // a harmless call, for targets that name none
	Drops         []Drop                 `json:"drops,omitempty" yaml:"drops,omitempty"`    // in a file that extends another only
	Codes         []Row                  `json:"codes" yaml:"codes"`
	Observed      []ObservedRow          `json:"observed,omitempty" yaml:"observed,omitempty"`         // codes that are seen, and no document publishes; with them any other code passes too
	OperationFile string                 `json:"operations,omitempty" yaml:"operations,omitempty"`     // the file of Operations, from the folder of this one
	Operations    *Operations            `json:"-" yaml:"-"`                                           // what is in that file; nil without one
	Tolerates     map[Condition][]string `json:"tolerates,omitempty" yaml:"tolerates,omitempty"`       // sibling codes that warn (the ~ of the table of conditions)
	Silent        []Condition            `json:"silent,omitempty" yaml:"silent,omitempty"`             // the document says nothing of them (—)
	Serves        []Condition            `json:"serves,omitempty" yaml:"serves,omitempty"`             // answered 2xx
	Ignores       []Condition            `json:"ignores,omitempty" yaml:"ignores,omitempty"`           // the peculiarity has no say in the answer
	Inapplicable  []Condition            `json:"inapplicable,omitempty" yaml:"inapplicable,omitempty"` // cannot arise (n/a)
	Aliases       map[string]string      `json:"aliases,omitempty" yaml:"aliases,omitempty"`           // other spelling -> published spelling of a code (errata X1–X3)
}

// ProfileRequest is a call that every server of the profile should know and that changes nothing.
type ProfileRequest struct {
	Action  string            `json:"action" yaml:"action"`
	Version string            `json:"version" yaml:"version"`
	Params  map[string]string `json:"params,omitempty" yaml:"params,omitempty"`
	Method  string            `json:"method,omitempty" yaml:"method,omitempty"` // the only one it is sent by
	Path    string            `json:"path,omitempty" yaml:"path,omitempty"`     // of a service that is called by path
}

// EnvelopeShape describes what the envelopes of a profile look like.
type EnvelopeShape struct {
	ErrorRoot            string   `json:"error_root,omitempty" yaml:"error_root,omitempty"`                         // XML root of an error; empty when there is no XML
	SuccessRoot          string   `json:"success_root,omitempty" yaml:"success_root,omitempty"`                     // "{Action}Response"
	ToleratedSuccessRoot string   `json:"tolerated_success_root,omitempty" yaml:"tolerated_success_root,omitempty"` // warns (errata X14)
	Mandatory            []string `json:"mandatory" yaml:"mandatory"`                                               // members of an error that must be there, as non-empty strings unless Numeric
	Recommended          []string `json:"recommended,omitempty" yaml:"recommended,omitempty"`                       // members of an error that should be there
	Numeric              []string `json:"numeric,omitempty" yaml:"numeric,omitempty"`                               // of these: an integer in JSON, digits in XML
	Known                []string `json:"known,omitempty" yaml:"known,omitempty"`                                   // further members seen in practice; anything else is listed too, never a failure
}

// Row is one row of a table of error codes.
type Row struct {
	Code      string      `json:"code" yaml:"code"` // as published; {ParameterName} stands for a family
	Status    Status      `json:"status" yaml:"status"`
	Tolerated Status      `json:"tolerated,omitzero" yaml:"tolerated,omitempty"` // a status that a sibling document states for the code: it warns (errata X17)
	Was       Status      `json:"was,omitzero" yaml:"was,omitempty"`             // in a file that extends another only: the status there
	Message   string      `json:"message" yaml:"message"`                        // as published
	Also      []string    `json:"also,omitempty" yaml:"also,omitempty"`          // other messages that pass (errata X12)
	AnyText   bool        `json:"any_text,omitempty" yaml:"any_text,omitempty"`  // the message is not compared (errata X8)
	Answers   []Condition `json:"answers,omitempty" yaml:"answers,omitempty"`    // the conditions it is a right answer to
	Note      string      `json:"note,omitempty" yaml:"note,omitempty"`
	Published string      `json:"published,omitempty" yaml:"published,omitempty"` // code and message to the letter, where their placeholders are spelt otherwise
}

// ObservedRow is an error code that services send and that no document publishes.
type ObservedRow struct {
	Code    string      `json:"code" yaml:"code"` // {ParameterName} stands for a family
	Status  Status      `json:"status" yaml:"status"`
	Message string      `json:"message" yaml:"message"`
	Answers []Condition `json:"answers,omitempty" yaml:"answers,omitempty"` // the conditions that it is seen as an answer to
}

// Row returns it as a row of a table.
func (o ObservedRow) Row() Row {
	return Row{Code: o.Code, Status: o.Status, Message: o.Message, Answers: o.Answers}
}

// ObservedRows lists what is observed as rows of a table.
func (p *Profile) ObservedRows() []Row {
	var rows []Row
	for _, o := range p.Observed {
		rows = append(rows, o.Row())
	}
	return rows
}

// Drop names rows of an extended profile: those of a code, or of these only those of a status or a message.
type Drop struct {
	Code    string `json:"code" yaml:"code"`
	Status  Status `json:"status,omitzero" yaml:"status,omitempty"`
	Message string `json:"message,omitempty" yaml:"message,omitempty"`
}

// Key returns what names the row within its table.
func (r Row) Key() RowKey { return RowKey{r.Code, r.Status} }

// Status is a status or a class of statuses, ends included: {400, 400} is 400, {400, 499} is 4xx,
// {500, 599} is 5xx, {400, 599} is "4xx/5xx" (errata X13).
type Status struct{ Low, High int }

// Exactly returns the Status that holds one status.
func Exactly(n int) Status { return Status{n, n} }

// Holds reports whether n is such a status.
func (s Status) Holds(n int) bool { return s.Low <= n && n <= s.High }

// String returns "400", "4xx", "5xx" or "4xx/5xx".
func (s Status) String() string {
	switch {
	case s.Low == s.High:
		return strconv.Itoa(s.Low)
	case s.Low/100 == s.High/100:
		return fmt.Sprintf("%dxx", s.Low/100)
	default:
		return fmt.Sprintf("%dxx/%dxx", s.Low/100, s.High/100)
	}
}

var statusForm = regexp.MustCompile(`^[1-5](\d\d|xx)(/[1-5]xx)?$`)

// ParseStatus reads what String writes.
func ParseStatus(text string) (Status, error) {
	switch {
	case !statusForm.MatchString(text):
		return Status{}, fmt.Errorf("status %q: want 400, 4xx, 5xx or 4xx/5xx", text)
	case len(text) == 3 && text[1] != 'x':
		n, err := strconv.Atoi(text)
		return Exactly(n), err
	default:
		return Status{int(text[0]-'0') * 100, int(text[len(text)-3]-'0')*100 + 99}, nil
	}
}

// MarshalJSON writes one status as a number and a class as a string.
func (s Status) MarshalJSON() ([]byte, error) {
	if s.Low == s.High {
		return []byte(strconv.Itoa(s.Low)), nil
	}
	return json.Marshal(s.String())
}

// UnmarshalJSON reads a number or a string.
func (s *Status) UnmarshalJSON(text []byte) (err error) {
	word := string(text)
	if len(word) > 1 && word[0] == '"' {
		if err = json.Unmarshal(text, &word); err != nil {
			return err
		}
	}
	*s, err = ParseStatus(word)
	return err
}

// MarshalYAML writes one status as a number, as people do.
func (s Status) MarshalYAML() (any, error) {
	if s.Low == s.High {
		return s.Low, nil
	}
	return s.String(), nil
}

// UnmarshalText reads the form that YAML scalars give.
func (s *Status) UnmarshalText(text []byte) (err error) {
	*s, err = ParseStatus(string(text))
	return err
}

// Duration is a time.Duration written as "15m" or "10s".
type Duration time.Duration

// MarshalText writes Go's notation.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads Go's notation.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("duration %q: want a number with a unit, like 10s or 15m", text)
	}
	*d = Duration(v)
	return nil
}
