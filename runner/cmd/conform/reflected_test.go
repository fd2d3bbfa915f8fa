package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// spellings are all spellings of a secret, in one order.
func spellings(secret string) (all []string) {
	written := leaktest.Written(secret)
	for _, name := range slices.Sorted(maps.Keys(written)) {
		all = append(all, written[name])
	}
	return all
}

// reflections are all spellings and placements of a secret, in one order.
func reflections(secret string) []string {
	all := spellings(secret)
	for _, name := range slices.Sorted(maps.Keys(leaktest.Placements)) {
		all = append(all, strings.ReplaceAll(leaktest.Placements[name], leaktest.Placeholder, secret))
	}
	return all
}

// reflecting starts a right server that reflects the secrets of its keys, and writes its target file.
func reflecting(t *testing.T, faults bool) (config string, secrets []string) {
	t.Helper()
	secrets = []string{"s3crEt/0fAll+Th1ngsThat=Are", "Aur0ra/0f+MyOwnAnd=NobodyElse=="}
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	_, config = served(t, p.Name, func(target *schemas.Target) {
		target.Credentials["other"] = schemas.Credential{AccessKeyID: "other", AccessKeySecret: secrets[0], SecurityToken: secrets[1]}
		reflector := &leaktest.Reflector{Server: reference.New(p), Faults: faults, Texts: slices.Concat(reflections(secrets[0]), reflections(secrets[1]))}
		server := httptest.NewServer(reflector)
		t.Cleanup(server.Close)
		target.URL = server.URL
	})
	return config, secrets
}

// recovered reports every artefact from which a reader recovers a secret, and its first line that tells it.
func recovered(t *testing.T, all map[string]string, secrets ...string) {
	t.Helper()
	for name, text := range all {
		if way := leaktest.Recover(text, secrets...); way != "" {
			t.Errorf("%s tells a secret (%s)%s", name, way, culprit(text, secrets))
		}
	}
}

func culprit(text string, secrets []string) string {
	for line := range strings.Lines(text) {
		if way := leaktest.Recover(line, secrets...); way != "" {
			return ": " + line[:min(len(line), 3000)]
		}
	}
	return ""
}

func TestNothingReflectedIsWrittenDown(t *testing.T) {
	for _, args := range []string{
		"run --label-filter PARAM-1||KEY-1 --config F",
		"diff --label-filter PARAM-1 F F",
		"diff --label-filter PARAM-1 --format json F F",
		"diff --label-filter PARAM-1 --format markdown F F",
		"diff --label-filter PARAM-1 --format html F F",
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			config, secrets := reflecting(t, true)
			dir := t.TempDir()
			code, out, errs := conform(t, dir, strings.Fields(strings.ReplaceAll(args, "F", config))...)
			if code != exitBroken && !strings.HasPrefix(args, "diff") || code == exitUsage || code == exitUntested {
				t.Fatalf("exit %d\n%.3000s%s", code, out, errs)
			}
			recovered(t, artefacts(t, dir, out, errs), secrets...)
		})
	}
}

// What passes a proxy has the token of its request, which the answer reflects in every spelling, and the secrets of others
// in every place.
func TestNothingThatPassesAProxyIsWrittenDown(t *testing.T) {
	const token, placed = "Aur0ra/0f+MyOwnAnd=NobodyElse==", "hunter2hunter2hunter2"
	var placements []string
	for _, text := range leaktest.Placements {
		placements = append(placements, strings.ReplaceAll(text, leaktest.Placeholder, placed))
	}
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	upstream := httptest.NewServer(&leaktest.Reflector{Server: reference.New(p), Faults: true, Texts: slices.Concat(spellings(token), placements)})
	t.Cleanup(upstream.Close)
	s := stand(t, upstream.URL, "--profile", "gateway", "--transcript", "t.jsonl")
	for i := range 2 * (len(leaktest.Written(token)) + len(placements)) { // raw and as the format wants it
		said := placements[i%len(placements)]
		query, body := "", ""
		if _, after, ok := strings.Cut(said, "http://h/?"); ok {
			query = "&" + after
		} else if !strings.HasPrefix(said, "http:") {
			body = said
		}
		q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/?Action=A&Format=JSON&SecurityToken="+url.QueryEscape(token)+query, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	_, out := s.end(t)
	all := artefacts(t, s.dir, out, s.errs.String())
	if n := strings.Count(all["t.jsonl"], "\n"); n < 150 {
		t.Errorf("%d exchanges", n)
	}
	for _, form := range []string{"text", "json", "markdown", "html"} {
		_, all["lint as "+form], _ = conform(t, s.dir, "lint", "--profile", "gateway", "-o", form, "t.jsonl")
	}
	recovered(t, all, token, placed)
}
