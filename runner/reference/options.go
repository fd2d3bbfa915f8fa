package reference

import (
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// An Option changes a server in the making.
type Option func(*server.Server)

// Now sets the server's clock; time.Now when it is not given.
func Now(now func() time.Time) Option { return func(s *server.Server) { s.Now = now } }

// Delay makes every answer come that much later.
func Delay(d time.Duration) Option { return func(s *server.Server) { s.Delay = d } }

// Hosts names further hosts that belong to the product, besides IP addresses, names without a dot and
// *.example.test.
func Hosts(names ...string) Option {
	return func(s *server.Server) { s.Hosts = append(s.Hosts, names...) }
}

// Behind puts the server behind a balancer, which listens at those addresses.
func Behind(addresses ...string) Option {
	return func(s *server.Server) { s.Behind = addresses }
}

// A Variant is the right server with one difference: a mutant with one thing wrong, an oddity with one legal
// peculiarity. Packages mutants and oddities list them.
type Variant = vary.Variant

// With makes the server that mutant or oddity.
func With(v Variant) Option { return v.Apply }
