package server

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A Fault is why a request is refused. Row is set where a row was asked for by name, and then decides.
type Fault struct {
	Condition schemas.Condition
	Parameter string // the parameter at fault; may be empty
	Row       *schemas.Row
}

// RowFor returns the row that a fault is answered with. It is never nil: a profile without any row answers with a
// made-up one.
func (s *Server) RowFor(f *Fault) *schemas.Row {
	if f.Row != nil {
		return f.Row
	}
	if row := s.documented(f); row != nil {
		return row
	}
	if row := s.observed(f); row != nil {
		return row
	}
	if row := s.RowByCode(s.Service.silent[f.Condition]); row != nil {
		return row
	}
	if f.Condition == Failed {
		return s.first(func(r *schemas.Row) bool { return r.Status.Low >= 500 })
	}
	if row := s.observed(&Fault{Condition: UnknownRegion, Parameter: f.Parameter}); row != nil { // InvalidParameter
		return row
	}
	if row := s.RowByCode("InvalidParameter"); row != nil {
		return row
	}
	return s.first(func(r *schemas.Row) bool { return r.Status.Low < 500 })
}

// documented returns the row of the profile that answers the condition: the preferred code where the service has
// a preference, else the first row that names the parameter, else the first.
func (s *Server) documented(f *Fault) *schemas.Row {
	var best *schemas.Row
	for i := range s.Profile.Codes {
		row := &s.Profile.Codes[i]
		if !slices.Contains(row.Answers, f.Condition) {
			continue
		}
		switch {
		case row.Code == s.Service.Prefers[f.Condition]:
			return row
		case best == nil, !names(best, f.Parameter) && names(row, f.Parameter):
			best = row
		}
	}
	return best
}

// RowByCode returns the first row with that code, and nil when the table has none.
func (s *Server) RowByCode(code string) *schemas.Row {
	return s.FindRow(func(r *schemas.Row) bool { return r.Code == code })
}

func (s *Server) first(wanted func(*schemas.Row) bool) *schemas.Row {
	if row := s.FindRow(wanted); row != nil {
		return row
	}
	return &schemas.Row{Code: "InternalError", Status: schemas.Exactly(500), Message: "The request processing has failed."}
}

// FindRow returns the first row that is wanted, and nil when there is none.
func (s *Server) FindRow(wanted func(*schemas.Row) bool) *schemas.Row {
	for i := range s.Profile.Codes {
		if wanted(&s.Profile.Codes[i]) {
			return &s.Profile.Codes[i]
		}
	}
	return nil
}

// answers reports whether a row of the profile documents the condition.
func (s *Server) answers(condition schemas.Condition) bool { return s.answered()[condition] }

// conditionsOf returns the conditions that a table answers. It is asked for with every call, and tables are long.
func conditionsOf(table []schemas.Row) map[schemas.Condition]bool {
	all := map[schemas.Condition]bool{}
	for i := range table {
		for _, condition := range table[i].Answers {
			all[condition] = true
		}
	}
	return all
}

var (
	// The ways in which the documents write "the parameter's name goes here".
	placeholder = regexp.MustCompile(`%s|\{ParameterName\}|< ?parameter name ?\\?>`)
	quoted      = regexp.MustCompile(`"([A-Za-z]+)"`)
	// StraightQuotes puts straight quotation marks in the place of those that the documents have.
	StraightQuotes = strings.NewReplacer(`\”`, `"`, `\“`, `"`, `\"`, `"`, "“", `"`, "”", `"`)
)

// names reports whether the row's message names the parameter or has a place for it.
func names(row *schemas.Row, parameter string) bool {
	text := StraightQuotes.Replace(row.Message)
	return placeholder.MatchString(text) || strings.Contains(strings.ToLower(text), `"`+strings.ToLower(parameter)+`"`)
}

// fill writes a published text for one parameter, with straight quotation marks. Rows that name a parameter of
// their own (“Version”) stand for those without a row too, so that the name is replaced where it is another one.
func fill(row *schemas.Row, parameter string) (code, message string) {
	code, message = fillHoles(row, parameter)
	if row.Code == "MissingParameter" && !names(row, parameter) {
		message = quoted.ReplaceAllLiteralString(message, `"`+cmp.Or(parameter, "request")+`"`)
	}
	return code, message
}

// fillHoles writes a published text as it is, with the parameter in its placeholders. Where no message is published, the
// RowByCode is one.
func fillHoles(row *schemas.Row, parameter string) (code, message string) {
	parameter = cmp.Or(parameter, "request")
	code = placeholder.ReplaceAllLiteralString(row.Code, parameter)
	return code, cmp.Or(placeholder.ReplaceAllLiteralString(StraightQuotes.Replace(row.Message), parameter), code)
}

// StatusOf returns the one status that the row is answered with. Where the document states a class only, the code's
// Param words decide.
func StatusOf(row *schemas.Row) int {
	switch {
	case row.Status.Low == row.Status.High:
		return row.Status.Low
	case row.Code == "ServiceUnavailable":
		return 503
	case row.Status.High >= 500:
		return 500
	case strings.HasSuffix(row.Code, ".NotFound"):
		return 404
	case strings.HasPrefix(row.Code, "Forbidden"), row.Code == "InvalidAccessKeyId.Inactive", row.Code == "UnsupportedHTTPMethod":
		return 403
	default:
		return 400
	}
}
