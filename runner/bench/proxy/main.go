// Command proxy measures what conform proxy adds to the time of an answer, and what it takes from the throughput: one
// client sends the same requests to the reference server and to a proxy before it, in turn, and prints both side by side.
// Server, proxy and client are processes of their own on the same machine.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"syscall"

	"github.com/acsconform/acsconform/runner/bench/usage"
)

func main() {
	if err := measure(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure() error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	conform, err := usage.Build(dir)
	if err != nil {
		return err
	}
	server, err := start(conform, "serve", "--profile", "ecs", "--listen", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer server.end()
	proxy, err := start(conform, "proxy", "--profile", "ecs", "--upstream", server.url)
	if err != nil {
		return err
	}
	defer proxy.end()
	fmt.Printf("One request after another, direct and through the proxy in turn (%d of each), then %d connections at once; %d processors.\n\n",
		latencies, connections, runtime.NumCPU())
	if err := table(server.url, proxy.url); err != nil {
		return err
	}
	fmt.Printf("\nWhat the proxy saw:\n%s", proxy.end())
	return nil
}

// process is a conform that listens.
type process struct {
	cmd *exec.Cmd
	out *bufio.Reader
	url string
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func start(conform string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(conform, args...)}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	line, err := p.out.ReadString('\n')
	if p.url = address.FindString(line); p.url == "" {
		p.end()
		return nil, fmt.Errorf("%v says %q: %w", args, line, err)
	}
	return p, nil
}

// end ends the process, and returns what it printed since.
func (p *process) end() string {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	text, _ := io.ReadAll(p.out)
	_ = p.cmd.Wait()
	return string(text)
}
