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
	tokens  *tokens
	bursts  *bursts

	Hooks
}

// New returns the right server of a profile, changed in the ways that are given. A profile that is like another one has its
// actions.
func New(profile *schemas.Profile, changes ...func(*Server)) *Server {
	s := &Server{
		profile: profile,
		service: serviceOf(profile),
		tokens:  &tokens{},
		bursts:  &bursts{},
		Hooks: Hooks{
			Now:          time.Now,
			Window:       15 * time.Minute,
			Checks:       rightChecks(),
			NewRequestID: func(*call) string { return newUUID() },
			KeyOf:        FindKey,
			Verify:       VerifySignature,
			NonceOf:      func(c *call) string { return c.value("SignatureNonce") },
			ClaimNonce:   (&nonces{}).claim,
			RecipeCall:   byEither,
		},
	}
	if profile.Window > 0 {
		s.Window = time.Duration(profile.Window)
	}
	for _, change := range changes {
		change(s)
	}
	return s
}

// ServeHTTP answers any request in the envelope.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := s.read(r)
	time.Sleep(s.Delay)
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
	for _, k := range s.Checks {
		if f := k.objects(s, c); f != nil && !s.pardoned(c, f) {
			return s.refuse(c, f)
		}
	}
	return s.serve(c)
}

func (s *Server) pardoned(c *call, f *fault) bool {
	for _, pardon := range s.Exemptions {
		if pardon(c, f) {
			return true
		}
	}
	return false
}
