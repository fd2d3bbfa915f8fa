package input

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/observe"
)

// readURL fills the fields of the request that are still empty from a URL, or from a query alone.
func (p *Picked) readURL(url []byte) {
	if len(p.Host) == 0 {
		p.Host = hostIn(url)
	}
	if len(p.Action) == 0 {
		p.Action = parameter(url, "Action")
	}
	if p.Format == "" {
		p.Format = formatOf(parameter(url, "Format"))
	}
	p.readVersion(url)
}

// readForm reads from a form the parameters that the query did not have.
func (p *Picked) readForm(form []byte) {
	if len(p.Action) == 0 {
		p.Action = parameter(form, "Action")
	}
	if p.Format == "" {
		p.Format = formatOf(parameter(form, "Format"))
	}
	p.readVersion(form)
}

// isForm reports a request whose body a server reads as a form, as far as the record shows it.
func isForm(r schemas.Request) bool {
	if r.Method != "" && !strings.EqualFold(r.Method, "POST") {
		return false
	}
	if _, packed := r.Header.Lookup("Content-Encoding"); packed {
		return false
	}
	return len(r.Header) == 0 || strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "application/x-www-form-urlencoded")
}

// Complete takes from the request what of the asked is not known yet. What was wrong in it nobody knows.
func Complete(x *schemas.Exchange) {
	p := Picked{Record: observe.Record{Host: []byte(x.Intent.Host), Action: []byte(x.Intent.Action), Format: x.Intent.Format}}
	p.readURL([]byte(x.Request.URL))
	if isForm(x.Request) {
		p.readForm(x.Request.Body)
	}
	if len(p.Action) == 0 {
		p.Action = parameter(x.Request.Body, "Action")
	}
	if len(p.Action) == 0 {
		p.Action = []byte(x.Request.Header.Get("x-acs-action"))
	}
	if p.Format == "" {
		p.Format = acceptedFormat(x.Request.Header)
	}
	x.Intent.Host, x.Intent.Action, x.Intent.Format = string(p.Host), string(p.Action), p.Format
}

// acceptedFormat returns the format that a request in roa or acs3 asks for by Accept; none where it leaves a choice, and in
// rpc, where Accept asks for nothing.
func acceptedFormat(h schemas.Header) schemas.Format {
	if !slices.ContainsFunc(h, func(f schemas.Field) bool {
		return isACSHeader(f.Name) || strings.EqualFold(f.Name, "Authorization") && isACSAuthorization(f.Value)
	}) {
		return ""
	}
	media, _, _ := strings.Cut(h.Get("Accept"), ";")
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "application/json":
		return schemas.JSON
	case "application/xml", "text/xml":
		return schemas.XML
	}
	return ""
}

// hostIn returns the host of a URL without its port; nothing where there is no scheme.
func hostIn(url []byte) []byte {
	i := bytes.Index(url, []byte("://"))
	if i < 0 || i > 8 {
		return nil
	}
	host := url[i+3:]
	if end := bytes.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	if at := bytes.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	return withoutPort(host)
}

// withoutPort cuts the port off a host; an IPv6 address loses its brackets.
func withoutPort(host []byte) []byte {
	if len(host) > 0 && host[0] == '[' {
		if end := bytes.IndexByte(host, ']'); end > 0 {
			return host[1:end]
		}
	}
	if i := bytes.IndexByte(host, ':'); i >= 0 && bytes.IndexByte(host[i+1:], ':') < 0 {
		return host[:i]
	}
	return host
}

// parameter returns the value of a parameter that occurs once in a query, where it is a plain word; nothing otherwise.
func parameter(query []byte, name string) []byte {
	var value []byte
	for rest := query; ; {
		i := bytes.Index(rest, []byte(name))
		if i < 0 {
			return value
		}
		before, after := byte('&'), i+len(name)
		if i > 0 {
			before = rest[i-1]
		}
		if (before == '&' || before == '?') && after < len(rest) && rest[after] == '=' {
			if value != nil {
				return nil
			}
			end := after + 1
			for end < len(rest) && isWord(rest[end]) {
				end++
			}
			if end < len(rest) && strings.IndexByte("&# ", rest[end]) < 0 {
				return nil
			}
			value = rest[after+1 : end]
			after = end
		}
		rest = rest[after:]
	}
}

func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.'
}
