package reference

import "time"

// An Option changes a server in the making.
type Option func(*Server)

// Now sets the server's clock; time.Now when it is not given.
func Now(now func() time.Time) Option { return func(s *Server) { s.Now = now } }

// Delay makes every answer come that much later.
func Delay(d time.Duration) Option { return func(s *Server) { s.Delay = d } }

// Hosts names further hosts that belong to the product, besides IP addresses, names without a dot and
// *.example.test.
func Hosts(names ...string) Option {
	return func(s *Server) { s.Hosts = append(s.Hosts, names...) }
}

// Behind says at which addresses a balancer takes what it hands to the server.
func Behind(addresses ...string) Option {
	return func(s *Server) { s.Behind = addresses }
}

// With makes the server that mutant or oddity.
func With(v Variant) Option { return v.apply }

// Limited makes a server that takes no more calls than that.
func Limited(l Limit) Option { return l.apply }
