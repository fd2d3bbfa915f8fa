package reference

import (
	"net"
	"net/http"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// RestrictedKey is the name of a key that is known, and may not do what the default one may; OwnerKey that of one that
// may do everything.
const (
	RestrictedKey = server.RestrictedKey
	OwnerKey      = server.OwnerKey
)

// Server answers as the document of one profile says. It is safe for concurrent use. As a bare http.Handler it sees
// only what net/http lets through; [Server.Start] answers the rest in the envelope as well.
type Server struct{ right *server.Server }

// New returns the server of a profile. A profile that is like another one has its actions.
func New(profile *schemas.Profile, opts ...Option) *Server {
	right := server.New(profile)
	for _, opt := range opts {
		opt(right)
	}
	return &Server{right}
}

// Profile returns the profile that the server answers by.
func (s *Server) Profile() *schemas.Profile { return s.right.Profile }

// ServeHTTP answers any request in the envelope.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.right.ServeHTTP(w, r) }

// Listening is a server that listens on an address.
type Listening = wire.Listening

// Start listens on the address (port 0 takes a free one) for HTTP/1 and for HTTP/2 with prior knowledge.
func (s *Server) Start(addr string) (*Listening, error) { return s.right.Start(addr) }

// StartTLS is Start over TLS, with a certificate for the loopback addresses and localhost that is made on the spot
// and signed by nobody else. It offers HTTP/2.
func (s *Server) StartTLS(addr string) (*Listening, error) { return s.right.StartTLS(addr) }

// Serve answers the connections of a listener, which speak plain HTTP, until the listener is closed. It is for listeners
// that are no sockets; [Server.Start] makes one that is.
func (s *Server) Serve(l net.Listener) error { return s.right.Serve(l) }

// Target returns the whole target file of the server at that URL, in the first style of its profile.
func (s *Server) Target(url string) *schemas.Target { return s.right.Target(url) }

// TargetIn is Target in another style. Calls are named by action, and by method and path too where the profile has
// style roa.
func (s *Server) TargetIn(url string, style schemas.Style) *schemas.Target {
	return s.right.TargetIn(url, style)
}
