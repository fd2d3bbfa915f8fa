package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

const (
	warmUp      = 500
	latencies   = 20_000
	connections = 16
	rounds      = 5
	perRound    = 20_000
)

// requests are a few calls, which are refused in both formats: what they are does not matter to what is measured.
var requests = []string{
	"/?Action=DescribeRegions&Format=JSON&Version=2014-05-26", "/?Action=DescribeRegions&Version=2014-05-26", "/?Format=JSON", "/",
}

// path is one way to the server.
type path struct {
	name   string
	url    string
	client *http.Client
	took   []time.Duration
	rates  []float64 // requests a second, of each round
}

func newPath(name, url string) *path {
	return &path{name: name, url: url, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}}
}

func (p *path) get(i int) error {
	answer, err := p.client.Get(p.url + requests[i%len(requests)])
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return err
}

// table measures both paths in turn, request by request and then round by round.
func table(server, proxy string) error {
	direct, through := newPath("direct", server), newPath("through the proxy", proxy)
	both := []*path{direct, through}
	for i := range warmUp + latencies {
		for k := range both {
			p := both[(i+k)%2] // each is first as often
			began := time.Now()
			if err := p.get(i); err != nil {
				return err
			}
			if i >= warmUp {
				p.took = append(p.took, time.Since(began))
			}
		}
	}
	for range rounds {
		for _, p := range both {
			rate, err := p.crowd()
			if err != nil {
				return err
			}
			p.rates = append(p.rates, rate)
		}
	}
	fmt.Printf("| | median | 95th percentile | 99th | requests a second |\n|---|---:|---:|---:|---:|\n")
	for _, p := range both {
		slices.Sort(p.took)
		slices.Sort(p.rates)
		fmt.Printf("| %s | %s | %s | %s | %.0f |\n", p.name, ms(at(p.took, 0.5)), ms(at(p.took, 0.95)), ms(at(p.took, 0.99)), at(p.rates, 0.5))
	}
	difference := func(share float64) string { return ms(at(through.took, share) - at(direct.took, share)) }
	fmt.Printf("| difference | %s | %s | %s | × %.2f |\n", difference(0.5), difference(0.95), difference(0.99), at(through.rates, 0.5)/at(direct.rates, 0.5))
	return nil
}

// crowd sends a round of requests over many connections at once, and returns how many a second.
func (p *path) crowd() (float64, error) {
	var workers sync.WaitGroup
	failed := make(chan error, connections)
	began := time.Now()
	for range connections {
		workers.Go(func() {
			for i := range perRound / connections {
				if err := p.get(i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	workers.Wait()
	close(failed)
	return perRound / time.Since(began).Seconds(), <-failed
}

// at returns the value below which that share of a sorted list is.
func at[T any](sorted []T, share float64) T { return sorted[int(share*float64(len(sorted)-1))] }

func ms(d time.Duration) string { return fmt.Sprintf("%.3f ms", float64(d)/1e6) }
