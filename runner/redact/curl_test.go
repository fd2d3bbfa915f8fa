package redact

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// The shell must see the very words; bash is what reads them.
func TestCurlIsOneSafeLine(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash on this machine")
	}
	r := schemas.Request{
		Method: "PUT", URL: "http://h:1/a?b='$(touch x)'&Signature=s3cr3tsignature&c=`id`\\",
		Header: schemas.Header{{Name: "Authorization", Value: "acs K:S"}, {Name: "X", Value: "it's\ttab"}, {Name: "Empty"}},
		Body:   schemas.Body("line\nline '\"$HOME\" \\ \x01\xff é"),
	}
	line := Curl(r)
	if strings.ContainsAny(line, "\n\r\t\x01") {
		t.Errorf("not one plain line: %q", line)
	}
	script := `curl() { printf '%s\0' "$@"; }; SIGNATURE=S1 AUTHORIZATION=A1; ` + line
	out, err := exec.Command(bash, "-c", script).Output()
	if err != nil {
		t.Fatalf("bash: %v in %s", err, line)
	}
	want := strings.Join([]string{
		"-sS", "-g", "--path-as-is", "-X", "PUT", "http://h:1/a?b='$(touch x)'&Signature=S1&c=`id`\\",
		"-H", "Authorization: A1", "-H", "X: it's\ttab", "-H", "Empty;", "-H", "Accept:", "-H", "Content-Type:",
		"--data-binary", string(r.Body), "",
	}, "\x00")
	if string(out) != want {
		t.Errorf("the shell saw\n%q, want\n%q", out, want)
	}
}

func TestCurlOfRawBytes(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash on this machine")
	}
	raw := "GET /100%?Signature=rawsignature HTTP/1.1\r\nX: '\\\x00\x01\xff\r\nAuthorization: acs a:b\r\n\r\n"
	line := Curl(schemas.Request{URL: "http://127.0.0.1:81/", Raw: schemas.Body(raw), HalfClose: true})
	if !strings.HasSuffix(line, "| nc -N '127.0.0.1' 81") && !strings.HasSuffix(line, "| nc -N 127.0.0.1 81") || strings.ContainsAny(line, "\r\n\x00") {
		t.Fatalf("command %q", line)
	}
	out, err := exec.Command(bash, "-c", `nc() { cat; }; SIGNATURE=S AUTHORIZATION=A; `+line).Output()
	want := strings.NewReplacer("rawsignature", "S", "acs a:b", "A").Replace(raw)
	if err != nil || string(out) != want {
		t.Errorf("nc was given %q (%v), want %q", out, err, want)
	}
	if line := Curl(schemas.Request{URL: "https://h/", Raw: schemas.Body("GET / HTTP/1.1\r\n\r\n")}); !strings.Contains(line, "openssl s_client -quiet -connect h:443") {
		t.Errorf("over TLS: %s", line)
	}
	if line := Curl(schemas.Request{URL: "http://h/", Raw: make(schemas.Body, 64<<10)}); line != "# raw socket, 65536 bytes: see the transcript" {
		t.Errorf("long: %.80s", line)
	}
}
