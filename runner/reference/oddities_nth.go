package reference

import "sync/atomic"

// everyNth does something to one answer in n.
func everyNth(n int64, edit func(*Server, *call, *sent)) func(*Server) {
	return func(s *Server) {
		var answers atomic.Int64
		s.wires = append(s.wires, func(c *call, out *sent) {
			if answers.Add(1)%n == 0 {
				edit(s, c, out)
			}
		})
	}
}

// throttlesEvery refuses one call in n as throttled, for 20 ms.
func throttlesEvery(n int64) func(*Server) {
	return func(s *Server) {
		var calls atomic.Int64
		s.edits = append(s.edits, func(c *call, r *reply) {
			if calls.Add(1)%n == 0 {
				*r = *s.refuse(c, &fault{condition: throttled})
				r.header.Set("X-Acs-Retry-After", "20")
			}
		})
	}
}
