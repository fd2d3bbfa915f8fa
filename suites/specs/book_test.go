package specs_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/specs"
)

// theBook is the test that shows the book as specs against a server of the caller's own, as the package comment describes.
const theBook = "TestTheBook"

// TestMain leaves to Ginkgo's command the book alone: it runs all specs of a package as one suite, in several processes,
// and the other tests here run suites of their own.
func TestMain(m *testing.M) {
	flag.Parse()
	if run := flag.Lookup("test.run"); byGinkgo() && run.Value.String() == "" {
		_ = run.Value.Set("^" + theBook + "$") // a pattern that any matcher takes
	}
	os.Exit(m.Run())
}

// byGinkgo reports whether Ginkgo's command runs the tests, which hands its own flags down.
func byGinkgo() (is bool) {
	flag.Visit(func(f *flag.Flag) { is = is || strings.HasPrefix(f.Name, "ginkgo.") })
	return is
}

func TestTheBook(t *testing.T) {
	if !byGinkgo() { // TARGET may be set for other programs
		t.Skip("Ginkgo's command runs it: TARGET=url PROFILE=ecs go tool ginkgo -p ./suites/specs")
	}
	target, err := fromEnvironment()
	globals.Reset()
	if errors.Is(err, errNoTarget) {
		It("tests TARGET", func() { Skip(err.Error()) })
		RunSpecs(t, "the book, skipped: "+err.Error()) // in the heading, since a label filter hides the spec
		return
	}
	if err == nil {
		_, err = target.Plan()
	}
	if err != nil {
		t.Fatal(err)
	}
	Describe("TARGET", Serial, func() { specs.Declare(target) })
	RunSpecs(t, "the book")
}

var errNoTarget = errors.New("there is no server to test: set TARGET to its URL and PROFILE to its profile, or CONFIG to a target file")

// fromEnvironment returns the server that TARGET, PROFILE and CONFIG name.
func fromEnvironment() (runner.Target, error) {
	target := runner.Target{URL: os.Getenv("TARGET"), Profile: os.Getenv("PROFILE"), Config: fromTop(os.Getenv("CONFIG"))}
	if target.URL == "" && target.Config == "" {
		return target, errNoTarget
	}
	file := &schemas.Target{}
	if target.Config != "" {
		var err error
		if file, err = targetfile.Load(target.Config, os.Getenv); err != nil {
			return target, err
		}
	}
	if target.URL == "" && file.URL == "" {
		return target, fmt.Errorf("%s names no url (add url: to it, or set TARGET)", target.Config)
	}
	if target.Profile == "" && file.Profile == "" {
		return target, errors.New("nothing names the profile (set PROFILE, as conform list profiles shows them)")
	}
	if fixtures.IsPath(target.Profile) {
		target.Profile = fromTop(target.Profile)
	}
	targetfile.Complete(file, os.Getenv)
	target.Key = file.Credentials[schemas.DefaultKey]
	return target, nil
}

// fromTop returns a path as told from the top of the module, where the command is called: a test runs in its own folder.
func fromTop(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join("..", "..", path)
}
