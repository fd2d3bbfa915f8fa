package main

import (
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// arrivals is a plain forwarder that notes when the first byte of a client came.
type arrivals struct {
	mu sync.Mutex
	at time.Time
}

func (a *arrivals) first() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.at
}

func (a *arrivals) note() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at.IsZero() {
		a.at = time.Now()
	}
}

// before listens as a proxy in front of a server and forwards byte by byte, each direction closed as its source closes.
func (a *arrivals) before(url string) (net.Listener, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/")
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go a.forward(client.(*net.TCPConn), address)
		}
	}()
	return l, nil
}

func (a *arrivals) forward(client *net.TCPConn, address string) {
	defer func() { _ = client.Close() }()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	server := conn.(*net.TCPConn)
	defer func() { _ = server.Close() }()
	var one [1]byte
	if n, _ := client.Read(one[:]); n == 0 {
		return
	}
	a.note()
	if _, err := server.Write(one[:]); err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.CloseWrite()
	}()
	_, _ = io.Copy(client, server)
}
