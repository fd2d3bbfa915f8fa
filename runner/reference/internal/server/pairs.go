package server

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// parsePairs decodes a query or a form in its order, repeats included. Where something in it does not decode to UTF-8
// the rest is returned all the same, and sound is false.
func parsePairs(text string) (list []sign.Param, sound bool) {
	sound = true
	for pair := range strings.SplitSeq(text, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		if err != nil || err2 != nil || !utf8.ValidString(name) || !utf8.ValidString(value) {
			sound = false
			continue
		}
		list = append(list, sign.Param{Name: name, Value: value})
	}
	return list, sound
}

// ParamFault finds what no request may hold: too many parameters, control characters, too long a value, a public
// parameter twice.
func ParamFault(params []sign.Param) *Fault { return paramFault(params, false) }

// paramFault is ParamFault; with texts, the parameters of the operation itself may have several lines and be as long as a body,
// as policies and scripts are.
func paramFault(params []sign.Param, texts bool) *Fault {
	if len(params) > MaxParams {
		return &Fault{Condition: Hostile, Parameter: "request"}
	}
	seen := map[string]bool{}
	for _, p := range params {
		text := texts && !slices.Contains(PublicNames, p.Name)
		switch {
		case strings.ContainsFunc(p.Name, control), len(p.Name) > 128:
			return &Fault{Condition: Hostile, Parameter: "request"}
		case text && !strings.ContainsFunc(p.Value, neverText):
		case strings.ContainsFunc(p.Value, control), len(p.Value) > MaxValue:
			return &Fault{Condition: Hostile, Parameter: p.Name}
		case seen[p.Name] && p.Name == "Timestamp":
			return &Fault{Condition: MalformedTimestamp, Parameter: p.Name}
		case seen[p.Name] && slices.Contains(PublicNames, p.Name):
			return &Fault{Condition: Hostile, Parameter: p.Name}
		}
		seen[p.Name] = true
	}
	return nil
}

func control(r rune) bool { return r < 0x20 || r == 0x7f }

func neverText(r rune) bool { return control(r) && r != '\n' && r != '\r' && r != '\t' }

// FormatOf describes which format the answer has: the one that was asked for, once and known, else the default.
func (s *Server) FormatOf(params []sign.Param) schemas.Format {
	var asked []string
	for _, p := range params {
		if p.Name == "Format" {
			asked = append(asked, p.Value)
		}
	}
	if len(asked) == 1 {
		if format, ok := s.known(asked[0]); ok {
			return format
		}
	}
	if s.Profile.DefaultFormat != "" || len(s.Profile.Formats) == 0 {
		return s.Profile.DefaultFormat
	}
	return s.Profile.Formats[0]
}

// known returns the format of that name, compared without case, if the profile answers in it.
func (s *Server) known(name string) (schemas.Format, bool) {
	for _, format := range s.Profile.Formats {
		if strings.EqualFold(string(format), name) {
			return format, true
		}
	}
	return "", false
}
