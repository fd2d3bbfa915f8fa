package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func TestServeSeveralProducts(t *testing.T) {
	of, err := filepath.Abs(lending)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := serveStarted(t, dir, "--profile", "ecs", "--from-metadata", of, "--authority-out", "ca of mine.pem")
	want := []string{
		"mock of ecs and lending-2020-02-02 on " + s.url,
		"4 of 5 operations answer their published sample, the others the least form of their type; nothing is kept from call to call",
		"ALIBABA_CLOUD_ACCESS_KEY_ID=reference-default ALIBABA_CLOUD_ACCESS_KEY_SECRET=secret-of-reference-default",
		"endpoint ADDRESS, by HTTP and HTTPS  ·  page http://ADDRESS/_conform/",
		"export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE ALIBABA_CLOUD_REGION_ID=cn-hangzhou ALIBABA_CLOUD_ENDPOINT=ADDRESS SSL_CERT_FILE='DIR/ca of mine.pem'  # aliyun",
		"export ALICLOUD_REGION=cn-hangzhou ECS_ENDPOINT=ADDRESS LENDING_ENDPOINT=ADDRESS SSL_CERT_FILE='DIR/ca of mine.pem'  # Terraform",
	}
	fill := strings.NewReplacer("ADDRESS", strings.TrimPrefix(s.url, "http://"), "DIR", dir)
	line := s.first
	for i := range want {
		if i > 0 {
			line = s.line(t)
		}
		if want := fill.Replace(want[i]); line != want {
			t.Errorf("line %d is %q, want %q", i+1, line, want)
		}
	}
	for query, want := range map[string]string{"Version=2014-05-26&Action=DescribeRegions": "MissingParameter", "Version=2020-02-02&Action=GetBook": "MissingAccessKeyId"} {
		answer, err := http.Get(s.url + "/?Format=JSON&" + query)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: %s", query, body)
		}
	}
}

func TestServeHTTPSOnTheSamePort(t *testing.T) {
	dir := t.TempDir()
	url := strings.Replace(serveStarted(t, dir, "--profile", "ecs", "--authority-out", "ca.pem").url, "http:", "https:", 1)
	text, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(text)
	of := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}}
	answer, err := of.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	expect(t, dir, exitKept, "", "run", "--target", url, "--ca", "ca.pem", "--profile", "ecs", "--case", "action-missing")
	expect(t, dir, exitUsage, `^conform: --tls-cert ca\.pem, --tls-key none\.pem: none\.pem: no such file or directory \(want two PEM files`, "serve", "--profile", "ecs", "--tls-cert", "ca.pem", "--tls-key", "none.pem")
	expect(t, dir, exitUsage, `--tls-key`, "serve", "--profile", "ecs", "--tls-cert", "ca.pem")
}

func TestProxySpeaksTLSToItsClients(t *testing.T) {
	upstream, _ := served(t, "ecs", func(*schemas.Target) {})
	s := stand(t, upstream, "--profile", "ecs", "--authority-out", "ca.pem")
	secure := strings.Replace(s.url, "http:", "https:", 1)
	expect(t, s.dir, exitKept, "", "run", "--target", secure, "--ca", "ca.pem", "--profile", "ecs", "--case", "action-missing")
	if code, out := s.end(t); code != exitKept || !strings.Contains(out, "nothing broken") {
		t.Errorf("exit %d, %s%s", code, out, s.errs.String())
	}
	expect(t, s.dir, exitUsage, `^conform: --tls-cert ca\.pem, --tls-key none\.pem: `, "proxy", "--upstream", upstream, "--profile", "ecs", "--tls-cert", "ca.pem", "--tls-key", "none.pem")
}

func TestServeAnswersOfAFile(t *testing.T) {
	of, err := filepath.Abs(lending)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../../fixtures/examples/answers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "answers.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	s := serveStarted(t, dir, "--from-metadata", of, "--answers", "answers.yaml", "--any-key")
	if second, third := s.line(t), s.line(t); third != "answers.yaml: 4 entries, seed 7" {
		t.Errorf("serve says %q, %q and %q", s.first, second, third)
	}
	_ = s.line(t)
	if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte("GetBook"), []byte("GetBok")), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitUsage, `^answers\.yaml:17:16: answers\[3\]\.operation: no operation is called "GetBok" \(did you mean GetBook\?\)\n$`, "serve", "--from-metadata", of, "--answers", "answers.yaml")
	expect(t, dir, exitUsage, `none\.yaml: the answers cannot be read: `, "serve", "--from-metadata", of, "--answers", "none.yaml")
	expect(t, dir, exitKept, `"title": "answers of a mock"`, "schema", "answers")
}

func TestServeStrictly(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "answers.yaml"), []byte("answers:\n- {operation: DescribeRegions, replies: [{}]}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serveStarted(t, dir, "--profile", "ecs", "--answers", "answers.yaml", "--strict")
	if code, _ := s.end(t); code != exitBroken || !strings.Contains(s.errs.String(), "answers.yaml:2: DescribeRegions has answered no call") {
		t.Errorf("exit %d, %s", code, s.errs.String())
	}
}

func TestServeRefusesWhatCannotBeServed(t *testing.T) {
	dir := t.TempDir()
	of, err := filepath.Abs(lending)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitUsage, `^conform: nothing says what to answer; name a profile by --profile`, "serve")
	expect(t, dir, exitUsage, `^conform: lending-2020-02-02 is named twice; leave one out\n$`, "serve", "--from-metadata", of, "--from-metadata", of)
	expect(t, dir, exitUsage, `^conform: --from-metadata none\.json: no such file or directory\n$`, "serve", "--from-metadata", "none.json")
	expect(t, dir, exitUsage, `^conform: a mutant or an oddity is that of one profile, and 2 are named; leave one\n$`, "serve", "--profile", "ecs", "--profile", "kms", "--mutant", "nonces-not-kept")
	expect(t, dir, exitUsage, `^conform: --target-out: a target is tested by the file of one profile; `, "serve", "--listen", "127.0.0.1:0", "--from-metadata", of, "--target-out", "t.yaml")
}
