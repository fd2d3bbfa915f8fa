package main

import (
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/acsconform/acsconform/runner/lint/news"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/redact"
)

// dialTimeout is how long the upstream may take to accept a connection.
const dialTimeout = 10 * time.Second

// proxyCommand is conform proxy.
type proxyCommand struct {
	Upstream      string `required:"" placeholder:"URL" help:"Service that the traffic goes to: http or https, host and port."`
	Listen        string `placeholder:"ADDR" default:"127.0.0.1:0" help:"Address to listen on, for HTTP and HTTPS; port 0 takes a free one (${default})."`
	tlsFlags      `embed:""`
	Profile       string `placeholder:"P" help:"Profile to judge by: a name or the path of a YAML file. It is not guessed: before the first answer there is nothing to go by."`
	output.Flags  `embed:"" set:"forms=text, json, markdown, html, sarif, github or gitlab"`
	Show          int           `placeholder:"N" default:"20" help:"How many sorts of findings, and hosts and actions, the text shows; 0 shows all (${default})."`
	Transcript    string        `placeholder:"F" help:"Write every exchange to this file, secrets left out; conform lint judges it again."`
	Record        string        `placeholder:"F" help:"Write what the service answers as a file of answers, secrets left out: conform serve --answers-from answers by it. It is written at the end."`
	RecordLatency bool          `help:"Keep in the recording how long answers took: they take as long when it is served again."`
	Strict        bool          `help:"Warnings fail too."`
	Grace         time.Duration `placeholder:"D" default:"5s" help:"How long open connections may go on after the first SIGINT or SIGTERM (${default}); a second ends at once."`
	Memory        string        `placeholder:"SIZE" default:"64MiB" help:"Memory for records that wait to be judged, and for request ids before they go to a temporary file, each (${default})."`
	Insecure      bool          `help:"Do not check the upstream's certificate."`
	CA            string        `name:"ca" placeholder:"F" help:"PEM file of further authorities to trust."`
}

// Run passes traffic on until it is interrupted, and then tells what was found in it.
func (c *proxyCommand) Run(w *env) error {
	s, err := c.open(w)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	hup := news.Hangups()
	defer signal.Stop(hup)
	if err := s.open(); err != nil {
		return err
	}
	s.greet()
	for ctx.Err() == nil {
		select {
		case <-hup:
			if w.errIsATerminal && !term.IsTerminal(int(os.Stderr.Fd())) { // it is the terminal that has gone
				stop()
				continue
			}
			s.tell()
		case <-ctx.Done():
		}
	}
	return s.end()
}

// upstreamOf reads the address of an upstream. What is more than that is refused: the traffic passes as it comes, so that
// nothing of it would be used.
func upstreamOf(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, wrong("--upstream %q: want a URL like https://api.example.test/", redact.Address(text).Value())
	}
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, wrong("--upstream %q: want a port from 1 to 65535", redact.Address(u.Scheme+"://"+u.Host+"/").Value())
		}
	}
	if u.User != nil || u.Path != "" && u.Path != "/" || strings.ContainsAny(text, "?#") {
		return nil, wrong("--upstream: want host and port alone, like %s (paths, parameters and keys are those of the traffic)", redact.Address(u.Scheme+"://"+u.Host+"/").Value())
	}
	return u, nil
}
