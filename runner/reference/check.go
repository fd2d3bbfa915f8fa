package reference

import (
	"net"
	"slices"
	"strings"
)

// A check objects to a call, or finds nothing wrong. What is missing is the business of the checks for missing
// parameters only: later ones pass over it, so that a server that accepts one fault serves the call.
type check struct {
	name    string
	objects func(*Server, *call) *fault
}

// rightChecks are the checks in the order of the right server.
func rightChecks() []check {
	return []check{
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
		{"digest", digestRight},
		{"signature", signatureRight},
		{"nonce", nonceFresh},
		{"action", actionKnown},
		{"region", regionKnown},
		{"permission", permitted},
		{"tls", tlsUsed},
		{"owner", ownerGood},
		{"throttle", withinRate},
		{"business", RunAction},
	}
}

func readable(_ *Server, c *call) *fault { return c.broken }

// hostKnown refuses a host of no product. Addresses, names without a dot and *.example.test are the server's own.
func hostKnown(s *Server, c *call) *fault {
	name := strings.ToLower(c.host)
	if net.ParseIP(name) != nil || !strings.Contains(name, ".") || strings.HasSuffix(name, ".example.test") {
		return nil
	}
	if slices.ContainsFunc(s.Hosts, func(own string) bool { return strings.EqualFold(own, name) }) {
		return nil
	}
	return &fault{condition: unknownHost, parameter: "Host"}
}

func methodTaken(s *Server, c *call) *fault {
	if slices.Contains(s.profile.Methods, c.method) {
		return nil
	}
	return &fault{condition: unsupportedMethod, parameter: "Method"}
}

func lengthRight(_ *Server, c *call) *fault {
	if c.length {
		return &fault{condition: contentLengthMismatch, parameter: "Content-Length"}
	}
	return nil
}

func formatKnown(s *Server, c *call) *fault {
	asked := c.value("Format")
	if _, ok := s.known(asked); ok || asked == "" {
		return nil
	}
	if strings.EqualFold(asked, "XML") {
		return &fault{condition: formatXML, parameter: "Format"}
	}
	return &fault{condition: unknownFormat, parameter: "Format"}
}

// acceptServed refuses an Accept that has no room for JSON, where the document speaks of Accept.
func acceptServed(s *Server, c *call) *fault {
	accept := strings.Join(c.header.Values("Accept"), ",")
	if accept == "" || !s.answers(acceptUnsupported) {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		kind, _, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "application/json", "application/json-rpc", "application/*", "*/*":
			return nil
		}
	}
	return &fault{condition: acceptUnsupported, parameter: "Accept"}
}

func nothingMissing(s *Server, c *call) *fault {
	return s.firstPublic(c, func(name string) *fault {
		if _, there := c.public[name]; there {
			return nil
		}
		return &fault{condition: missing(name), parameter: c.ClientName(name)}
	})
}

func nothingEmpty(s *Server, c *call) *fault {
	return s.firstPublic(c, func(name string) *fault {
		if value, there := c.public[name]; !there || strings.TrimSpace(value) != "" {
			return nil
		}
		return &fault{condition: empty(name), parameter: c.ClientName(name)}
	})
}

// firstPublic looks at the mandatory parameters in their order. A fault that is pardoned does not hide the next.
func (s *Server) firstPublic(c *call, objects func(string) *fault) *fault {
	for _, name := range c.mandatory() {
		if f := objects(name); f != nil && !s.pardoned(c, f) {
			return f
		}
	}
	return nil
}
