package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// A case to skip that there is not is a fault of the target file for each command that reads one, before anything is sent; an
// entry whose day has passed is one line.
func TestMisspeltAndExpiredCasesToSkip(t *testing.T) {
	var sent atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent.Add(1) }))
	t.Cleanup(server.Close)
	head := "url: " + server.URL + "\nprofile: ecs\nrequest: {action: DescribeRegions}\ncredentials: {default: {access_key_id: a, access_key_secret: b}}\nskip:\n"
	misspelt := write(t, head+"  - {case: throttled-brust, reason: r}\n")
	derived := write(t, head+"  - {case: tampered-action-chanced, reason: r}\n")
	for _, args := range [][]string{{"run", "--config"}, {"run", "--plan", "--config"}, {"doctor", "--config"}, {"sign", "--config"}, {"check"}} {
		for file, near := range map[string]string{misspelt: "throttled-burst", derived: "tampered-action-changed"} {
			if args[0] == "sign" && file == derived {
				continue // no case is planned for it
			}
			code, _, errs := conform(t, t.TempDir(), append(args, file)...)
			if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, file+":6:12: ") || !strings.Contains(errs, "did you mean "+near+"?") {
				t.Errorf("%q: exit %d, said %q", args, code, errs)
			}
		}
	}
	if n := sent.Load(); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
	expired := write(t, head+"  - {case: throttled-burst, reason: r, until: 2020-01-01}\n  - {case: sound-request, reason: r, until: 2999-01-01}\n")
	for _, args := range [][]string{{"run", "--plan", "--config"}, {"check"}} {
		code, _, errs := conform(t, t.TempDir(), append(args, expired)...)
		if want := "conform: file.yaml:6: expired on 2020-01-01: throttled-burst counts again (r)\n"; code != exitKept || errs != want {
			t.Errorf("%q: exit %d, said %q, want %q", args, code, errs, want)
		}
	}
}

// A profile that the target file misspells is a fault of the file, at its place, for each command.
func TestMisspeltProfileOfATargetFile(t *testing.T) {
	misspelt := write(t, "url: http://127.0.0.1:1/\nprofile: essx\nrequest: {action: A, version: \"1\"}\ncredentials: {default: {access_key_id: a, access_key_secret: b}}\n")
	for _, args := range [][]string{{"run", "--config"}, {"run", "--plan", "--config"}, {"doctor", "--config"}, {"sign", "--config"}, {"check"}} {
		code, _, errs := conform(t, t.TempDir(), append(args, misspelt)...)
		if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, misspelt+`:2:10: profile: no profile is called "essx" (want one of gateway, ecs, `) {
			t.Errorf("%q: exit %d, said %q", args, code, errs)
		}
	}
}
