package gateways

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Running is a gateway that listens.
type Running struct {
	URL     string
	dir     string
	command *exec.Cmd
	output  *bytes.Buffer
	ended   chan struct{}
}

// How long a gateway may take to listen, and to end when it is asked to.
const (
	readyWithin = time.Minute
	endWithin   = 30 * time.Second
)

// Run starts the gateway in one of its configurations before a server of the profile that listens at the port upstream
// of 127.0.0.1.
func (g Gateway) Run(configuration string, profile *schemas.Profile, upstream string) (*Running, error) {
	path, err := g.Path()
	if err != nil {
		return nil, err
	}
	p := place{upstream: upstream, profile: profile}
	if p.port, err = freePort(); err != nil {
		return nil, err
	}
	if p.dir, err = os.MkdirTemp("", "acsconform-"+g.Name+"-"); err != nil {
		return nil, err
	}
	r := &Running{URL: "http://localhost:" + strconv.Itoa(p.port), dir: p.dir, output: &bytes.Buffer{}, ended: make(chan struct{})}
	if err := r.start(g, configuration, path, p); err != nil {
		_ = r.Close()
		return nil, fmt.Errorf("%s, %s: %w", g.Title, configuration, err)
	}
	return r, nil
}

func (r *Running) start(g Gateway, configuration, path string, p place) error {
	if err := os.Chmod(p.dir, 0o755); err != nil { // some change their user
		return err
	}
	args, err := g.configure(configuration, p)
	if err != nil {
		return err
	}
	command := exec.Command(path, args...)
	command.Dir, command.Stdout, command.Stderr = p.dir, r.output, r.output
	command.Env = append(os.Environ(), "HOME="+p.dir, "XDG_CONFIG_HOME="+p.dir, "XDG_DATA_HOME="+p.dir)
	if err := command.Start(); err != nil {
		return err
	}
	r.command = command
	go func() {
		_ = command.Wait()
		close(r.ended)
	}()
	return r.ready(p)
}

// ready waits until the gateway listens.
func (r *Running) ready(p place) error {
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port))
	for began := time.Now(); time.Since(began) < readyWithin; {
		if conn, err := net.Dial("tcp", address); err == nil {
			return conn.Close()
		}
		select {
		case <-r.ended:
			return fmt.Errorf("it ended before it listened: %s", r.said())
		case <-time.After(10 * time.Millisecond):
		}
	}
	return fmt.Errorf("it does not listen on %s", address)
}

// said returns what an ended gateway had to say.
func (r *Running) said() string {
	text := bytes.TrimSpace(r.output.Bytes())
	if log, err := os.ReadFile(filepath.Join(r.dir, "log")); err == nil && len(text) == 0 {
		text = bytes.TrimSpace(log)
	}
	const most = 600
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return string(text)
}

// Close ends the gateway and deletes its folder.
func (r *Running) Close() error {
	if r.command != nil {
		_ = r.command.Process.Signal(syscall.SIGTERM)
		select {
		case <-r.ended:
		case <-time.After(endWithin):
			_ = r.command.Process.Kill()
			<-r.ended
		}
	}
	return os.RemoveAll(r.dir)
}

// freePort finds a port that nothing listens at.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
