package schemas

import "strings"

// Norm is what servers are judged by, and where that comes from: the documents, what is wrong with them, and the
// conditions that cases are made of.
type Norm struct {
	Sources    []Source
	Errata     []Erratum
	Conditions []ConditionText
}

// Source is a published document. Its id is the name of its profile.
type Source struct {
	ID       string `json:"id" yaml:"id"`
	Product  string `json:"product" yaml:"product"`
	Title    string `json:"title,omitempty" yaml:"title,omitempty"` // as published; empty: the document has none
	English  string `json:"english" yaml:"english"`                 // the title in English
	Language string `json:"language" yaml:"language"`
	Date     string `json:"date,omitempty" yaml:"date,omitempty"` // 2025-05-08; empty: the document has none
	Note     string `json:"note,omitempty" yaml:"note,omitempty"`
}

// String returns product, title, language and date in one line.
func (s Source) String() string {
	title, date := "“"+s.English+"”", "undated"
	if s.Title != "" {
		title = "“" + s.Title + "” (" + s.English + ")"
	}
	if s.Date != "" {
		date = s.Date
	}
	line := s.Product + ", " + title + ", " + s.Language + ", " + date
	if s.Note != "" {
		line += ", " + s.Note
	}
	return line
}

// Erratum is something wrong in a document, and how the suite reads it.
type Erratum struct {
	ID        string   `json:"id" yaml:"id"` // X13
	Documents []string `json:"documents" yaml:"documents"`
	Published string   `json:"published" yaml:"published"`
	Reading   string   `json:"reading" yaml:"reading"`
}

// ConditionText describes a condition to people.
type ConditionText struct {
	ID     Condition `json:"id" yaml:"id"`
	Sends  string    `json:"sends" yaml:"sends"` // what is sent
	Wants  string    `json:"wants" yaml:"wants"` // what a right server does
	Errata []string  `json:"errata,omitempty" yaml:"errata,omitempty"`
}

// SourcesText is a file of documents.
type SourcesText struct {
	Sources []Source `json:"sources" yaml:"sources"`
}

// ErrataText is a file of errata.
type ErrataText struct {
	Errata []Erratum `json:"errata" yaml:"errata"`
}

// ConditionsText is a file of conditions.
type ConditionsText struct {
	Conditions []ConditionText `json:"conditions" yaml:"conditions"`
}

// Source finds the document with that id.
func (n *Norm) Source(id string) (Source, bool) {
	for _, s := range n.Sources {
		if s.ID == id {
			return s, true
		}
	}
	return Source{}, false
}

// Erratum finds the erratum with that id, in whatever case it is written.
func (n *Norm) Erratum(id string) (Erratum, bool) {
	for _, e := range n.Errata {
		if strings.EqualFold(e.ID, id) {
			return e, true
		}
	}
	return Erratum{}, false
}

// Condition finds the description of a condition.
func (n *Norm) Condition(id Condition) (ConditionText, bool) {
	for _, c := range n.Conditions {
		if c.ID == id {
			return c, true
		}
	}
	return ConditionText{}, false
}
