package main

import (
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// switched is an address behind which is the right server, or a mutant of it.
type switched struct {
	url string
	key schemas.Credential
	now atomic.Pointer[string] // the address that is connected to
	to  map[string]string
}

func startSwitched(t *testing.T) *switched {
	t.Helper()
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	v, _ := plan.Variant(mutant)
	s := &switched{to: map[string]string{}}
	for name, options := range map[string][]reference.Option{"right": nil, "wrong": {reference.With(v)}} {
		server := reference.New(p, options...)
		s.key = server.TargetIn("http://127.0.0.1/", schemas.RPC).Credentials["default"]
		listening, err := server.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = listening.Close() })
		s.to[name] = strings.TrimSuffix(strings.TrimPrefix(listening.URL(), "http://"), "/")
	}
	s.become("right")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s.url = "http://" + l.Addr().String() + "/"
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.pass(c)
		}
	}()
	return s
}

func (s *switched) become(name string) {
	address := s.to[name]
	s.now.Store(&address)
}

func (s *switched) pass(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("tcp", *s.now.Load())
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(client, server)
}
