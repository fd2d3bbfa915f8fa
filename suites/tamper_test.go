package suites_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/sign"
)

// messageOf reads a request as the signers take it.
func messageOf(t *testing.T, style schemas.Style, r schemas.Request) sign.Message {
	t.Helper()
	path, query, _ := strings.Cut(strings.TrimPrefix(r.URL, "http://127.0.0.1:1"), "?")
	pairs := query
	if style == schemas.RPC && len(r.Body) > 0 {
		pairs += "&" + string(r.Body)
	}
	m := sign.Message{Method: r.Method, Path: path, Header: r.Header, Body: r.Body, SignedHeaders: sign.ACS3Headers(r.Header)}
	for pair := range strings.SplitSeq(pairs, "&") {
		if name, value, _ := strings.Cut(pair, "="); name != "" {
			m.Params = append(m.Params, sign.Param{Name: name, Value: value})
		}
	}
	return m
}

// Every input of the sound request's signature is altered by the plan, in every style and method, or said to be left out.
func TestEverySignedInputIsAltered(t *testing.T) {
	moment := suites.Moment{Now: time.Unix(1<<30, 0), Seed: strings.Repeat("0", 32)}
	none := suites.Unaltered()
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			target := reference.New(p).TargetIn("http://127.0.0.1:1/", style)
			type cell struct {
				method string
				input  sign.Input
			}
			altered := map[cell]int{}
			plan := suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target})
			for _, planned := range plan {
				if planned.Case.IsTampering() {
					altered[cell{planned.Method, planned.Case.Alters}]++
				}
			}
			inputs := 0
			for _, planned := range plan {
				if planned.Case.Name.Text != "sound-request" && planned.Case.Name.Text != "token-sound" {
					continue
				}
				x := planned.Craft(0, 0, moment)
				for _, input := range sign.Inputs(style, messageOf(t, style, x.Request)) {
					if inputs++; none[input.String()] == "" && altered[cell{planned.Method, input}] == 0 && (input.Kind != sign.Body || len(x.Request.Body) > 0) {
						t.Errorf("%s, %s: %s is signed by %s, and nothing alters it", p.Name, style, input, planned.Method)
					}
				}
			}
			if inputs == 0 {
				t.Errorf("%s, %s: no input was looked at", p.Name, style)
			}
		}
	}
}

// An alteration alters what it says, and nothing else that is signed.
func TestAnAlterationAltersItsInput(t *testing.T) {
	moment := suites.Moment{Now: time.Unix(1<<30, 0), Seed: strings.Repeat("0", 32)}
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	for _, style := range p.Styles {
		target := reference.New(p).TargetIn("http://127.0.0.1:1/", style)
		for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}) {
			if !planned.Case.IsTampering() {
				continue
			}
			for i, step := range planned.Steps() {
				after := planned.Craft(i, 0, moment)
				untouched := *planned
				of := *planned.Case
				of.Steps = slices.Clone(of.Steps)
				of.Steps[i].AfterSigning = nil
				untouched.Case = &of
				before := untouched.Craft(i, 0, moment)
				if before.Request.URL == after.Request.URL && slices.Equal(before.Request.Header, after.Request.Header) && string(before.Request.Body) == string(after.Request.Body) {
					t.Errorf("%s, %s: %s leaves the request as it is", style, planned.ID(), step.AfterSigning[0].Description)
				}
				if !after.Intent.AnyRefusal || after.Intent.Parameter != "" {
					t.Errorf("%s, %s: asked %+v", style, planned.ID(), after.Intent)
				}
			}
		}
	}
}
