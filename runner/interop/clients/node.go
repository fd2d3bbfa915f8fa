package clients

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// Node is a process that calls servers through the official SDKs for Node. It is safe for concurrent use.
type Node struct {
	mu  sync.Mutex
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// ErrNoNode means that the SDKs for Node cannot be had.
var ErrNoNode = errors.New("the SDKs for Node are not here; install node 20 and run npm ci in runner/interop/node")

// StartNode starts the process; dir holds call.js.
func StartNode(dir string) (*Node, error) {
	program, err := exec.LookPath("node")
	if err != nil {
		return nil, ErrNoNode
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@alicloud")); err != nil {
		return nil, ErrNoNode
	}
	n := &Node{cmd: exec.Command(program, "call.js")}
	n.cmd.Dir, n.cmd.Stderr = dir, os.Stderr
	if n.in, err = n.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	n.out = bufio.NewScanner(out)
	return n, n.cmd.Start()
}

// Close ends the process.
func (n *Node) Close() error {
	if err := n.in.Close(); err != nil {
		return err
	}
	return n.cmd.Wait()
}

// Clients lists what the process can call, by the names that call.js has for them.
func (n *Node) Clients() []Client {
	list := []Client{
		{Name: "@alicloud/pop-core RPCClient", Style: schemas.RPC, Posts: true, AsksXML: true, Renames: true},
		{Name: "@alicloud/pop-core ROAClient", Style: schemas.ROA, Renames: true},
		{Name: "@alicloud/openapi-client doRPCRequest", Style: schemas.RPC, Posts: true, AsksXML: true, Renames: true},
		{Name: "@alicloud/openapi-client callApi", Style: schemas.ACS3, Posts: true, AsksXML: true, Renames: true},
		{Name: "@alicloud/openapi-client doROARequest", Style: schemas.ROA, Renames: true},
		{Name: "@alicloud/openapi-core callApi", Style: schemas.ACS3, Posts: true, AsksXML: true, Renames: true},
		{Name: "@alicloud/ecs20140526", Style: schemas.ACS3, Profiles: []string{"ecs"}},
		{Name: "@alicloud/kms20160120", Style: schemas.RPC, Profiles: []string{"kms"}},
	}
	for i := range list {
		name := list[i].Name
		list[i].Call = func(c Call) schemas.Reading { return n.call(name, c) }
	}
	return list
}

// order is one line to call.js.
type order struct {
	Client string    `json:"client"`
	Call   orderCall `json:"call"`
}

type orderCall struct {
	Host    string            `json:"host"`
	Action  string            `json:"action"`
	Version string            `json:"version"`
	Path    string            `json:"path"`
	Params  map[string]string `json:"params"`
	Key     map[string]string `json:"key"`
	Post    bool              `json:"post"`
	XML     bool              `json:"xml"`
	Retry   bool              `json:"retry"`
}

func (n *Node) call(client string, c Call) schemas.Reading {
	n.mu.Lock()
	defer n.mu.Unlock()
	err := json.NewEncoder(n.in).Encode(order{client, orderCall{
		Host: c.Host, Action: c.Action, Version: c.Version, Path: c.Path, Params: c.Params, Post: c.Post, XML: c.XML, Retry: c.Retry,
		Key: map[string]string{"access_key_id": c.Key.AccessKeyID, "access_key_secret": c.Key.AccessKeySecret, "security_token": c.Key.SecurityToken},
	}})
	if err != nil {
		return stumbled(fmt.Errorf("node: %w", err))
	}
	if !n.out.Scan() {
		return stumbled(fmt.Errorf("node ended: %w", errors.Join(n.out.Err(), io.EOF)))
	}
	var r schemas.Reading
	if err := json.Unmarshal(n.out.Bytes(), &r); err != nil {
		return stumbled(fmt.Errorf("node: %w", err))
	}
	return r
}
