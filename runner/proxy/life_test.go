package proxy

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
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
