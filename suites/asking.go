package suites

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// intent writes down what the request means.
func (p *Planned) asked(step int, s Step, d *Draft) schemas.Intent {
	condition := s.Condition
	if condition == "" {
		condition = p.Condition
	}
	a := schemas.Intent{
		Case: p.Case.Name.Text, Variant: p.Variant(), Clause: p.Clause.ID, Condition: condition,
		Parameter: p.Case.Parameter, Profile: p.Profile.Name, Style: p.Style, Method: d.Method,
		Action: d.get("Action"), Key: d.keyName(p.Call().Credentials), Host: hostName(d), Step: step, Parallel: s.Parallel, Setup: s.Setup, Sender: s.Sender,
		Unsigned: p.Unsigned || d.madeUp, Echo: p.Case.Echo, MayServe: p.Case.MayServe, Place: p.Place, Run: p.Run,
	}
	if s.Unsigned != "" || p.Case.MayServe && slices.Contains([]string{"Action", "x-acs-action"}, p.Case.Alters.Name) {
		a.Action = "" // there are two, and which of them is called is for the answer to show
	}
	a.AnyRefusal = (p.Case.AnyRefusal || p.Case.IsTampering()) && !s.Setup
	if a.Parameter == "" && !a.AnyRefusal {
		a.Parameter = infoOf(condition).parameter
	}
	if d.Style == schemas.ROA && a.Parameter == "Timestamp" {
		a.Parameter = "Timestamp|Date"
	}
	if p.Operation != nil {
		a.Operation = p.Operation.Name
		if condition == OperationWithout {
			a.Parameter = p.left.Name
		}
	}
	if p.Recipe != nil {
		a.Row, a.Message = &schemas.RowKey{Code: p.Recipe.Code, Status: p.Recipe.Status}, p.Recipe.Message
	}
	if th := p.Target.Limits.Throttle; th != nil && condition == OverRate {
		a.Burst = &schemas.Burst{Requests: th.Requests, Per: th.Per}
	}
	if a.Echo == "" && !s.Setup && s.Sender == "" && condition != schemas.Sound {
		a.Echo = d.odd()
	}
	a.AnyMethod = condition == schemas.Sound && p.Case.Base == BaseSound && p.Target.Request.Method == "" && (d.Method == "GET" || d.Method == "POST")
	a.Stamped, a.Derived = d.stamped(), d.derived
	if !p.Case.altersFormat() {
		a.Format, a.NoFormat = p.bindingFormat(d)
	}
	return a
}

// odd returns a value that a change put into the request and that breaks a body or a header that repeats it as it is; ""
// where none would. One that is made of a secret is left out, since what is returned is written down.
func (d *Draft) odd() string {
	for _, p := range slices.Concat(d.Public, d.Own) {
		if p.Name != "Signature" && p.Name != "SecurityToken" && !slices.Contains(d.unchanged, p) && (strings.ContainsAny(p.Value, "<>&\"\\\x7f") || strings.ContainsFunc(p.Value, unicode.IsControl) || !utf8.ValidString(p.Value)) {
			return p.Value
		}
	}
	return ""
}

// altersFormat reports whether the case alters what asks for a format: then none binds.
func (c *Case) altersFormat() bool {
	return c.Alters == sign.Input{Kind: sign.Parameter, Name: "Format"} || c.Alters == sign.Input{Kind: sign.Header, Name: "accept"}
}

// bindingFormat returns the format that the answer must have, or tells that the default binds. A Format that the profile
// does not know, and two at once, bind nothing.
func (p *Planned) bindingFormat(d *Draft) (schemas.Format, bool) {
	var formats []string
	for _, q := range slices.Concat(d.Public, d.Own) {
		if q.Name == "Format" {
			formats = append(formats, q.Value)
		}
	}
	switch {
	case len(formats) == 0 && p.Style == schemas.ROA:
		return acceptedFormat(d)
	case len(formats) == 0:
		return "", true
	case len(formats) == 1 && slices.Contains(p.Profile.Formats, schemas.Format(formats[0])):
		return schemas.Format(formats[0]), false
	}
	return "", false
}

// acceptedFormat reads the format off Accept, which in roa is what asks for one.
func acceptedFormat(d *Draft) (schemas.Format, bool) {
	accept, sent := d.headers().Lookup("Accept")
	switch {
	case !sent:
		return "", true
	case accept == "application/json":
		return schemas.JSON, false
	}
	return "", false
}

// hostName returns the host that the client addresses, without the port.
func hostName(d *Draft) string {
	host := d.Header.Get("host")
	if host == "" {
		host = hostOf(d.Origin)
	}
	if u, err := url.Parse("http://" + host); err == nil {
		return u.Hostname()
	}
	return host
}
