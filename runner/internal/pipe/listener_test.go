package pipe

import (
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/net/nettest"
)

// What is asked of every connection: deadlines, concurrent use, closing.
func TestConnectionsInMemoryAreConnections(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		l := Listen()
		client, err := l.Dial(t.Context(), "tcp", "127.0.0.1:80")
		if err != nil {
			return nil, nil, nil, err
		}
		server, err := l.Accept()
		return client, server, l.End, err
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

func TestResetInMemory(t *testing.T) {
	client, server := newPair()
	server.Write([]byte("answer"))
	server.SetLinger(0)
	server.Close()
	if n, err := client.Read(make([]byte, 9)); n != 0 || !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the client reads %d bytes, %v, want a reset", n, err)
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
	l := Listen()
	l.End()
	if _, err := l.Dial(t.Context(), "tcp", "127.0.0.1:80"); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("dialling a closed listener: %v", err)
	}
	if _, err := l.Accept(); err == nil {
		t.Error("a closed listener accepts")
	}
}
