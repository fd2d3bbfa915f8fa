package main

import (
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The three commands of the page are run as they are there, but for the port.
func TestTheMockOfThePage(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	example, err := filepath.Abs(lending)
	if err != nil {
		t.Fatal(err)
	}
	block := shownBlock(t, "runner/reference/README.md", ".build/conform serve --from-metadata fixtures/examples/lending.metadata.json --authority-out ca.pem")
	if n := strings.Count(block, "\n"); n != 3 {
		t.Fatalf("the page has %d commands:\n%s", n, block)
	}
	commands := strings.NewReplacer(
		".build/conform serve ", binary+" serve --listen "+address+" ", "fixtures/examples/lending.metadata.json", example, "127.0.0.1:8080", address, "--retry-delay 1 ", "",
	).Replace(block)
	script := process(t.TempDir())
	script.Path, script.Args = "/bin/bash", []string{"bash", "-euc", commands + "kill %1; wait || true; cat mock.log"}
	out, err := script.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", commands, err, out)
	}
	for _, want := range []string{"ok\n", `"calls":null`, "ALIBABA_CLOUD_ACCESS_KEY_ID=reference-default ", "endpoint " + address + ", by HTTP and HTTPS  ·  page http://" + address + "/_conform/"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the commands lack %q:\n%s", want, out)
		}
	}
}
