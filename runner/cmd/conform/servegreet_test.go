package main

import (
	"strings"
	"testing"
)

// The name of a product is of a file of somebody else's, and the lines are pasted into a shell.
func TestTheLinesForAShellHoldNoCommandOfAFile(t *testing.T) {
	text := settings("127.0.0.1:1", "it's.pem", []string{"kms", "ecs", "kms", "a; reboot", "x$(id)", "\x1b[2J"})
	if !strings.Contains(text, " ECS_ENDPOINT=127.0.0.1:1 KMS_ENDPOINT=127.0.0.1:1 SSL_CERT_FILE='") || !strings.Contains(text, `/it'\''s.pem'  # Terraform`) {
		t.Error(text)
	}
	if strings.ContainsAny(text, ";$(\x1b") {
		t.Errorf("%q", text)
	}
	if text := settings("127.0.0.1:1", "", nil); !strings.Contains(text, "# aliyun, with --insecure") || strings.Contains(text, "SSL_CERT_FILE") {
		t.Error(text)
	}
}
