package runner

import (
	"io"
	"net"
	"strings"
	"testing"

	"golang.org/x/net/nettest"
)

// What is asked of every connection: deadlines, concurrent use, closing.
func TestConnectionsInMemoryAreConnections(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		m := newMemory()
		client, err := m.dial(t.Context(), "tcp", "127.0.0.1:80")
		if err != nil {
			return nil, nil, nil, err
		}
		server, err := m.Accept()
		return client, server, m.end, err
	})
}

func TestHalfCloseInMemory(t *testing.T) {
	client, server := newPair()
	if _, err := client.Write([]byte("question")); err != nil {
		t.Fatal(err)
	}
	client.CloseWrite()
	if asked, err := io.ReadAll(server); string(asked) != "question" || err != nil {
		t.Errorf("the server reads %q, %v", asked, err)
	}
	server.Write([]byte("answer"))
	server.Close()
	if answer, err := io.ReadAll(client); string(answer) != "answer" || err != nil {
		t.Errorf("the client reads %q, %v", answer, err)
	}
	if _, err := client.Write([]byte("more")); err == nil {
		t.Error("a write after a half-close is no error")
	}
}

func TestAWriterWaitsForTheReader(t *testing.T) {
	client, server := newPair()
	text := strings.Repeat("x", 5*heldBytes+1)
	go func() {
		io.WriteString(client, text)
		client.Close()
	}()
	got, err := io.ReadAll(server)
	if string(got) != text || err != nil {
		t.Errorf("read %d bytes, %v, want %d", len(got), err, len(text))
	}
}

func TestNobodyListensInMemory(t *testing.T) {
	m := newMemory()
	m.end()
	if _, err := m.dial(t.Context(), "tcp", "127.0.0.1:80"); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("dialling a closed listener: %v", err)
	}
	if _, err := m.Accept(); err == nil {
		t.Error("a closed listener accepts")
	}
}
