package runner

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/internal/selfsigned"
)

// memoryURL is by what address a handler is called that no URL was given for.
const memoryURL = "http://127.0.0.1/"

// patience is how long a handler's server waits for the rest of a header.
const patience = 30 * time.Second

func (t Target) inMemory() bool { return t.Handler != nil || t.Serve != nil }

// serve has the Handler or Serve answer in this process, and points the options to it. The function returned ends that.
// With a URL of https the connections speak TLS, with a certificate made on the spot, and offer HTTP/2.
func (t Target) serve(address string, o Options) (Options, func(), error) {
	switch {
	case t.Handler != nil && t.Serve != nil:
		return o, nil, errors.New("the Target has both Handler and Serve; leave one of them out")
	case !t.inMemory():
		return o, func() {}, nil
	}
	serve := t.Serve
	if serve == nil {
		serve = (&http.Server{Handler: t.Handler, ReadHeaderTimeout: patience}).Serve
	}
	m := pipe.Listen()
	o.Dial, o.direct = m.Dial, true
	var l net.Listener = m
	if strings.HasPrefix(address, "https:") {
		certificate, err := certificateOf(address)
		if err != nil {
			return o, nil, err
		}
		o.Insecure = true
		l = tls.NewListener(m, &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2", "http/1.1"}})
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = serve(l)
	}()
	return o, func() { m.End(); <-served }, nil
}

// certificateOf makes a certificate for the host of a URL that is good for a day.
func certificateOf(address string) (tls.Certificate, error) {
	u, err := url.Parse(address)
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	return selfsigned.Server("a handler in this process", now.Add(-time.Hour), now.AddDate(0, 0, 1), []string{u.Hostname()})
}
