package runner

import (
	"net"
	"net/http"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Target is a server that is tested from Go: by [Test] in a Go test, by [Target.Conform] anywhere, and as Ginkgo specs
// by package suites/specs. Profile has to be set, and one of URL, Handler and Serve. The zero value of everything else
// makes sense. A Target is a value: it may be copied and used many times, also at the same time.
//
// What the environment holds is not looked at, but for the ${NAME}s that the file named in Config asks for.
type Target struct {
	URL     string                   // where the server is: "http://127.0.0.1:8080/"
	Handler http.Handler             // in place of a server: tested in this process, without a network
	Serve   func(net.Listener) error // in place of Handler, where a server of one's own is to be tested without a network: (*http.Server).Serve

	Profile string               // by whose document: one of fixtures.Names, or the path of a profile file
	Style   schemas.Style        // rpc, roa or acs3; the profile's first when empty
	Request schemas.SoundRequest // a harmless call that succeeds; the profile's own when empty
	Key     schemas.Credential   // a key that the server knows; without one, what needs none is tested

	Config string          // path of a target file, for all else; what is set above wins over it
	File   *schemas.Target // in place of Config, its content as a value

	// Late, when set, is called with a copy before the server is met, to fill in what is not known earlier, like the URL of
	// a server that a suite starts first. It must not change what is planned: profile, style and recipes.
	Late func(*Target)
	// Select, when set, says which of the planned cases are sent.
	Select func(*suites.Planned) bool

	Known   string  // path of a list of known failures, as conform run --known takes it
	Strict  bool    // what is warned of fails too
	Options Options // how the run is done
}

// Fails reports whether a case with that outcome fails its test.
func (t Target) Fails(o schemas.Outcome) bool {
	return o == schemas.Broken || o == schemas.Warned && t.Strict
}

// Plan returns the cases that a test of the target has, in the order of the book. Nothing is sent for it, and the server
// need not run yet. The error says what is wrong with the Target.
func (t Target) Plan() ([]*suites.Planned, error) {
	b, _, err := t.brief()
	if err != nil {
		return nil, err
	}
	return t.chosen(suites.Plan(b)), nil
}

// chosen leaves out what Select does not want.
func (t Target) chosen(plan []*suites.Planned) []*suites.Planned {
	if t.Select == nil {
		return plan
	}
	var wanted []*suites.Planned
	for _, p := range plan {
		if t.Select(p) {
			wanted = append(wanted, p)
		}
	}
	return wanted
}
