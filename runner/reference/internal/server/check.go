package server

import (
	"net"
	"slices"
	"strings"
)

// A Check objects to a call, or finds nothing wrong. What is missing is the business of the checks for missing
// parameters only: later ones pass over it, so that a server that accepts one fault serves the call.
type Check struct {
	Name    string
	Objects func(*Server, *Call) *Fault
}

// rightChecks are the checks in the order of the right server.
func rightChecks() []Check {
	return []Check{
		{"readable", readable},
		{"host", hostKnown},
		{"method", methodTaken},
		{"length", lengthRight},
		{"format", formatKnown},
		{"accept", acceptServed},
		{"missing", nothingMissing},
		{"empty", nothingEmpty},
		{"signature-method", methodKnown},
		{"timestamp", timestampGood},
		{"key", keyGood},
		{"token", tokenGood},
		{"digest", DigestRight},
		{"signature", signatureRight},
		{"nonce", nonceFresh},
		{"action", ActionKnown},
		{"region", regionKnown},
		{"permission", permitted},
		{"tls", tlsUsed},
		{"owner", ownerGood},
		{"throttle", WithinRate},
		{"business", RunAction},
	}
}

func readable(_ *Server, c *Call) *Fault { return c.Broken }

// hostKnown refuses a host of no product. Addresses, names without a dot and *.example.test are the server's own.
func hostKnown(s *Server, c *Call) *Fault {
	name := strings.ToLower(c.Host)
	if net.ParseIP(name) != nil || !strings.Contains(name, ".") || strings.HasSuffix(name, ".example.test") {
		return nil
	}
	if slices.ContainsFunc(s.Hosts, func(own string) bool { return strings.EqualFold(own, name) }) {
		return nil
	}
	return &Fault{Condition: UnknownHost, Parameter: "Host"}
}

func methodTaken(s *Server, c *Call) *Fault {
	if slices.Contains(s.Profile.Methods, c.Method) {
		return nil
	}
	return &Fault{Condition: UnsupportedMethod, Parameter: "Method"}
}

func lengthRight(_ *Server, c *Call) *Fault {
	if c.length {
		return &Fault{Condition: ContentLengthMismatch, Parameter: "Content-Length"}
	}
	return nil
}

func formatKnown(s *Server, c *Call) *Fault {
	asked := c.Value("Format")
	if _, ok := s.known(asked); ok || asked == "" {
		return nil
	}
	if strings.EqualFold(asked, "XML") {
		return &Fault{Condition: FormatXML, Parameter: "Format"}
	}
	return &Fault{Condition: UnknownFormat, Parameter: "Format"}
}

// acceptServed refuses an Accept that has no room for JSON, where the document mentions Accept.
func acceptServed(s *Server, c *Call) *Fault {
	accept := strings.Join(c.Header.Values("Accept"), ",")
	if accept == "" || !s.answers(AcceptUnsupported) {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		kind, _, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "application/json", "application/json-rpc", "application/*", "*/*":
			return nil
		}
	}
	return &Fault{Condition: AcceptUnsupported, Parameter: "Accept"}
}

func nothingMissing(s *Server, c *Call) *Fault {
	return s.firstPublic(c, func(name string) *Fault {
		if _, there := c.Public[name]; there {
			return nil
		}
		return &Fault{Condition: Missing(name), Parameter: c.ClientName(name)}
	})
}

func nothingEmpty(s *Server, c *Call) *Fault {
	return s.firstPublic(c, func(name string) *Fault {
		if value, there := c.Public[name]; !there || strings.TrimSpace(value) != "" {
			return nil
		}
		return &Fault{Condition: Empty(name), Parameter: c.ClientName(name)}
	})
}

// firstPublic looks at the mandatory parameters in their order. A fault that is pardoned does not hide the next.
func (s *Server) firstPublic(c *Call, objects func(string) *Fault) *Fault {
	for _, name := range c.mandatory() {
		if f := objects(name); f != nil && !s.pardoned(c, f) {
			return f
		}
	}
	return nil
}
