package reference

import (
	"net/http"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Server answers as the document of one profile says. It is safe for concurrent use. As a bare http.Handler it sees
// only what net/http lets through; [Server.Start] answers the rest in the envelope as well.
type Server struct {
	profile *schemas.Profile
	service *service
	now     func() time.Time
	delay   time.Duration
	hosts   []string
	behind  []string // the addresses of a balancer, all of which lead to this server
	methods []string // signature methods that it takes beside the document's
	window  time.Duration

	checks     []check
	exemptions []func(*call, *fault) bool // a fault that one of them accepts is as if it was not there
	rereads    []func(*call) *call        // done to a call once it is read
	edits      []func(*call, *reply)      // done to a reply before it is written down
	wires      []func(*call, *sent)       // done to what goes over the wire
	extra      []byte                     // sent behind every answer

	newID   func(*call) string
	keyOf   func(id string) *key
	verify  func(c *call, signature string) bool
	nonceOf func(*call) string                     // what stands for the call's nonce
	claim   func(nonce string, now time.Time) bool // whether the nonce was free; it no longer is

	tokens *tokens
	bursts *bursts

	provoking func(row int) schemas.Call // how the target file asks for a row that nothing else leads to
}

// An Option changes a server in the making.
type Option func(*Server)

// Now sets the server's clock; time.Now when it is not given.
func Now(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// Delay makes every answer come that much later.
func Delay(d time.Duration) Option { return func(s *Server) { s.delay = d } }

// Hosts names further hosts that belong to the product, besides IP addresses, names without a dot and
// *.example.test.
func Hosts(names ...string) Option {
	return func(s *Server) { s.hosts = append(s.hosts, names...) }
}

// Behind says at which addresses a balancer takes what it hands to the server.
func Behind(addresses ...string) Option {
	return func(s *Server) { s.behind = addresses }
}

// With makes the server that mutant or oddity.
func With(v Variant) Option { return v.apply }

// New returns the server of a profile. A profile that is like another one has its actions.
func New(profile *schemas.Profile, opts ...Option) *Server {
	s := &Server{
		profile: profile,
		service: serviceOf(profile),
		now:     time.Now,
		window:  15 * time.Minute,
		checks:  rightChecks(),
		newID:   func(*call) string { return newUUID() },
		keyOf:   keyOf,
		verify:  verify,
		nonceOf: func(c *call) string { return c.value("SignatureNonce") },
		claim:   (&nonces{}).claim,
		tokens:  &tokens{},
		bursts:  &bursts{},

		provoking: byEither,
	}
	if profile.Window > 0 {
		s.window = time.Duration(profile.Window)
	}
	for _, opt := range opts {
		opt(s)
	}
	return s
}

// Profile returns the profile that the server answers by.
func (s *Server) Profile() *schemas.Profile { return s.profile }

// ServeHTTP answers any request in the envelope.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := s.read(r)
	time.Sleep(s.delay)
	s.encode(c, s.answer(c)).write(w, r, c)
}

// answer holds the call against the checks, one after another; the first that objects decides. A check that panics
// is the server's own fault, and answered as such.
func (s *Server) answer(c *call) (r *reply) {
	defer func() {
		if recover() != nil {
			r = s.refuse(c, &fault{condition: failed})
		}
	}()
	for _, k := range s.checks {
		if f := k.objects(s, c); f != nil && !s.pardoned(c, f) {
			return s.refuse(c, f)
		}
	}
	return s.serve(c)
}

func (s *Server) pardoned(c *call, f *fault) bool {
	for _, pardon := range s.exemptions {
		if pardon(c, f) {
			return true
		}
	}
	return false
}
