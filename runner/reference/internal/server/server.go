// Package server is the right server and the places where it can be made to differ. Its [Hooks] are what packages vary,
// mutants and oddities change; nobody outside of package reference sees them.
package server

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Server answers as the document of one profile says. It is safe for concurrent use. As a bare http.Handler it sees
// only what net/http lets through; [Server.Start] answers the rest in the envelope as well.
type Server struct {
	Profile *schemas.Profile
	Service *service
	tokens  *tokens
	bursts  *bursts

	answered    func() map[schemas.Condition]bool // the conditions that the profile's table has rows for
	keepsNonces bool                              // a nonce that was used is refused

	Hooks
}

// New returns the right server of a profile, changed in the ways that are given. A profile that is like another one has its
// actions.
func New(profile *schemas.Profile, changes ...func(*Server)) *Server {
	s := &Server{
		Profile: profile,
		Service: serviceOf(profile),
		tokens:  &tokens{},
		bursts:  &bursts{},

		answered: sync.OnceValue(func() map[schemas.Condition]bool { return conditionsOf(profile.Codes) }),
		Hooks: Hooks{
			Now:          time.Now,
			Window:       15 * time.Minute,
			Checks:       rightChecks(),
			NewRequestID: func(*Call) string { return NewUUID() },
			KeyOf:        FindKey,
			Verify:       VerifySignature,
			NonceOf:      func(c *Call) string { return c.Value("SignatureNonce") },
			ClaimNonce:   (&Nonces{}).Claim,
			ResultOf:     PublishedResult,
			RecipeCall:   byEither,
		},
	}
	if profile.Window > 0 {
		s.Window = time.Duration(profile.Window)
	}
	s.keepsNonces = s.answers(NonceReused) || s.observed(&Fault{Condition: NonceReused}) != nil
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
func (s *Server) answer(c *Call) (r *Reply) {
	defer func() {
		if recover() != nil {
			r = s.Refuse(c, &Fault{Condition: Failed})
		}
	}()
	for _, k := range s.Checks {
		if f := k.Objects(s, c); f != nil && !s.pardoned(c, f) {
			return s.Refuse(c, f)
		}
	}
	return s.serve(c)
}

func (s *Server) pardoned(c *Call, f *Fault) bool {
	return slices.ContainsFunc(s.Exemptions, func(pardon func(*Call, *Fault) bool) bool { return pardon(c, f) })
}
