package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/text"
)

func TestListsAsJSON(t *testing.T) {
	for what, least := range map[string]int{"clauses": 50, "cases": 100, "codes": 149, "profiles": 5, "mutants": 50, "oddities": 5, "tampering": 400} {
		code, out, errs := conform(t, t.TempDir(), "list", what, "--json")
		var list []map[string]any
		if err := json.Unmarshal([]byte(out), &list); err != nil || code != exitKept {
			t.Fatalf("%s: exit %d, %v\n%s%s", what, code, err, out, errs)
		}
		if len(list) < least || (what == "codes" || what == "profiles") && len(list) != least {
			t.Errorf("%s: %d, want %d", what, len(list), least)
		}
	}
}

func TestListOfOneProfile(t *testing.T) {
	_, out, _ := conform(t, t.TempDir(), "list", "codes", "--profile", "ess")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 1+14 || !strings.HasPrefix(lines[0], "PROFILE  CODE") {
		t.Errorf("got %d lines:\n%s", len(lines), out)
	}
}

func TestTheCoveringTable(t *testing.T) {
	_, out, _ := conform(t, t.TempDir(), "list", "tampering", "--style", "roa")
	for _, want := range []string{"tampered-x-acs-version-changed", "tampered-date-emptied", "tampered-json-body-changed", "method", "signed-for-the-other-method"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	if strings.Contains(out, "  rpc  ") {
		t.Error("it lists another style")
	}
}

func TestEveryWordIsExplained(t *testing.T) {
	for word, wants := range map[string][]string{
		"NONCE-1":                       {"MUST", "SignatureNonce used again", "nonce-used-twice", "A failure looks like this", "want  "},
		"nonce-used-twice [XML, GET]":   {"SignatureNonce of the first request", "ecs: 400 SignatureNonceUsed"},
		"action-missing":                {"without Action", "PARAM-1"},
		"ERROR-6":                       {"every answer is looked at", "A failure looks like this"},
		"signaturenonceused":            {"row of ECS", "row of API gateway", "nonce-used-twice"},
		"InvalidAccessKeyId.NotFound":   {"400", "404"},
		"MissingSignatureNonce":         {"Missing{ParameterName}"},
		"ServiceUnavailableTemporary":   {"SerivceUnavailableTemporary"},
		"row-forbidden-keynotfound-404": {"recipe"},
		"tampered-action-changed":       {"each input of the signature", "SIGN-2"},
	} {
		code, out, errs := conform(t, t.TempDir(), "explain", word)
		if code != exitKept {
			t.Errorf("%s: exit %d %s", word, code, errs)
		}
		for _, want := range wants {
			if !strings.Contains(strings.Join(strings.Fields(out), " "), strings.TrimSpace(want)) { // which may go over two lines
				t.Errorf("%s: no %q in\n%s", word, want, out)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"NONCE-1", "NONCE-2", "nonce-used-twice", "Throttling", "Throttling.User"}
	for word, want := range map[string][]string{
		"nonce1":          {"NONCE-1", "NONCE-2"},
		"nonce-used-twic": {"nonce-used-twice"},
		"throtling":       {"Throttling"},
		"quite different": nil,
	} {
		if got := text.Nearest(word, words); !slices.Equal(got, want) {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}
