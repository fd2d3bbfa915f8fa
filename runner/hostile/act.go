package hostile

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// dripPause is the time between two bytes of [drip].
const dripPause = time.Second

// gone waits until the client has gone.
func gone(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

func silence(c net.Conn) { gone(c) }

// drip sends an answer that takes minutes. It ends when the client has gone.
func drip(c net.Conn) { slowly(c, []byte(head("400 Bad Request", asJSON, 1000))) }

// reset has the connection closed by RST.
func reset(c net.Conn) {
	if inner, ok := c.(interface{ NetConn() net.Conn }); ok {
		c = inner.NetConn()
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}

func halfClose(c net.Conn) {
	_, _ = io.WriteString(c, head("400 Bad Request", asJSON, 1000)+`{"RequestId":"4C467B38-3910-`)
	closeWrite(c)
	gone(c)
}

func closeWrite(c net.Conn) {
	if half, ok := c.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
}

// garbage sends the same bytes every time.
func garbage(c net.Conn) {
	noise := rand.NewChaCha8([32]byte{1})
	text := make([]byte, 4<<10)
	_, _ = noise.Read(text)
	_, _ = c.Write(text)
}

func endlessHeaders(c net.Conn) {
	flood(c, "HTTP/1.1 400 Bad Request\r\n", []byte("X-More: and more and more and more and more and more and more\r\n"))
}

func endlessInterim(c net.Conn) { flood(c, "", []byte("HTTP/1.1 103 Early Hints\r\n\r\n")) }

func endlessBody(c net.Conn) {
	flood(c, "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json;charset=utf-8\r\n\r\n"+`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Message":"`, []byte("and more "))
}

// flood writes first once and more until the client has gone, many at a time.
func flood(c net.Conn, first string, more []byte) {
	_, err := io.WriteString(c, first)
	for many := bytes.Repeat(more, 1024); err == nil; {
		_, err = c.Write(many)
	}
}

// gzipBomb sends 64 gzip members, which unfold to 16 MiB each.
func gzipBomb() func(net.Conn) {
	const times = 64
	member := sync.OnceValue(func() []byte { return packedZeros(16 << 20) })
	return func(c net.Conn) {
		_, err := io.WriteString(c, head("400 Bad Request", asJSON+"Content-Encoding: gzip\r\n", times*len(member())))
		for n := 0; n < times && err == nil; n++ {
			_, err = c.Write(member())
		}
	}
}

// packedZeros returns so many zero bytes as one gzip member.
func packedZeros(size int) []byte {
	var member bytes.Buffer
	packer := gzip.NewWriter(&member)
	zeros := make([]byte, 64<<10)
	for range size / len(zeros) {
		_, _ = packer.Write(zeros)
	}
	_ = packer.Close()
	return member.Bytes()
}

func twoLengths(c net.Conn) {
	_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n"+asJSON+"Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}")
}

func redirectLoop(c net.Conn) {
	_, _ = io.WriteString(c, head("302 Found", "Location: http://"+c.LocalAddr().String()+"/\r\n", 0))
}
