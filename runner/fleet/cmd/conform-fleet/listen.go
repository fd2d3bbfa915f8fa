package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/metrics"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/web"
)

// ListenFlags say where the pages are served, and to whom.
type ListenFlags struct {
	Listen       string `placeholder:"ADDR" help:"Serve the pages of the fleet on this address, like 127.0.0.1:8090."`
	AuthFile     string `placeholder:"F" help:"Names and passwords of those who may read them, as htpasswd -B writes them."`
	TLSCert      string `name:"tls-cert" placeholder:"F" help:"Certificate of the pages, with its chain (PEM)."`
	TLSKey       string `name:"tls-key" placeholder:"F" help:"Its key (PEM)."`
	AllowActions bool   `help:"Let visitors begin rounds and pause the schedule; otherwise the pages are read-only."`
}

// pages are those of a fleet, which listen already.
type pages struct {
	flags    ListenFlags
	door     *web.Door
	listener net.Listener
}

// open checks the flags and listens; it returns nil where there is nothing to serve.
func (f ListenFlags) open(ctx context.Context) (*pages, error) {
	if f.Listen == "" {
		if f.AuthFile != "" || f.TLSCert != "" || f.TLSKey != "" || f.AllowActions {
			return nil, wrong("--auth-file, --tls-cert, --tls-key and --allow-actions are for the pages (add --listen 127.0.0.1:8090)")
		}
		return nil, nil //nolint:nilnil // there are no pages
	}
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return nil, wrong("--listen %s: want HOST:PORT, like 127.0.0.1:8090", f.Listen)
	}
	p := &pages{flags: f, door: &web.Door{Loopback: web.OfThisMachine(host)}}
	if (f.TLSCert == "") != (f.TLSKey == "") {
		return nil, wrong("--tls-cert and --tls-key belong together (name both)")
	}
	if !p.door.Loopback && (f.AuthFile == "" || f.TLSCert == "") {
		return nil, wrong("--listen %s: others can connect there (add --auth-file, --tls-cert and --tls-key, or listen on 127.0.0.1)", f.Listen)
	}
	if f.AuthFile != "" {
		if p.door.Users, err = web.Users(f.AuthFile); err != nil {
			return nil, wrong("--auth-file: %s", err)
		}
	}
	var config *tls.Config
	if f.TLSCert != "" {
		cert, err := tls.LoadX509KeyPair(f.TLSCert, f.TLSKey)
		if err != nil {
			return nil, wrong("--tls-cert %s: %s (both files are PEM, and belong together)", f.TLSCert, err)
		}
		config = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	}
	if p.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", f.Listen); err != nil {
		return nil, untested("--listen %s: %s (name a free address)", f.Listen, err)
	}
	p.listener = web.Limited(p.listener)
	if config != nil {
		p.listener = tls.NewListener(p.listener, config)
	}
	return p, nil
}

// serve serves the pages of a fleet until the context ends.
func (p *pages) serve(ctx context.Context, w *env, s open, f *plan.Fleet) error {
	o := web.Options{Fleet: f.Name, Read: s.reading, View: view.New(s.reading), Version: suiteVersion(), Log: w.log, Door: p.door, Missed: missedOf(f)}
	jobs := s.reading
	if p.flags.AllowActions {
		jobs, o.Actions = s.Store, actionsOf(s.Store, f)
	}
	var err error
	if o.Metrics, err = metrics.Handler(s.reading, w.log); err != nil {
		return untested("the metrics: %s", err)
	}
	if o.Jobs, err = jobs.Jobs(ctx, "/jobs", w.log); err != nil {
		return untested("the page of jobs: %s", err)
	}
	go o.View.Follow(ctx, f.Name)
	server := web.Server(web.New(o))
	w.say("the pages of %s are at %s", f.Name, p.address())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(p.listener) }()
	select {
	case err := <-failed:
		return untested("the pages: %s", err)
	case <-ctx.Done():
	}
	soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(soon); err != nil && !errors.Is(err, http.ErrServerClosed) {
		_ = server.Close()
	}
	return nil
}

func (p *pages) address() string {
	scheme := "http"
	if p.flags.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + p.listener.Addr().String() + "/"
}

// missedOf counts the rounds of a fleet that fell due after another.
func missedOf(f *plan.Fleet) func(time.Time) int {
	return func(after time.Time) int {
		n, _ := plan.Missed(f.Schedule, after, time.Now())
		return n
	}
}

// actionsOf are what a visitor may do with a fleet.
func actionsOf(s store.Store, f *plan.Fleet) *web.Actions {
	return &web.Actions{
		RunNow: func(ctx context.Context) (bool, error) {
			running, err := round.List(ctx, s, "fleet = $1 AND ended = 0", f.Name)
			if err != nil || len(running) > 0 {
				return false, err
			}
			_, begun, err := round.Begin(ctx, s, f, f.Targets, time.Now(), suiteVersion())
			return begun, err
		},
		Pause: func(ctx context.Context, paused bool) error { return round.Pause(ctx, s, f.Name, paused, time.Now()) },
	}
}
