package redact

import (
	"cmp"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// A way is how commands reach a target: by which files of certificates, under which name, and at which address.
type way struct {
	tls   schemas.TLS
	first string // the first address of a balancer
}

func wayOf(t *schemas.Target) way {
	w := way{tls: t.TLS}
	if len(t.Resolve) > 0 {
		w.first = t.Resolve[0]
	}
	return w
}

// curl returns the words that lead curl there, and the address to name, which is that of the server name where there is one.
func (w way) curl(r schemas.Request, address string) (words []string, named string) {
	for _, flag := range [][2]string{{"--cacert", w.tls.CA}, {"--cert", w.tls.Cert}, {"--key", w.tls.Key}} {
		if flag[1] != "" {
			words = append(words, flag[0], quotedIfNeeded(flag[1]))
		}
	}
	at := cmp.Or(r.Address, w.first)
	u, err := transport.Locate(r.URL)
	if err != nil || w.tls.ServerName == "" && at == "" {
		return words, address
	}
	if name := w.tls.ServerName; name != "" {
		authority := name
		if port := u.Port(); port != "" {
			authority = net.JoinHostPort(name, port)
		}
		address = u.Scheme + "://" + authority + strings.TrimPrefix(address, u.Scheme+"://"+u.Host)
		if _, set := r.Header.Lookup("host"); !set {
			words = append(words, "-H", quoted("Host: "+u.Host))
		}
	}
	return append(words, "--connect-to", quoted("::"+w.at(u, at))), address
}

// at returns the address that a connection for u goes to.
func (w way) at(u *url.URL, at string) string {
	if at = cmp.Or(at, w.first); at == "" {
		return transport.AddressOf(u)
	}
	return transport.At(at, transport.AddressOf(u))
}

// openssl returns the words that openssl s_client needs beside the address.
func (w way) openssl() string {
	var out strings.Builder
	for _, flag := range [][2]string{{"-servername", w.tls.ServerName}, {"-CAfile", w.tls.CA}, {"-cert", w.tls.Cert}, {"-key", w.tls.Key}} {
		if flag[1] != "" {
			out.WriteString(" " + flag[0] + " " + quotedIfNeeded(flag[1]))
		}
	}
	return out.String()
}

// secretField matches the names of header fields whose values are secrets.
var secretField = regexp.MustCompile(`(?i)auth|token|secret|passw|cookie|credential|session|signature|api-?key|access-?key|private-?key`)

// Header returns the value of a header field of the target file as it can be shown.
func Header(name, value string) string {
	if value == "" || !secretField.MatchString(name) {
		return value
	}
	return hidden
}

// secretParts returns what must not be shown of a header field that is a secret: the value, and what follows its scheme.
func secretParts(value string) []string {
	parts := []string{value}
	if _, behind, ok := strings.Cut(value, " "); ok {
		parts = append(parts, strings.TrimSpace(behind))
	}
	return parts
}
