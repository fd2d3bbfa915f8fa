package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/time/rate"
)

// A Door keeps out those who may not read the pages.
type Door struct {
	Users    map[string][]byte // bcrypt of passwords by name; empty: all who can connect
	Loopback bool              // the pages are for this machine only

	once  sync.Once
	inner *doorState
}

type doorState struct {
	key   [32]byte                        // of the digests of passwords that fitted
	known *lru.Cache[[32]byte, time.Time] // until when they count without being asked again
	tries *rate.Limiter
	busy  chan struct{}
}

const (
	rememberFor  = 5 * time.Minute
	triesASecond = 5 // of passwords that are not known: each costs a tenth of a second
	atOnce       = 64
)

func (d *Door) state() *doorState {
	d.once.Do(func() {
		d.inner = &doorState{tries: rate.NewLimiter(triesASecond, 2*triesASecond), busy: make(chan struct{}, atOnce)}
		_, _ = rand.Read(d.inner.key[:])
		d.inner.known, _ = lru.New[[32]byte, time.Time](1000)
	})
	return d.inner
}

// outer sets the headers of every answer, refuses what comes by another name than this machine's, and bounds how much is
// answered at once.
func (d *Door) outer(next http.Handler) http.Handler {
	s := d.state()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			w.Header().Set(name, value)
		}
		if d.Loopback && !OfThisMachine(r.Host) { // a name of somebody else's that leads here
			text(w, r, http.StatusMisdirectedRequest, "These pages are for this machine. Ask for 127.0.0.1 or localhost.")
			return
		}
		select {
		case s.busy <- struct{}{}:
			defer func() { <-s.busy }()
		default:
			w.Header().Set("Retry-After", "1")
			text(w, r, http.StatusServiceUnavailable, "Too many requests at once. Try again.")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		next.ServeHTTP(w, r)
	})
}

// OfThisMachine reports whether a host, with or without a port, is one that only this machine reaches.
func OfThisMachine(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}

// authenticated lets in those who know a password.
func (d *Door) authenticated(next http.Handler) http.Handler {
	if len(d.Users) == 0 {
		return next
	}
	s := d.state()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, password, ok := r.BasicAuth()
		if ok && !s.recalls(name, password) {
			if !s.tries.Allow() {
				w.Header().Set("Retry-After", "1")
				text(w, r, http.StatusTooManyRequests, "Too many passwords. Try again.")
				return
			}
			ok = d.fits(name, password)
			if ok {
				s.known.Add(s.digest(name, password), time.Now().Add(rememberFor))
			}
		}
		if !ok {
			w.Header().Set("WWW-Authenticate", `Basic realm="conform fleet", charset="UTF-8"`)
			text(w, r, http.StatusUnauthorized, "A name and a password are needed.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *doorState) digest(name, password string) (sum [32]byte) {
	h := hmac.New(sha256.New, s.key[:])
	h.Write([]byte(name + "\x00" + password))
	return [32]byte(h.Sum(sum[:0]))
}

func (s *doorState) recalls(name, password string) bool {
	until, ok := s.known.Get(s.digest(name, password))
	return ok && time.Now().Before(until)
}

// fits compares a password. A name that is not known takes as long as one that is.
func (d *Door) fits(name, password string) bool {
	hash, ok := d.Users[name]
	if !ok {
		for _, hash = range d.Users {
			break
		}
	}
	return bcrypt.CompareHashAndPassword(hash, []byte(password)) == nil && ok
}
