package server

import (
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// together serves n copies of a request at the same time and counts the answers by code; "" is a success.
func together(n int, a *ask) map[string]int {
	var wg sync.WaitGroup
	counts, mu := map[string]int{}, sync.Mutex{}
	for range n {
		r := a.request("")
		wg.Go(func() {
			got := serveRequest(a.server, r)
			mu.Lock()
			defer mu.Unlock()
			counts[got.code()]++
		})
	}
	wg.Wait()
	return counts
}

func TestOneNonceIsServedOnce(t *testing.T) {
	for _, name := range []string{"gateway", "ecs"} {
		s := New(profileOf(t, name))
		if got := together(50, sound(s)); got[""] != 1 || got["SignatureNonceUsed"] != 49 {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, name := range []string{"kms", "kms-legacy", "ess"} {
		if got := together(5, sound(New(profileOf(t, name)))); got[""] != 5 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNonceOfARefusedSignatureIsStillFresh(t *testing.T) {
	a := sound(New(profileOf(t, "ecs")))
	right := a.secret
	a.secret = "another"
	if got := a.serve(); got.code() != "IncompleteSignature" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	a.secret = right
	if got := a.serve(); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestNonceIsForgotten(t *testing.T) {
	var later atomic.Int64
	clock := func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	s := New(profileOf(t, "ecs"), func(s *Server) { s.Now = clock })
	nonce := NewUUID()
	for _, c := range []struct {
		later time.Duration
		code  string
	}{{0, ""}, {14 * time.Minute, "SignatureNonceUsed"}, {16 * time.Minute, ""}} {
		later.Store(int64(c.later))
		if got := sound(s).set("SignatureNonce", nonce).serve(); got.code() != c.code {
			t.Errorf("after %s: %d %s", c.later, got.status, got.body)
		}
	}
}

func TestBurstIsThrottled(t *testing.T) {
	for name, code := range map[string]string{"gateway": "Throttling.User", "ecs": "Throttling", "ess": "Throttling"} {
		now := time.Now()
		s := New(profileOf(t, name), func(s *Server) { s.Now = func() time.Time { return now } })
		limit := s.Target("").Limits.Throttle
		for i := range limit.Requests + 5 {
			got := sound(s).by(limit.Method).set("Action", limit.Action).serve()
			if want := map[bool]string{true: code}[i >= limit.Requests]; got.code() != want {
				t.Fatalf("%s, call %d: %d %s", name, i, got.status, got.body)
			}
			if i >= limit.Requests && got.header.Get("X-Acs-Retry-After") == "" {
				t.Errorf("%s: no x-acs-retry-after", name)
			}
		}
		now = now.Add(time.Duration(limit.Per))
		if got := sound(s).by(limit.Method).set("Action", limit.Action).serve(); got.status != 200 {
			t.Errorf("%s, later: %d %s", name, got.status, got.body)
		}
	}
}

func TestClientToken(t *testing.T) {
	s := New(profileOf(t, "ecs"))
	run := func(params url.Values) answer {
		a := sound(s).by("POST").set("Action", "RunInstances").set("ClientToken", "token-1")
		for name := range params {
			a.set(name, params.Get(name))
		}
		return a.serve()
	}
	first, again := run(nil), run(nil)
	if first.status != 200 || first.members["InstanceIdSets"] != again.members["InstanceIdSets"] {
		t.Errorf("%s, then %s", first.body, again.body)
	}
	if got := run(url.Values{"Amount": {"2"}}); got.code() != "IdempotentParameterMismatch" || got.status != 400 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestClientTokenInProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(profileOf(t, "ecs"))
		slow := func() answer {
			return sound(s).by("POST").set("Action", "RunInstances").set("ClientToken", "token-2").set("Slow", "true").serve()
		}
		begun, done := time.Now(), make(chan answer, 1)
		go func() { done <- slow() }()
		synctest.Wait()
		if got := slow(); got.code() != "LastTokenProcessing" || got.status != 403 {
			t.Errorf("the second: %d %s", got.status, got.body)
		}
		first := <-done
		if first.status != 200 || time.Since(begun) > 0 {
			t.Errorf("the first, after %s: %d %s", time.Since(begun), first.status, first.body)
		}
		if again := slow(); again.members["InstanceIdSets"] != first.members["InstanceIdSets"] {
			t.Errorf("the third: %d %s", again.status, again.body)
		}
		alone := sound(s).by("POST").set("Action", "RunInstances").set("ClientToken", "token-3").set("Slow", "true").serve()
		if alone.status != 200 || time.Since(begun) != slowly {
			t.Errorf("met by nobody, after %s: %d %s", time.Since(begun), alone.status, alone.body)
		}
	})
}

func TestSecretNeedsTLS(t *testing.T) {
	s := New(profileOf(t, "gateway"))
	if got := sound(s).by("POST").set("Action", "DescribeSecret").serve(); got.code() != "InvalidProtocol.NeedSsl" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if k := s.Target("").Credentials["default"]; k.AccessKeyID == "" || k.AccessKeySecret == "" {
		t.Errorf("no default key in the target: %v", k)
	}
}
