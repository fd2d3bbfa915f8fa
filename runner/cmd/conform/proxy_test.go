package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
)

// stand starts a proxy and waits until it says where it listens.
func stand(t *testing.T, upstream string, args ...string) *standing {
	t.Helper()
	s := begin(t, t.TempDir(), append([]string{"proxy", "--upstream", upstream, "--grace", "0s"}, args...)...)
	if s.url == "" {
		t.Fatalf("proxy says %q", s.first)
	}
	return s
}

// runThrough runs a few cases through a proxy.
func runThrough(t *testing.T, s *standing, upstream, config string) (code int) {
	t.Helper()
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(s.dir, "target.yaml")
	if err := os.WriteFile(own, bytes.ReplaceAll(text, []byte(upstream), []byte(s.url)), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, _ = conform(t, s.dir, "run", "--config", own, "--label-filter", "!hostile && !throttled"+few+halved)
	return code
}

func TestProxyJudgesWhatPasses(t *testing.T) {
	for _, c := range []struct {
		mutant    string
		run, code int
		says      string
	}{
		{mutant: "", run: exitKept, code: exitKept, says: "nothing broken"},
		{mutant: "html-error-page", run: exitBroken, code: exitBroken, says: "× ERROR-1"},
	} {
		var options []reference.Option
		for _, m := range mutants.All() {
			if m.Name == c.mutant {
				options = append(options, reference.With(m))
			}
		}
		url, config := served(t, "ecs", nil, options...)
		s := stand(t, url, "--profile", "ecs", "--transcript", "t.jsonl")
		if code := runThrough(t, s, url, config); code != c.run {
			t.Errorf("%s: the run exits %d through the proxy, want %d", c.mutant, code, c.run)
		}
		code, out := s.end(t)
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("%s: the proxy exits %d, want %d with %q\n%s%s", c.mutant, code, c.code, c.says, out, &s.errs)
		}
		again, text, _ := conform(t, s.dir, "lint", "t.jsonl")
		if again != c.code || !strings.Contains(text, c.says) {
			t.Errorf("%s: lint of the transcript exits %d, want %d with %q\n%s", c.mutant, again, c.code, c.says, text)
		}
	}
}

func TestProxyTellsOnSIGHUPAndGoesOn(t *testing.T) {
	url, _ := served(t, "ecs", nil)
	file := filepath.Join(t.TempDir(), "result.json")
	s := stand(t, url, "--profile", "ecs", "-o", "json", "--to", file)
	for n := int64(1); n <= 2; n++ {
		if _, err := http.Get(s.url); err != nil {
			t.Fatal(err)
		}
		for r := (lint.Result{}); r.Judged != n; { // until it was judged
			_ = s.cmd.Process.Signal(syscall.SIGHUP)
			if text, err := os.ReadFile(file); err == nil {
				if err := json.Unmarshal(text, &r); err != nil {
					t.Fatalf("half a result: %v", err)
				}
			}
		}
	}
	if code, out := s.end(t); code != exitKept || out != "" {
		t.Errorf("exit %d\n%s%s", code, out, &s.errs)
	}
}

func TestProxyExits(t *testing.T) {
	url, _ := served(t, "ecs", nil)
	for _, c := range []struct{ args, says string }{
		{"", "upstream"},
		{"--upstream " + url, "--profile: gateway, ecs"},
		{"--upstream " + url + " --profile nobody", "nobody"},
		{"--upstream ftp://x --profile ecs", "want a URL"},
		{"--upstream http://127.0.0.1:0 --profile ecs", "want a port from 1 to 65535"},
		{"--upstream http://127.0.0.1:99999/ --profile ecs", "want a port from 1 to 65535"},
		{"--upstream http://127.0.0.1: --profile ecs", "want a port from 1 to 65535"},
		{"--upstream http://127.0.0.1:80/path?x=y --profile ecs", "want host and port alone, like http://127.0.0.1:80/ "},
		{"--upstream " + url + "/path --profile ecs", "want host and port alone"},
		{"--upstream " + url + "/? --profile ecs", "want host and port alone"},
		{"--upstream " + url + "/#a --profile ecs", "want host and port alone"},
		{"--upstream http://me:hidden@127.0.0.1/ --profile ecs", "want host and port alone, like http://127.0.0.1/ "},
		{"--upstream " + url + " --profile ecs --listen x:y", "--listen"},
		{"--upstream " + url + " --profile ecs --memory much", "256MiB"},
		{"--upstream " + url + " --profile ecs --grace -1s", "--grace"},
		{"--upstream " + url + " --profile ecs --ca /no/such", "--ca"},
		{"--upstream " + url + " --profile ecs --transcript /no/such/file", "--transcript"},
		{"--upstream " + url + " --profile ecs --to /no/such/file", "--to"},
	} {
		code, out, errs := conform(t, t.TempDir(), append([]string{"proxy"}, strings.Fields(c.args)...)...)
		if code != exitUsage || !strings.Contains(errs, c.says) || strings.Contains(errs, "hidden") || out == "" && strings.Count(errs, "\n") != 1 {
			t.Errorf("conform proxy %s: exit %d, want 2 with %q\n%s%s", c.args, code, c.says, out, errs)
		}
	}
	s := stand(t, url, "--profile", "ecs")
	if code, out := s.end(t); code != exitUntested || !strings.Contains(out+s.errs.String(), "nothing was judged") {
		t.Errorf("exit %d without traffic\n%s", code, out)
	}
}

func TestProxyWithoutItsUpstream(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	s := stand(t, "http://"+l.Addr().String(), "--profile", "ecs")
	for range 2 {
		if _, err := http.Get(s.url); err == nil {
			t.Error("somebody answers")
		}
	}
	code, out := s.end(t)
	if code != exitUntested || strings.Count(s.errs.String(), "cannot be reached") != 1 || !strings.Contains(out, "could not be reached: 2") {
		t.Errorf("exit %d\n%s%s", code, out, &s.errs)
	}
}

// What curl gets through the proxy is what it gets without it.
func TestCurlGetsTheSameBytes(t *testing.T) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("curl is not installed")
	}
	upstream := httpServer(t)
	s := stand(t, upstream, "--profile", "ecs")
	for _, args := range [][]string{
		{"/chunked"}, {"-I", "/sized"}, {"-d", "a=b", "-H", "Expect: 100-continue", "/echo"}, {"/cut"}, {"--http1.0", "/sized"},
		{"--compressed", "/sized"}, {"--http2-prior-knowledge", "/sized"}, {"/sized", "/chunked"},
	} {
		fetch := func(base string) string {
			full := []string{"-s", "-i", "--raw", "--max-time", "20", "-w", "%{http_code} %{size_download} %{exitcode} %{num_connects}\n"}
			for _, a := range args {
				if strings.HasPrefix(a, "/") {
					a = base + a
				}
				full = append(full, a)
			}
			out, _ := exec.Command(curl, full...).Output()
			return string(out)
		}
		if direct, through := fetch(upstream), fetch(s.url); direct != through || !strings.Contains(direct, "HTTP/") {
			t.Errorf("curl %q gets\n%s\nthrough the proxy, and without it\n%s", args, through, direct)
		}
	}
	if code, out := s.end(t); code != exitBroken && code != exitKept {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// httpServer answers the same to the same, chunked, sized, and broken off in the middle.
func httpServer(t *testing.T) string {
	t.Helper()
	body := `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`
	mux := http.NewServeMux()
	mux.HandleFunc("/chunked", func(w http.ResponseWriter, _ *http.Request) {
		for _, part := range []string{body[:10], body[10:]} {
			_, _ = io.WriteString(w, part)
			_ = http.NewResponseController(w).Flush()
		}
	})
	mux.HandleFunc("/sized", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) })
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, body)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	steady := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", "Wed, 25 Nov 2026 00:00:00 GMT")
		mux.ServeHTTP(w, r)
	})
	server := &http.Server{Handler: steady, Protocols: new(http.Protocols)}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return "http://" + l.Addr().String()
}
