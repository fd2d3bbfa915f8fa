package web

import (
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// connections is how many clients are connected at a time; further ones wait until one of them leaves, or is made to.
const connections = 256

// Limited is a listener that takes no more connections than the pages are for.
func Limited(l net.Listener) net.Listener { return netutil.LimitListener(l, connections) }

// Server serves a handler to clients that may be slow or hostile.
func Server(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10}
}
