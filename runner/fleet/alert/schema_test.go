package alert

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	oracle "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

// published is the schema of the body beside this package.
func published(t *testing.T) *oracle.Schema {
	t.Helper()
	text, err := os.ReadFile("alert.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := oracle.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := oracle.NewCompiler()
	if err := c.AddResource("alert.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("alert.schema.json")
}

// every is an alert of each event, as long as they get.
func every() []Message {
	change := view.Change{Target: "one", Labels: map[string]string{"region": "east"}, Before: "green", After: "red", Clauses: []string{"NONCE-1"}, Why: "why"}
	for range 2 * maxCases {
		change.Cases = append(change.Cases, view.BrokenCase{Clause: "NONCE-1", Name: "nonce-used-twice", Got: "200", Want: "400"})
	}
	var many []view.Change
	for range 2 * maxTargets {
		many = append(many, change)
	}
	r := &round.Round{ID: 2, Fleet: "f", Ended: time.Unix(1_700_000_000, 0).UTC()}
	all := messages(r, &view.Changes{Base: 1, New: 2, Regressed: many, Fixed: many[:1], Untestable: many[:1]})
	return append(all, missedMessage("f", 1, 3, r.Ended, r.Ended))
}

// Every body fits the schema that is published, and what is not one does not.
func TestBodiesFitTheirSchema(t *testing.T) {
	schema := published(t)
	fits := func(body string) error {
		v, err := oracle.UnmarshalJSON(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	events := map[string]bool{}
	for _, m := range every() {
		events[m.Event] = true
		if err := fits(string(m.text())); err != nil {
			t.Errorf("%s: %v", m.Event, err)
		}
		for from, to := range map[string]string{`"` + m.Event + `"`: `"other"`, `"count":`: `"counted":`, `"fleet":"f"`: `"fleet":1`} {
			body := strings.Replace(string(m.text()), from, to, 1)
			if err := fits(body); body == string(m.text()) || err == nil {
				t.Errorf("%s: with %s in the place of %s it fits", m.Event, to, from)
			}
		}
	}
	if len(events) != 4 {
		t.Errorf("the events are %v", events)
	}
}
