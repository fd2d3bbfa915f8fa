package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// The words by which a certificate is refused tell no secret that a server reflects.
func TestNoRefusalOfACertificateTellsASecret(t *testing.T) {
	secrets := []string{"s3crEt/0fAll+Th1ngsThat=Are", "Aur0ra/0f+MyOwnAnd=NobodyElse=="}
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	for _, faults := range []bool{false, true} {
		o := newOffice(t)
		_, config := served(t, p.Name, func(target *schemas.Target) {
			without(long)(target)
			target.Credentials["other"] = schemas.Credential{AccessKeyID: "other", AccessKeySecret: secrets[0], SecurityToken: secrets[1]}
			server := httptest.NewServer(&leaktest.Reflector{Server: reference.New(p), Faults: faults, Texts: slices.Concat(reflections(secrets[0]), reflections(secrets[1]))})
			t.Cleanup(server.Close)
			target.URL = server.URL
		})
		code, out, errs := o.certify(config)
		if code == exitUsage || code == exitUntested {
			t.Fatalf("faults %t: exit %d\n%s%s", faults, code, out, errs)
		}
		all := artefacts(t, o.dir, out, errs)
		delete(all, "conform-key.pem") // of the office itself
		recovered(t, all, secrets...)
	}
}

// Captured traffic of others has its secrets in every place, in requests and answers. Of what is wrong with it everything is
// told but these.
func TestNothingCapturedIsTold(t *testing.T) {
	const placed = "hunter2hunter2hunter2"
	var log strings.Builder
	for i, name := range slices.Sorted(maps.Keys(leaktest.Placements)) {
		text := strings.ReplaceAll(leaktest.Placements[name], leaktest.Placeholder, placed)
		x := schemas.Exchange{
			Request:  schemas.Request{Method: "POST", URL: "http://h/?Action=A&Format=JSON", Body: schemas.Body(text)},
			Response: &schemas.Response{Status: 400, Header: schemas.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Echo", Value: text}}},
		}
		if strings.HasPrefix(text, "http") {
			x.Request.URL, x.Request.Body = text, nil
		}
		said, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		x.Response.Body = schemas.Body([]string{text, fmt.Sprintf(`{"Code":"A","Message":%s}`, said), fmt.Sprintf(`{"Code":%s,"RequestId":%s}`, said, said)}[i%3])
		line, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		log.Write(append(line, '\n'))
	}
	dir := t.TempDir()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, form := range []string{"text", "json", "markdown", "html"} {
		code, out, errs := conform(t, dir, "lint", "--profile", "gateway", "--show", "0", "-o", form, path)
		if code != exitBroken || len(out) < 1000 {
			t.Fatalf("%s: exit %d\n%s%s", form, code, out, errs)
		}
		all[form] = out + errs
	}
	recovered(t, all, placed)
}

// Of two reports of a server that reflects secrets, no form of their diff tells one.
func TestNothingReflectedIsInADiffOfReports(t *testing.T) {
	config, secrets := reflecting(t, true)
	dir := t.TempDir()
	for _, folder := range []string{"base", "new"} {
		if code, out, errs := conform(t, dir, "run", "--label-filter", "PARAM-1", "--report-dir", folder, "--config", config); code != exitBroken {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	all := map[string]string{}
	for _, form := range []string{"text", "json", "markdown", "html"} {
		code, out, errs := conform(t, dir, "diff", "-o", form, "base/report.json", "new/report.json")
		if code == exitUsage || code == exitUntested {
			t.Fatalf("%s: exit %d\n%s", form, code, errs)
		}
		all[form] = out + errs
	}
	recovered(t, all, secrets...)
}

// echoing passes connections on to a server, and puts a text into the header of each answer, another each time.
func echoing(t *testing.T, to string, texts []string) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var open sync.WaitGroup
	t.Cleanup(func() { _ = l.Close(); open.Wait() })
	var answers atomic.Int64
	open.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() {
				defer client.Close()
				server, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer server.Close()
				go func() {
					_, _ = io.Copy(server, client)
					_ = server.(*net.TCPConn).CloseWrite()
				}()
				piece := make([]byte, 64<<10)
				for {
					n, err := server.Read(piece)
					echo := "\r\nX-Echo: " + texts[int(answers.Add(1))%len(texts)] + "\r\nDate: "
					if _, failed := client.Write(bytes.Replace(piece[:n], []byte("\r\nDate: "), []byte(echo), 1)); err != nil || failed != nil {
						return
					}
				}
			})
		}
	})
	return l.Addr().String()
}

// A certificate of a right server that reflects secrets is issued, and neither it nor what is said of it tells one.
func TestNoCertificateTellsASecret(t *testing.T) {
	if os.Getenv("ACSCONFORM_WHOLE") == "" {
		t.Skip("a whole certificate is searched for every spelling with ACSCONFORM_WHOLE")
	}
	o := newOffice(t)
	secrets := []string{"s3crEt/0fAll+Th1ngsThat=Are", "Aur0ra/0f+MyOwnAnd=NobodyElse=="}
	texts := slices.DeleteFunc(slices.Concat(reflections(secrets[0]), reflections(secrets[1])), func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f })
	})
	url, _ := served(t, "gateway", nil)
	_, config := served(t, "gateway", func(target *schemas.Target) {
		target.Credentials["other"] = schemas.Credential{AccessKeyID: "other", AccessKeySecret: secrets[0], SecurityToken: secrets[1]}
		target.URL = "http://" + echoing(t, strings.TrimPrefix(url, "http://"), texts)
	})
	code, out, errs := o.certify(config)
	if code != exitKept {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	said := out + errs
	if code, out, errs = o.verify(); code != exitKept {
		t.Fatalf("verify: exit %d\n%s%s", code, out, errs)
	}
	all := artefacts(t, o.dir, said+out, errs)
	delete(all, "conform-key.pem") // of the office itself
	reflected := 0
	for _, text := range all {
		reflected += strings.Count(text, "X-Echo")
	}
	if len(texts) < 40 || reflected < 500 {
		t.Errorf("%d texts were reflected in %d answers of the certificate", len(texts), reflected)
	}
	recovered(t, all, secrets...)
}
