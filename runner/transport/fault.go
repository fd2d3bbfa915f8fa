package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// MaxFaultText is how long the one line of a fault may be, in bytes.
const MaxFaultText = 240

// faultOf names what went wrong on the way to address and back. Partial tells that an answer had begun.
func faultOf(err error, d *Deadline, address string, partial bool) *schemas.Fault {
	if cause := context.Cause(d.Ctx); cause != nil {
		return FaultOfCause(cause, d.limit, partial)
	}
	kind, text := onTheWay(err, address)
	if kind == "" {
		kind, text = inTheAnswer(err, address, partial)
	}
	return &schemas.Fault{Kind: kind, Text: OneLine(text)}
}

// FaultOfCause names why a request was ended from this side.
func FaultOfCause(cause error, limit time.Duration, partial bool) *schemas.Fault {
	switch {
	case errors.Is(cause, errDeadline) && partial:
		return &schemas.Fault{Kind: schemas.FaultTimeout, Text: fmt.Sprintf("the answer was not complete within %v", limit)}
	case errors.Is(cause, errDeadline):
		return &schemas.Fault{Kind: schemas.FaultTimeout, Text: fmt.Sprintf("no answer within %v", limit)}
	case errors.Is(cause, context.Canceled):
		return cancelled("the run was interrupted")
	case errors.Is(cause, context.DeadlineExceeded):
		return cancelled("the time given to the run was over")
	}
	return cancelled(cause.Error())
}

func cancelled(text string) *schemas.Fault {
	return &schemas.Fault{Kind: schemas.FaultCancelled, Text: OneLine(text)}
}

// onTheWay names the faults of a connection that did not come about.
func onTheWay(err error, address string) (schemas.FaultKind, string) {
	var lookup *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return schemas.FaultUnreachable, "no such host: " + lookup.Name
	case errors.As(err, &lookup):
		return schemas.FaultUnreachable, fmt.Sprintf("%s cannot be looked up: %s", lookup.Name, lookup.Err)
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return schemas.FaultUnreachable, fmt.Sprintf("the proxy to %s cannot be reached (%s)", address, root(err))
	case errors.Is(err, syscall.ECONNREFUSED):
		return schemas.FaultRefused, fmt.Sprintf("nothing listens at %s (connection refused)", address)
	}
	if text := handshake(err); text != "" {
		return schemas.FaultTLS, fmt.Sprintf("no TLS with %s: %s", address, text)
	}
	if errors.As(err, &op) && op.Op == "dial" {
		if op.Timeout() {
			return schemas.FaultTimeout, "no connection to " + address + " in time"
		}
		return schemas.FaultUnreachable, fmt.Sprintf("%s cannot be reached (%s)", address, root(err))
	}
	return "", ""
}

// handshake returns what of TLS failed, and "" of anything else.
func handshake(err error) string {
	var unknown x509.UnknownAuthorityError
	var check *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &unknown):
		return "the certificate is signed by an unknown authority"
	case errors.As(err, &check):
		return strings.TrimPrefix(root(check), "x509: ")
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "what answers does not speak TLS"
	case strings.Contains(err.Error(), "remote error: tls: ") && strings.Contains(root(err), "certificate"):
		return "the target wants a client certificate that it takes (" + root(err) + ")"
	case errors.As(err, &alert):
		return alert.Error()
	case strings.Contains(err.Error(), "tls: "):
		return root(err)
	}
	return ""
}

// inTheAnswer names the faults of a connection that did come about.
func inTheAnswer(err error, address string, partial bool) (schemas.FaultKind, string) {
	text := root(err)
	says := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(err.Error(), w) {
				return true
			}
		}
		return false
	}
	switch {
	case errors.Is(err, errTooLarge):
		return schemas.FaultTooLarge, text
	case errors.Is(err, errCaseFull): // our limit, not the target's fault
		return schemas.FaultCancelled, text
	case errors.Is(err, errHeaders), says("response headers exceeded", "response header list larger"):
		return schemas.FaultTooLarge, "the header goes on past 64 KiB"
	case says("http: invalid header", "http: invalid method", "http: invalid trailer", "net/http: invalid"):
		return schemas.FaultCancelled, "not sent: " + text
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		says("stream error", "GOAWAY", "connection lost", "use of closed"):
		return schemas.FaultReset, "the connection was reset" + when(partial)
	case errors.Is(err, os.ErrDeadlineExceeded), says("handshake timeout"):
		return schemas.FaultTimeout, "no answer from " + address + " in time"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return schemas.FaultCut, "the connection was closed in the middle of the answer"
	case errors.Is(err, io.EOF), says("server closed idle connection"):
		return schemas.FaultEmpty, "the connection was closed without a byte"
	case partial:
		return schemas.FaultMalformed, "the body is not HTTP: " + text
	}
	return schemas.FaultMalformed, "what answers is not HTTP: " + text
}

func when(partial bool) string {
	if partial {
		return " in the middle of the answer"
	}
	return " before an answer"
}

// root returns the innermost text of an error, without what net/http puts before it.
func root(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			break
		}
		err = next
	}
	text := strings.TrimPrefix(err.Error(), "net/http: ")
	return strings.TrimPrefix(text, "http: ")
}

// OneLine makes text fit one line of a terminal: no control characters, not too long.
func OneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
	if len(text) > MaxFaultText {
		text = strings.ToValidUTF8(text[:MaxFaultText], "") + "…"
	}
	return text
}

// Lifeless reports whether a fault is one that a target that is gone would bring.
func Lifeless(kind schemas.FaultKind) bool {
	switch kind {
	case schemas.FaultRefused, schemas.FaultUnreachable, schemas.FaultTimeout, schemas.FaultReset, schemas.FaultEmpty:
		return true
	}
	return false
}
