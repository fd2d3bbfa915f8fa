package main

import (
	"io"
	"strings"
	"sync"
)

// standardOutput is what a command prints to. It keeps the first fault, which not every command looks for: a table that went
// to a full disk is no success.
type standardOutput struct {
	to io.Writer

	mu  sync.Mutex
	err error
}

// Write writes on. After a fault nothing more is written: a hole in the middle is worse than an end.
func (s *standardOutput) Write(text []byte) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		n, s.err = s.to.Write(text)
	}
	return n, s.err
}

// settle returns the exit code of a command that ends with one and whose last line was said: it could not do its work where
// standard output took not all of it, and what is broken stays broken.
func (s *standardOutput) settle(w *env, code int, said string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil || code != exitKept && code != exitBroken {
		return code
	}
	if !strings.Contains(said, s.err.Error()) {
		w.say("standard output: %s", s.err)
	}
	if code == exitBroken {
		return code
	}
	return exitUntested
}
