package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// theirs is the vector of RPC that is published with its string to sign: key testid, secret testsecret.
const theirs = "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26"

const ofVector = "https://ecs.example.test/?Timestamp=2016-02-23T12%3A46%3A24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0"

const vectorTarget = "url: https://ecs.example.test/\nprofile: ecs\ncredentials: {default: {access_key_id: testid, access_key_secret: testsecret}}\n"

func TestSignShowsThePublishedVector(t *testing.T) {
	config := write(t, vectorTarget)
	form := filepath.Join(t.TempDir(), "form")
	if err := os.WriteFile(form, []byte("RegionId=cn-a"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args  []string
		stdin string
		code  int
		want  []string
	}{
		"steps":     {[]string{"--url", ofVector}, "", exitKept, []string{theirs, "OLeaidS1JvxuMvnyHOwuJ+uX5qY=", "key testid"}},
		"right":     {[]string{"--url", ofVector, "--compare", "server string to sign is:" + theirs}, "", exitKept, []string{"same: the string to sign is right"}},
		"signature": {[]string{"--url", ofVector + "&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D"}, "", exitKept, []string{"same: the signature is right"}},
		"wrong":     {[]string{"--url", ofVector, "--compare", strings.Replace(theirs, "GET", "POST", 1)}, "", exitBroken, []string{"mistake: GET for POST", "first byte that differs: 1, in the method"}},
		"answer": {[]string{"--url", ofVector, "--compare", "-"}, `{"RequestId":"a","HostId":"b","Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched with our calculation. server string to sign is:` + strings.Replace(theirs, "12%253A46", "20%253A46", 1) + `"}`,
			exitBroken, []string{"mistake: time"}},
		"own request": {[]string{"--method", "GET", "--compare", "server string to sign is:" + strings.Replace(theirs, "XML", "JSON", 1)}, "", exitKept, []string{"same: ", "2016-02-23T12%253A46%253A24Z"}},
		"form":        {[]string{"--method", "POST", "--url", "https://ecs.example.test/?Action=A", "--body", form, "--compare", "POST&%2F&Action%3DA"}, "", exitBroken, []string{"mistake: form left out"}},
		"empty":       {[]string{"--compare", " "}, "", exitUsage, nil},
		"method":      {[]string{"--method", "BREW"}, "", exitUsage, nil},
		"no colon":    {[]string{"--url", ofVector, "--header", "x-acs-date"}, "", exitUsage, nil},
		"no url":      {[]string{"--header", "a: b"}, "", exitUsage, nil},
		"style":       {[]string{"--style", "v2"}, "", exitUsage, nil},
		"acs3":        {[]string{"--style", "acs3"}, "", exitKept, []string{"canonical request", "x-acs-content-sha256:", "ACS3-HMAC-SHA256"}},
	} {
		cmd := process(t.TempDir(), append([]string{"sign", "--config", config}, c.args...)...)
		cmd.Stdin = strings.NewReader(c.stdin)
		text, code := outputOf(cmd)
		if code != c.code || strings.Contains(text, "testsecret") {
			t.Errorf("%s: exit %d, want %d\n%s", name, code, c.code, text)
		}
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, text)
			}
		}
	}
}

// outputOf runs a command and returns both its outputs and its exit code.
func outputOf(cmd *exec.Cmd) (string, int) {
	text, _ := cmd.CombinedOutput()
	return string(text), cmd.ProcessState.ExitCode()
}

func TestDoctorExitsAsARunDoes(t *testing.T) {
	_, config := served(t, "ecs", nil)
	if code, out, errs := conform(t, t.TempDir(), "doctor", "--config", config); code != exitKept || !strings.Contains(out, "✓ key default") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	_, config = served(t, "ecs", func(target *schemas.Target) {
		key := target.Credentials["default"]
		key.AccessKeySecret = "of-somebody-else"
		target.Credentials["default"] = key
	})
	if code, out, errs := conform(t, t.TempDir(), "doctor", "--config", config); code != exitUntested || !strings.HasPrefix(out, "× request: ") || strings.Contains(out+errs, "somebody") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, _, errs := conform(t, t.TempDir(), "doctor", "--config", write(t, "url: [\n"))
	if code != exitUsage || !placed.MatchString(errs) {
		t.Errorf("exit %d\n%s", code, errs)
	}
}

func TestCheckExitsByFaults(t *testing.T) {
	right, wrong := write(t, vectorTarget), write(t, "url: http://a.test/\ncredentals: {}\nstile: rpc\n")
	code, out, errs := conform(t, t.TempDir(), "check", right, wrong)
	if lines := strings.Split(strings.TrimSpace(errs), "\n"); code != exitUsage || len(lines) != 2 || !placed.MatchString(lines[0]) || !placed.MatchString(lines[1]) {
		t.Errorf("exit %d\n%s", code, errs)
	}
	if !strings.Contains(out, filepath.Base(right)+": no faults (target)") {
		t.Error(out)
	}
	if code, _, errs := conform(t, t.TempDir(), "check", "--kind", "target", right); code != exitKept {
		t.Errorf("exit %d\n%s", code, errs)
	}
}
