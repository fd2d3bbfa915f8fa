package oddities

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// unreadableOddities read a broken percent-encoding in ways of their own, and so find another fault in it, or answer what they
// cannot read in other words.
func unreadableOddities() []vary.Variant {
	unread := func(name, says string, edit func(*server.Server, *server.Call, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Description: says, Apply: vary.RefusalsFor(server.Hostile, edit)}
	}
	return []vary.Variant{
		{Name: "broken-escapes-taken-literally", Description: "takes a broken percent-encoding for the characters that it is made of", Apply: func(s *server.Server) {
			s.OnCall = append(s.OnCall, rereads(s, literal))
		}},
		{Name: "unreadable-form-as-none", Styles: vary.RPCOnly, Description: "takes a form that it cannot read for none, and misses the parameters that were in it", Apply: func(s *server.Server) {
			s.OnCall = append(s.OnCall, rereads(s, func(string) []sign.Param { return nil }))
		}},
		unread("undecoded-in-the-default-format", "answers a query or a form that it cannot decode in its default format, whatever was asked for", func(s *server.Server, _ *server.Call, r *server.Reply) {
			if r.Fault.Parameter == "query" || r.Fault.Parameter == "body" {
				r.Format = s.FormatOf(nil)
			}
		}),
		unread("unreadable-in-words-of-today", "answers what it cannot read with the code of today's gateways", func(_ *server.Server, _ *server.Call, r *server.Reply) {
			r.Set("Code", "RequestParameterMalformed")
			r.Set("Message", "The request cannot be decoded.")
			r.SetStatus(http.StatusBadRequest)
		}),
		{Name: "closes-after-refusing-a-body", Description: "closes the connection after it has refused a call with a body", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			c.Close = c.Close || out.Reply.Fault != nil && len(c.Body) > 0
		})},
	}
}

// rereads reads a query or a form again that cannot be read, in another way.
func rereads(s *server.Server, as func(text string) []sign.Param) func(*server.Call) *server.Call {
	return func(c *server.Call) *server.Call {
		if c.Broken == nil || c.Broken.Condition != server.Hostile || !server.IsForm(c.Header) || len(c.Body) == 0 || c.Broken.Parameter != "body" {
			return c
		}
		of := c.Copy()
		of.Form = as(string(c.Body))
		of.Broken = server.ParamFault(of.Params())
		of.Open(s.Profile)
		of.Format = s.FormatOf(of.Params())
		return of
	}
}

// literal decodes pairs, and leaves the signs of what is no escape as they are.
func literal(text string) []sign.Param {
	var list []sign.Param
	for pair := range strings.SplitSeq(text, "&") {
		if name, value, _ := strings.Cut(pair, "="); pair != "" {
			list = append(list, sign.Param{Name: literally(name), Value: literally(value)})
		}
	}
	return list
}

func literally(coded string) string {
	var b strings.Builder
	for i := 0; i < len(coded); {
		step := 1
		if coded[i] == '%' && i+3 <= len(coded) {
			step = 3
		}
		plain, err := url.QueryUnescape(coded[i : i+step])
		if err != nil {
			plain, step = "%", 1
		}
		b.WriteString(plain)
		i += step
	}
	return strings.ToValidUTF8(b.String(), "\ufffd")
}
