package runner_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// newService stands for the service under test: it answers as ECS documents it, and knows one key.
func newService() *reference.Server {
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		panic(err)
	}
	return reference.New(profile)
}

var serviceKey = newService().Target("").Credentials[schemas.DefaultKey]

// passes runs a test as go test does, and reports whether it passed.
func passes(test func(*testing.T)) bool {
	verbose := flag.Lookup("test.v").Value
	before := verbose.String()
	defer func() { _ = verbose.Set(before) }()
	_ = verbose.Set("false")
	all := func(string, string) (bool, error) { return true, nil }
	return testing.RunTests(all, []testing.InternalTest{{Name: "TestConvention", F: test}})
}

// A service is tested over the network, as part of its own tests.
func ExampleTest() {
	TestConvention := func(t *testing.T) { // func TestConvention(t *testing.T) in a file of your own
		service := httptest.NewUnstartedServer(nil)
		defer service.Close()
		go newService().Serve(service.Listener)
		runner.Test(t, runner.Target{URL: "http://" + service.Listener.Addr().String(), Profile: "ecs", Key: serviceKey})
	}
	fmt.Println(passes(TestConvention))
	// Output: true
}

// The same without a network: the server is handed a listener in memory.
func ExampleTest_withoutANetwork() {
	TestConvention := func(t *testing.T) {
		runner.Test(t, runner.Target{Serve: newService().Serve, Profile: "ecs", Key: serviceKey})
	}
	fmt.Println(passes(TestConvention))
	// Output: true
}

// Any program can have the whole verdict.
func ExampleTarget_Conform() {
	target := runner.Target{Serve: newService().Serve, Profile: "ecs", Key: serviceKey}
	run, err := target.Conform(context.Background(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(run.Verdict, run.Counts.Broken)
	for _, clause := range run.Clauses {
		if clause.ID == "NONCE-1" {
			fmt.Println(clause.ID, clause.State, clause.Exchanges > 0)
		}
	}
	// Output:
	// conformant 0
	// NONCE-1 kept true
}

// A Select narrows a test down, here to what is asked of nonces.
func ExampleTarget_Plan() {
	target := runner.Target{Profile: "ecs", Key: serviceKey, Select: func(p *suites.Planned) bool { return p.Clause.ID == "NONCE-1" }}
	plan, err := target.Plan()
	if err != nil {
		fmt.Println(err)
		return
	}
	i := slices.IndexFunc(plan, func(p *suites.Planned) bool { return p.Case.Name.Text == "nonce-used-twice" })
	fmt.Println(plan[i].ID(), "sends", plan[i].Requests(), "requests:", plan[i].Description())
	// Output: nonce-used-twice [XML, GET] sends 2 requests: the sound request; then with the SignatureNonce of the first request
}

// A server that cannot be tested is no verdict.
func ExampleUntestable() {
	_, err := runner.Target{URL: "http://127.0.0.1:1/", Profile: "ecs"}.Conform(context.Background(), nil)
	var why *runner.Untestable
	fmt.Println(errors.As(err, &why), strings.Contains(why.Line, "connection refused"))
	// Output: true true
}
