package product_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// node is a process that calls by the SDKs for Node.
type node struct {
	mu  sync.Mutex
	in  io.Writer
	out *bufio.Scanner
}

// startedNode is the process of all tests; nil where the SDKs for Node cannot be had.
var startedNode = sync.OnceValues(func() (*node, error) {
	program, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	dir := filepath.Join("..", "node")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@alicloud")); err != nil {
		return nil, err
	}
	trusted, err := authorityFile()
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(trusted) }()
	cmd := exec.Command(program, "typed.js")
	cmd.Dir, cmd.Stderr, cmd.Env = dir, os.Stderr, append(os.Environ(), "NODE_EXTRA_CA_CERTS="+trusted)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	n := &node{in: in, out: bufio.NewScanner(out)} // it ends with the tests, when its input does
	n.out.Buffer(nil, 4<<20)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if !n.out.Scan() { // it says that it is ready, and has read the certificate
		return nil, cmp.Or(n.out.Err(), io.ErrUnexpectedEOF)
	}
	return n, nil
})

// startNode returns the process, and nil where the SDKs for Node cannot be had. In continuous integration that is a failure.
func startNode(t *testing.T) *node {
	t.Helper()
	n, err := startedNode()
	switch {
	case err == nil:
		return n
	case os.Getenv("CI") == "true":
		t.Fatal(err)
	}
	t.Logf("without Node: %v; install node 20 and run npm ci in runner/interop/node", err)
	return nil
}

// authorityFile writes the certificate of the authority into a file.
func authorityFile() (string, error) {
	authority, err := theAuthority()
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp("", "acsconform-*.pem")
	if err != nil {
		return "", err
	}
	_, err = f.Write(authority.PEM())
	return f.Name(), errors.Join(err, f.Close())
}

// by calls through one of the SDKs.
func (n *node) by(sdk string) caller {
	return func(s *served, c call) seen {
		n.mu.Lock()
		defer n.mu.Unlock()
		err := json.NewEncoder(n.in).Encode(map[string]any{
			"sdk": sdk, "operation": c.operation, "method": c.method, "params": c.params, "retry": c.retry, "host": s.host, "version": s.profile.Operations.Version,
			"key": map[string]string{"id": s.key.AccessKeyID, "secret": s.key.AccessKeySecret},
		})
		if err != nil {
			return seen{Fault: err.Error()}
		}
		if !n.out.Scan() {
			return seen{Fault: "node ended"}
		}
		var got seen
		if err := json.Unmarshal(n.out.Bytes(), &got); err != nil {
			return seen{Fault: err.Error()}
		}
		return got
	}
}
