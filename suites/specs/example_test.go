package specs_test

import (
	"fmt"
	"io"
	"net"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/specs"
)

// A suite of one's own starts its server when it runs; its tree is built before that.
func ExampleDeclare() {
	service := newService()
	var url string
	suite := func() { // at the top of a file: var _ = BeforeSuite(…), var _ = Describe(…)
		BeforeSuite(func() {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				Fail(err.Error())
			}
			url = "http://" + listener.Addr().String()
			go service.Serve(listener)
			DeferCleanup(listener.Close)
		})
		Describe("our service", func() {
			specs.Declare(runner.Target{Profile: "ecs", Key: serviceKey, Late: func(t *runner.Target) { t.URL = url }})
		})
	}
	fmt.Println(passes(suite))
	// Output: true
}

// newService stands for the service under test: it answers as ECS documents it, and knows one key.
func newService() *reference.Server {
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		panic(err)
	}
	return reference.New(profile)
}

var serviceKey = newService().Target("").Credentials[schemas.DefaultKey]

// passes runs a suite as go test does, quietly, and reports whether it passed.
func passes(suite func()) bool {
	globals.Reset()
	formatter.ColorableStdOut = io.Discard
	suite()
	config, reporter := GinkgoConfiguration()
	reporter.Succinct, reporter.NoColor = true, true
	return RunSpecs(nobody{}, "example", config, reporter)
}

type nobody struct{}

func (nobody) Fail() {}

var _ specs.Target = runner.Target{}
