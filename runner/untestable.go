package runner

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
)

// untestable words what the preflight met: the fault, or how the sound request was refused, and what to do. What is worded
// holds no secret before anything of it is cut.
func (s *Session) untestable(x *schemas.Exchange) error {
	x = s.redactor.Exchange(x).Value()
	line := s.sayRefused(x)
	if x.Fault != nil {
		line = s.sayFault(x.Fault)
	}
	return &Untestable{s.line(line).Value()}
}

// foreign words that nothing which came back is an envelope.
func (s *Session) foreign(met []*schemas.Exchange) error {
	shown := make([]*schemas.Exchange, len(met))
	for i, x := range met {
		shown[i] = s.redactor.Exchange(x).Value()
	}
	_, seen := suites.Guess(shown, []*schemas.Profile{s.brief.Profile})
	return &Untestable{s.line(fmt.Sprintf("%s does not answer by this convention; correct url, name a key, or go on with --force (%s)", s.address(), seen)).Value()}
}

// line makes a note of one line. It is cut once it holds no secret.
func (s *Session) line(text string) redact.Clean[string] {
	return redact.Map(s.redactor.Line(text), transport.OneLine)
}

func (s *Session) address() string {
	u, err := url.Parse(s.brief.Target.URL)
	if err != nil {
		return s.brief.Target.URL
	}
	return transport.AddressOf(u)
}

func (s *Session) sayFault(f *schemas.Fault) string {
	switch f.Kind {
	case schemas.FaultRefused:
		return f.Text + "; start the server, or correct url"
	case schemas.FaultUnreachable:
		return f.Text + "; correct url"
	case schemas.FaultTLS:
		return f.Text + "; " + tlsRemedy(f.Text)
	case schemas.FaultTimeout:
		return fmt.Sprintf("%s from %s; correct url, or raise --timeout", f.Text, s.address())
	case schemas.FaultTooLarge:
		return fmt.Sprintf("the answer to %s cannot be read: %s; choose a request with a short answer", s.called(), f.Text)
	case schemas.FaultMalformed:
		if strings.Contains(f.Text, `\x15\x03`) {
			return s.address() + " speaks TLS; write https:// in url"
		}
		return fmt.Sprintf("%s (%s); correct url", f.Text, s.address())
	case schemas.FaultCancelled:
		return f.Text
	}
	return fmt.Sprintf("%s does not answer %s: %s; correct url, or see the server's log", s.address(), s.called(), f.Text)
}

// clientRefused begins the message about a handshake that the target ended because it accepts no client certificate of ours.
const clientRefused = "the target wants a client certificate"

// tlsRemedy describes what to do about a handshake that failed.
func tlsRemedy(text string) string {
	switch {
	case strings.Contains(text, "does not speak TLS"):
		return "write http:// in url"
	case strings.Contains(text, "unknown authority"):
		return "name its authority in tls: {ca: FILE} or with --ca FILE, or use --insecure"
	case strings.Contains(text, clientRefused):
		return "name a client certificate that it takes in tls: {cert: FILE, key: FILE}"
	case strings.Contains(text, "certificate is valid for"), strings.Contains(text, "doesn't contain any IP SANs"):
		return "correct url, name the host of the certificate in tls: {server_name: NAME}, or use --insecure"
	case strings.Contains(text, "certificate"):
		return "correct the certificate or url, or use --insecure"
	}
	return "correct url, or see the server's log"
}

// called names the first request for people.
func (s *Session) called() string {
	r := s.brief.Target.Request
	switch {
	case r.Action != "":
		return "the sound request " + r.Action
	case r.Path != "":
		return "the sound request " + r.Path
	}
	return "an unsigned request"
}

// sayRefused words how the sound request was refused, and what to do.
func (s *Session) sayRefused(x *schemas.Exchange) string {
	if x.Response == nil {
		return "no answer to " + s.called()
	}
	payload := string(x.Response.Body)
	if strings.Contains(payload, "HTTPS") && body.Sniff(x.Response.Body) != body.NatureJSON && strings.HasPrefix(s.brief.Target.URL, "http:") && x.Response.Status == 400 {
		return s.address() + " speaks TLS; write https:// in url"
	}
	e := body.Open(x.Response.Body)
	remedy := "correct url, or request in the target file"
	switch {
	case x.Response.Status/100 == 3:
		remedy = "write the address that answers itself in url"
	case e != nil && e.Text("Code") != "":
		remedy = "check " + s.blame(e.Text("Code"))
	}
	return fmt.Sprintf("%s, sent by %s%s; %s (not judged)", s.sayRefusal(x), x.Request.Method, s.sayTried(), remedy)
}

// sayRefusal words what came back.
func (s *Session) sayRefusal(x *schemas.Exchange) string {
	sent := s.called()
	if to := x.Response.Header.Get("Location"); to != "" && x.Response.Status/100 == 3 {
		return fmt.Sprintf("%s is redirected: %d to %s", sent, x.Response.Status, to)
	}
	e := body.Open(x.Response.Body)
	if e == nil || e.Text("Code") == "" {
		return fmt.Sprintf("%s is refused: %d with %s", sent, x.Response.Status, sayNature(body.Sniff(x.Response.Body)))
	}
	says := ""
	if message := e.Text("Message"); message != "" {
		says = " (" + text.Clip(message, 100) + ")"
	}
	return fmt.Sprintf("%s is refused: %d %s%s", sent, x.Response.Status, text.Clip(e.Text("Code"), 60), says)
}

// sayTried words in which other ways the sound request was sent in vain.
func (s *Session) sayTried() string {
	if n := len(suites.Probes(s.brief)) + len(suites.Spellings(s.brief)) - 1; n > 0 {
		return fmt.Sprintf(" and in %d other ways", n)
	}
	return ""
}

// blame names the part of the target file that a refusal points at.
func (s *Session) blame(code string) string {
	switch {
	case strings.Contains(code, "Throttling"):
		return "limits.rate in the target file, or use --rate"
	case strings.Contains(code, "Time") && strings.Contains(code, "Format"):
		return "how the target wants its Timestamp (Date in roa) written"
	case strings.Contains(code, "Time"):
		return "the clocks of both machines"
	case strings.Contains(code, "Signature"), strings.Contains(code, "AccessKey"), strings.Contains(code, "Token"),
		strings.HasPrefix(code, "Forbidden"):
		return "credentials." + cmp.Or(s.brief.Target.Request.Credentials, schemas.DefaultKey)
	}
	if s.brief.Target.Request.Action == s.brief.Profile.Request.Action {
		return "request in the target file, which is the profile's own where the file has none"
	}
	return "request in the target file"
}

// sayNature describes a body that is no envelope.
func sayNature(n body.Nature) string {
	if n == body.NatureJSON || n == body.NatureXML {
		return string(n) + " without a Code"
	}
	return suites.SayNature(n)
}
