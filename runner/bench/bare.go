package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/bench/usage"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// timing is what the bare client measured of itself, its requests made beforehand.
type timing struct{ wall, cpu time.Duration }

// bare sends what conform sends, with nothing judged and the requests made before the clock starts. A step waits for the one
// before it, as a call that is to be refused for an earlier one has to. With "one" it sends one request and ends.
func bare(inFlight, file string) error {
	if inFlight == "one" {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		_, rest, _ := strings.Cut(string(text), "url: ")
		line, _, _ := strings.Cut(rest, "\n")
		_, err = http.Get(strings.Trim(line, `"`))
		return err
	}
	n, err := strconv.Atoi(inFlight)
	if err != nil {
		return err
	}
	target, err := targetfile.Load(file, os.Getenv)
	if err != nil {
		return err
	}
	profile, err := fixtures.Profile(target.Profile)
	if err != nil {
		return err
	}
	cases := casesOf(profile, target)
	client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: n, DisableCompression: true}}
	before, started := usage.Used(), time.Now()
	begun, places := make(chan struct{}, n), make(chan struct{}, n)
	var all sync.WaitGroup
	for _, steps := range cases {
		begun <- struct{}{}
		all.Go(func() {
			inOrder(client, steps, places)
			<-begun
		})
	}
	all.Wait()
	return json.NewEncoder(os.Stdout).Encode([]int64{int64(time.Since(started)), int64(usage.Used() - before)})
}

// inOrder sends the steps of a case, the copies of each at the same time as far as there are places.
func inOrder(client *http.Client, steps [][]schemas.Request, places chan struct{}) {
	for _, copies := range steps {
		var all sync.WaitGroup
		for _, r := range copies {
			places <- struct{}{}
			all.Go(func() {
				send(client, r)
				<-places
			})
		}
		all.Wait()
	}
}

// casesOf makes the requests of every case, by steps.
func casesOf(profile *schemas.Profile, target *schemas.Target) [][][]schemas.Request {
	var cases [][][]schemas.Request
	for _, p := range suites.Plan(suites.Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: target}) {
		if p.Skip != "" {
			continue
		}
		seed := make([]byte, 16)
		_, _ = rand.Read(seed)
		m := suites.Moment{Now: time.Now(), Seed: hex.EncodeToString(seed)}
		var steps [][]schemas.Request
		for i, s := range p.Steps() {
			copies := make([]schemas.Request, max(1, s.Parallel, s.Sequential))
			for k := range copies {
				copies[k] = p.Craft(i, k, m).Request
			}
			steps = append(steps, copies)
		}
		cases = append(cases, steps)
	}
	return cases
}

// send sends one request and reads its answer away. What comes back does not matter here, nor what goes wrong.
func send(client *http.Client, r schemas.Request) {
	if len(r.Raw) > 0 {
		sendRaw(r)
		return
	}
	request, err := http.NewRequest(r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return
	}
	for _, f := range r.Header {
		request.Header.Set(f.Name, f.Value)
	}
	response, err := client.Do(request)
	if err != nil {
		return
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, response.Body)
}

func sendRaw(r schemas.Request) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = conn.Write(r.Raw)
	if tcp, ok := conn.(*net.TCPConn); ok && r.HalfClose {
		_ = tcp.CloseWrite()
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: r.Method}) // the server may leave the connection open
	if err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, response.Body)
}

func readTiming(out []byte) (timing, bool) {
	var two []int64
	if json.Unmarshal(out, &two) != nil || len(two) != 2 {
		return timing{}, false
	}
	return timing{time.Duration(two[0]), time.Duration(two[1])}, true
}
