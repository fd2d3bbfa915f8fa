// Package uncovered makes the mutants whose signature does not cover one input in one way, of the list of inputs that the
// signers go by.
//
// Nothing about it is promised to importers; package runner says what is.
package uncovered

import (
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// alterations are the ways in which an input of a signature may be altered.
var alterations = []string{"changed", "removed", "emptied", "doubled", "added"}

// All lists the mutants for every style: each serves a call whose input was altered as if it had not been. What has no
// such mutant is that of which nobody but the client knows what was there before.
func All() []vary.Variant {
	var all []vary.Variant
	for _, style := range []schemas.Style{schemas.RPC, schemas.ROA, schemas.ACS3} {
		for _, input := range sign.Inputs(style, everything(style)) {
			for _, how := range alterations {
				if !alterable(input, how) {
					continue
				}
				all = append(all, vary.Variant{
					Name:        strings.Join([]string{"uncovered", string(style), word(input), how}, "-"),
					Description: fmt.Sprintf("serves a call whose %s was %s after signing", input, how),
					Clause:      "SIGN-2", Profiles: vary.GatewayOnly, Styles: []schemas.Style{style}, Generated: true,
					Apply: Input(style, input, how),
				})
			}
		}
	}
	return all
}

// Input makes a server that does not cover an input in one way.
func Input(style schemas.Style, input sign.Input, how string) vary.Change {
	return func(s *server.Server) { s.OnCall = append(s.OnCall, uncovering{s, style, input, how}.reread) }
}

// everything is a request that has every input of its style.
func everything(style schemas.Style) sign.Message {
	m := sign.Message{Method: "POST", Path: "/echo", Body: []byte(`{"a":1}`), Params: []sign.Param{{Name: "RegionId", Value: "cn-hangzhou"}, {Name: extra, Value: "1"}}}
	if style == schemas.RPC {
		for _, name := range server.PublicNames {
			m.Params = append(m.Params, sign.Param{Name: name, Value: "1"})
		}
		return m
	}
	names := server.ROAHeaders
	m.Header.Set("X-Acs-Acsconform", "1")
	m.Header.Set("Content-Type", "application/json")
	if style == schemas.ROA {
		m.Header.Set("Accept", "application/json")
		m.Header.Set("Content-MD5", sign.ContentMD5(m.Body))
	} else {
		names = server.ACS3Headers
		m.Header.Set("X-Acs-Content-Sha256", sign.ContentSHA256(m.Body))
	}
	for _, header := range names {
		m.Header.Set(header, "1")
	}
	m.SignedHeaders = sign.ACS3Headers(m.Header)
	return m
}

// Trailer is the parameter of the suite's own that is added.
const extra = "AcsconformExtra"

func word(input sign.Input) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(input.String(), "header "), " ", "-"))
}

// alterable reports whether an input can be altered in that way, and so that a server could know what was there before.
func alterable(input sign.Input, how string) bool {
	switch input.Kind {
	case sign.Method:
		return false // the mutant signature-for-any-method covers it
	case sign.Path:
		return how == "changed"
	case sign.Body:
		return how == "changed" || how == "added" || how == "removed"
	case sign.SignedHeaders:
		return how == "changed" || how == "removed" || how == "emptied"
	}
	switch name := strings.ToLower(input.Name); {
	case how == "added":
		return name == strings.ToLower(extra) || name == "signaturetype" || name == "securitytoken"
	case name == strings.ToLower(extra), name == "signaturetype":
		return false // the sound request has none
	case strings.HasSuffix(name, "nonce"):
		return how == "changed" || how == "doubled"
	}
	return true
}

// uncovering is one difference from the right way of verifying.
type uncovering struct {
	s     *server.Server
	style schemas.Style
	input sign.Input
	how   string
}

// reread returns the call as it was signed where it was altered, and else the call itself.
func (u uncovering) reread(c *server.Call) *server.Call {
	if c.Style != u.style || vary.SignatureHolds(u.s, c) || !u.altered(c) {
		return c
	}
	for _, before := range u.candidates(c) {
		before.Open(u.s.Profile)
		if vary.SignatureHolds(u.s, before) {
			before.Format = u.s.FormatOf(before.Params())
			return before
		}
	}
	return c
}

// altered reports whether the input is there as the alteration leaves it.
func (u uncovering) altered(c *server.Call) bool {
	var values []string
	switch u.input.Kind {
	case sign.Parameter:
		for _, p := range c.Params() {
			if p.Name == u.input.Name {
				values = append(values, p.Value)
			}
		}
	case sign.Header:
		values = c.Header.Values(u.input.Name)
	case sign.SignedHeaders:
		text := c.Header.Get("Authorization")
		switch u.how {
		case "removed":
			return !strings.Contains(text, "SignedHeaders=")
		case "emptied":
			return strings.Contains(text, "SignedHeaders=,")
		}
		return len(c.SignedHeaders) > 1
	default:
		return u.input.Kind != sign.Body || (u.how == "removed") == (len(c.Body) == 0)
	}
	switch u.how {
	case "removed":
		return len(values) == 0
	case "emptied":
		return len(values) == 1 && values[0] == ""
	case "doubled":
		return len(values) == 2
	}
	return len(values) == 1 && values[0] != ""
}
