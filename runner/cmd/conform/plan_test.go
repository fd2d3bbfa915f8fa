package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

func TestPlanConnectsToNobody(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var met atomic.Int32
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			met.Add(1)
			conn.Close()
		}
	}()
	dir := t.TempDir()
	file := filepath.Join(dir, "target.yaml")
	text := fmt.Sprintf("url: http://%s/\nprofile: ecs\nrequest: {action: DescribeRegions, version: \"2014-05-26\"}\n"+
		"credentials: {default: {access_key_id: testid, access_key_secret: testsecret}}\n"+
		"idempotency: {action: RunInstances, token_param: ClientToken}\n", l.Addr())
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := conform(t, dir, "run", "--config", file, "--plan")
	if code != exitKept || met.Load() != 0 {
		t.Errorf("exit %d after %d connections, want %d and none\n%s%s", code, met.Load(), exitKept, out, errs)
	}
	for _, want := range []string{"requests in", "DescribeRegions", "RunInstances", "maybe", "Nothing was sent"} {
		if !strings.Contains(out, want) {
			t.Errorf("the plan does not say %q:\n%s", want, out)
		}
	}
}
