package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// The words by which a certificate is refused tell no secret that a server reflects. What a certificate holds is the report and
// the transcript of a run, and TestCertifyAndVerify searches one.
func TestNoRefusalOfACertificateTellsASecret(t *testing.T) {
	secrets := []string{"s3crEt/0fAll+Th1ngsThat=Are", "Aur0ra/0f+MyOwnAnd=NobodyElse=="}
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	for _, faults := range []bool{false, true} {
		o := newOffice(t)
		_, config := served(t, p.Name, func(target *schemas.Target) {
			brief(target)
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
