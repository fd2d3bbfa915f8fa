package proxy

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/wire"
)

// What is under way ends by itself; nothing new is taken.
func TestCloseLetsConnectionsEnd(t *testing.T) {
	asked, closing := make(chan struct{}), make(chan struct{})
	var once sync.Once // a connection that came too late may be passed on as well, with nothing in it
	address, _ := upstreamOf(t, []step{hear(len(ask)), func(*peer) { once.Do(func() { close(asked) }); <-closing }, say(sized(good)), hearAll})
	p, err := Listen("127.0.0.1:0", Options{Upstream: &url.URL{Scheme: "http", Host: address}, Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", p.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan struct{})
	client := act(c, []step{say(ask), func(*peer) {
		<-asked
		go func() { p.Close(context.Background()); close(closed) }()
		for { // until it takes nobody
			late, err := net.Dial("tcp", p.listener.Addr().String())
			if err != nil {
				break
			}
			_ = late.Close()
		}
		close(closing)
	}, hear(len(sized(good))), closeWrite, hearAll})
	<-closed
	if client.heard.String() != sized(good) || client.end != "end" {
		t.Errorf("%q, then %s", client.heard.String(), client.end)
	}
}

func TestCloseResetsWhatDoesNotEnd(t *testing.T) {
	address, peers := upstreamOf(t, []step{say("hello"), hearAll})
	p, err := Listen("127.0.0.1:0", Options{Upstream: &url.URL{Scheme: "http", Host: address}, Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", p.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	client := act(c, []step{hear(5), func(*peer) { p.Close(over) }, hearAll})
	if upstream := <-peers; client.end != "reset" || upstream.end != "reset" {
		t.Errorf("client: %s, upstream: %s", client.end, upstream.end)
	}
}

func TestAnUpstreamOverTLS(t *testing.T) {
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	server, err := reference.New(p).StartTLS("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	upstream, _ := url.Parse(server.URL())
	var lines bytes.Buffer
	w := NewWatch(&lines, "ecs", memory)
	px, err := Listen("127.0.0.1:0", Options{Upstream: upstream, TLS: &tls.Config{InsecureSkipVerify: true}, Timeout: patience, Watch: w})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(px.URL() + "/?Action=DescribeRegions&Format=JSON")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	http.DefaultClient.CloseIdleConnections()
	px.Close(t.Context())
	w.Close()
	if !bytes.Contains(body, []byte(`"RequestId"`)) || strings.Count(lines.String(), "\n") != 1 || !strings.Contains(lines.String(), `"url":"https://127.0.0.1:`) {
		t.Errorf("%s\n%s", body, &lines)
	}
}

// A certificate that nobody signed is none, unless it is to be taken.
func TestAnUpstreamThatCannotBeTrusted(t *testing.T) {
	server, err := reference.New(fixtures.Profiles()[0]).StartTLS("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	upstream, _ := url.Parse(server.URL())
	warned := make(chan error, 1)
	px, err := Listen("127.0.0.1:0", Options{Upstream: upstream, TLS: &tls.Config{ServerName: "127.0.0.1"}, Timeout: patience, Warn: func(err error) { warned <- err }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(px.URL()); err == nil {
		t.Error("it was answered")
	}
	if err := <-warned; !strings.Contains(err.Error(), "certificate") {
		t.Error(err)
	}
	px.Close(t.Context())
}

// Clients of both kinds come to one port, and what passes is the same for both.
func TestClientsOverTLS(t *testing.T) {
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	server, err := reference.New(p).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	upstream, _ := url.Parse(server.URL())
	authority, err := wire.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(authority.PEM())
	var lines bytes.Buffer
	w := NewWatch(&lines, "ecs", memory)
	front, err := Listen("127.0.0.1:0", Options{Upstream: upstream, Secure: authority.Config(), Timeout: patience, Watch: w})
	if err != nil {
		t.Fatal(err)
	}
	silent, err := net.Dial("tcp", front.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}}
	for _, scheme := range []string{"http", "https"} {
		answer, err := client.Get(scheme + strings.TrimPrefix(front.URL(), "http") + "/?Action=DescribeRegions")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.Header.Get("X-Acs-Request-Id") == "" || !strings.Contains(string(text), "MissingParameter") {
			t.Errorf("%s: %s %s (%v)", scheme, answer.Status, text, err)
		}
	}
	client.CloseIdleConnections()
	over, cancel := context.WithCancel(context.Background())
	cancel()
	front.Close(over)
	w.Close()
	if n := strings.Count(lines.String(), "\n"); n != 2 {
		t.Errorf("%d exchanges are written down: %s", n, &lines)
	}
	if n, err := silent.Read(make([]byte, 1)); err == nil {
		t.Errorf("a client that said nothing is still connected, and reads %d bytes", n)
	}
}
