package schemas

// Translation holds texts of the clauses and of what they rest on in another language, by id. Ids, levels, profiles and
// lines of configuration are the same in every language and are not repeated.
type Translation struct {
	Clauses    map[string]ClauseWords       `json:"clauses,omitempty" yaml:"clauses,omitempty"`
	Conditions map[Condition]ConditionWords `json:"conditions,omitempty" yaml:"conditions,omitempty"`
	Errata     map[string]ErratumWords      `json:"errata,omitempty" yaml:"errata,omitempty"`
	Sources    map[string]SourceWords       `json:"sources,omitempty" yaml:"sources,omitempty"`
}

// ClauseWords are the texts of a clause. The statement is that for readers, as [Clause.Text] returns it.
type ClauseWords struct {
	Statement string `json:"statement" yaml:"statement"`
	Source    string `json:"source" yaml:"source"`
	Impact    string `json:"impact" yaml:"impact"`
	Fix       string `json:"fix" yaml:"fix"`
	Untested  string `json:"untested,omitempty" yaml:"untested,omitempty"`
}

// ConditionWords are the texts of a condition.
type ConditionWords struct {
	Sends string `json:"sends" yaml:"sends"`
	Wants string `json:"wants" yaml:"wants"`
}

// ErratumWords are the texts of an erratum.
type ErratumWords struct {
	Published string `json:"published" yaml:"published"`
	Reading   string `json:"reading" yaml:"reading"`
}

// SourceWords are the texts of a document. Its title as published stays beside them.
type SourceWords struct {
	Product  string `json:"product" yaml:"product"`
	Title    string `json:"title" yaml:"title"`
	Language string `json:"language" yaml:"language"`
	Note     string `json:"note,omitempty" yaml:"note,omitempty"`
}
