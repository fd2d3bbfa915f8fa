package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/bench/usage"
	"github.com/acsconform/acsconform/runner/newprofile"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
)

// process is a mock under measurement.
type process struct {
	cmd         *exec.Cmd
	address     string
	key, secret string
}

var (
	keyForm = regexp.MustCompile(`^ALIBABA_CLOUD_ACCESS_KEY_ID=(\S+) ALIBABA_CLOUD_ACCESS_KEY_SECRET=(\S+)`)
)

// start starts a mock, and returns how long it took to its first answer.
func start(conform string, args []string) (*process, time.Duration, error) {
	address, err := free()
	if err != nil {
		return nil, 0, err
	}
	p := &process{cmd: exec.Command(conform, append([]string{"serve", "--listen", address}, args...)...), address: address}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	p.cmd.Stderr = os.Stderr
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, 0, err
	}
	if err := answered(address); err != nil {
		p.end()
		return nil, 0, err
	}
	took := time.Since(began)
	in := bufio.NewScanner(out)
	for p.key == "" && in.Scan() {
		if m := keyForm.FindStringSubmatch(in.Text()); m != nil {
			p.key, p.secret = m[1], m[2]
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p, took, nil
}

// free returns an address that nobody listens on.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// answered asks until there is an answer.
func answered(address string) error {
	var err error
	for range 10_000 {
		var answer *http.Response
		if answer, err = http.Get("http://" + address + mock.HealthPath); err == nil {
			return answer.Body.Close()
		}
		time.Sleep(500 * time.Microsecond)
	}
	return err
}

func (p *process) end() *os.ProcessState {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
	return p.cmd.ProcessState
}

func cpu(p *os.ProcessState) time.Duration { return p.UserTime() + p.SystemTime() }

// peak returns the most memory that was used, in KiB.
func peak(p *os.ProcessState) int64 {
	most, _ := usage.Peak(p)
	return most
}

// requestOf returns the harmless call of a product.
func requestOf(flag, file string) (schemas.ProfileRequest, error) {
	if flag == "--profile" {
		p, err := fixtures.LoadProfile(file)
		if err != nil {
			return schemas.ProfileRequest{}, err
		}
		return p.Request, nil
	}
	product, err := newprofile.ReadMetadata(file, nil)
	if err != nil {
		return schemas.ProfileRequest{}, err
	}
	if product.Request == nil || product.Style != schemas.RPC {
		return schemas.ProfileRequest{}, fmt.Errorf("%s has no call of style rpc that changes nothing", file)
	}
	return *product.Request, nil
}
