package service

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/specs"
	. "github.com/onsi/ginkgo/v2"
)

func TestService(t *testing.T) { RunSpecs(t, "our service") }

func service(name string) *reference.Server {
	profile, err := fixtures.Profile(name)
	if err != nil {
		panic(err)
	}
	var options []reference.Option
	for _, v := range mutants.All() {
		if v.Name == os.Getenv("MUTANT") {
			options = append(options, reference.With(v))
		}
	}
	return reference.New(profile, options...)
}

// The server is there only once the suite runs, long after its tree was built.
var url string

var _ = BeforeSuite(func() {
	ecs := service("ecs")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f, err := os.OpenFile(os.Getenv("MET"), os.O_APPEND|os.O_WRONLY, 0); err == nil {
			fmt.Fprintln(f, r.UserAgent())
			f.Close()
		}
		ecs.ServeHTTP(w, r)
	}))
	url = srv.URL
	if os.Getenv("DEAD") != "" {
		url = "http://127.0.0.1:1/"
	}
	DeferCleanup(srv.Close)
})

// What net/http refuses by itself, in plain text, no handler can answer.
var known = os.Getenv("KNOWN")

// small leaves out the cases of many equal requests, and all methods but one.
func small(p *suites.Planned) bool { return p.Requests() <= 8 && p.Method == "GET" }

var _ = Describe("over the network", Label("network"), func() {
	specs.Declare(runner.Target{Profile: "ecs", Key: service("ecs").Target("").Credentials[schemas.DefaultKey], Known: known, Options: runner.Options{Timeout: time.Minute}, Select: small,
		Late: func(t *runner.Target) { t.URL = url }})
})

var _ = Describe("in this process", func() {
	kms := service("kms")
	specs.Declare(runner.Target{Serve: kms.Serve, File: kms.Target(""), Select: small})
})

var _ = It("has specs of its own", func() {})
