package doctor

import (
	"context"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/acsconform/acsconform/runner/transport"
)

// variables are the environment variables that name a proxy; of two that differ in letter case the first one wins.
var variables = []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"}

// fromEnv reads the proxy variables.
func (e *examination) fromEnv() *httpproxy.Config {
	first := func(names ...string) string {
		for _, name := range names {
			if value := e.env(name); value != "" {
				return value
			}
		}
		return ""
	}
	return &httpproxy.Config{HTTPSProxy: first(variables[:2]...), HTTPProxy: first(variables[2:4]...), NoProxy: first(variables[4:]...), CGI: e.env("REQUEST_METHOD") != ""}
}

func (e *examination) env(name string) string {
	if e.opts.Env == nil {
		return ""
	}
	return e.opts.Env(name)
}

// viaProxy returns the proxy that requests go over; nil where they go straight, and where its variable cannot be read.
func (e *examination) viaProxy() *url.URL {
	if ip := net.ParseIP(e.url.Hostname()); ip != nil && ip.IsLoopback() || len(e.target.Resolve) > 0 {
		return nil
	}
	proxy, err := e.fromEnv().ProxyFunc()(e.url)
	if err != nil {
		return nil
	}
	return proxy
}

// variable names the one that a proxy for the target comes from.
func (e *examination) variable() string {
	names := variables[:2]
	if e.url.Scheme == "http" {
		names = variables[2:4]
	}
	for _, name := range names {
		if e.env(name) != "" {
			return name
		}
	}
	return names[0]
}

// proxy looks whether the environment sends requests over a proxy, and whether there is one.
func (e *examination) proxy(ctx context.Context) bool {
	name := e.variable()
	if e.env(name) == "" {
		return true
	}
	if !isAddress(e.env(name)) { // as net/http takes it
		return e.add(Warning, "proxy", "%s cannot be read as an address, so that no proxy is used; write http://HOST:PORT in it, or unset it", name)
	}
	via := e.viaProxy()
	if via == nil {
		return e.add(Fine, "proxy", "%s is set, and not used for %s", name, e.url.Hostname())
	}
	address := transport.AddressOf(via)
	ctx, stop := context.WithTimeout(ctx, e.timeout())
	defer stop()
	conn, err := e.dial()(ctx, "tcp", address)
	if err != nil {
		return e.add(Problem, "proxy", "%s names %s, which cannot be reached; start it, correct %s, or add %s to NO_PROXY", name, address, name, e.url.Hostname())
	}
	_ = conn.Close()
	return e.add(Fine, "proxy", "requests go over %s, by %s", address, name)
}

func isAddress(text string) bool {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != ""
}

// joined names clauses for people, a few of them.
func joined(ids []string) string {
	const most = 6
	if more := len(ids) - most; more > 0 {
		return strings.Join(ids[:most], ", ") + ", …"
	}
	return strings.Join(ids, ", ")
}
