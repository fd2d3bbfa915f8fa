package gateways

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Way is a profile and a style in which the suite runs through a gateway.
type Way struct {
	Profile string
	Style   schemas.Style
}

// String returns "gateway/rpc".
func (w Way) String() string { return w.Profile + "/" + string(w.Style) }

// Ways lists the ways that are tried.
func Ways() []Way {
	return []Way{
		{"gateway", schemas.RPC}, {"gateway", schemas.ROA}, {"gateway", schemas.ACS3},
		{"ecs", schemas.RPC}, {"ecs", schemas.ACS3},
	}
}

// A Trial is one run of the suite through a gateway, and a second one with nothing behind it.
type Trial struct {
	Way    Way
	Closed string       // why the suite could not be run: the sound request does not get through
	Tested known.Tested // the run, where it could
	Gone   schemas.Run  // the cases that want ServiceUnavailable, sent when the server was gone
}

// Try runs the whole suite through a gateway in one of its configurations.
func (g Gateway) Try(ctx context.Context, configuration string, w Way) (Trial, error) {
	t := Trial{Way: w}
	profile, err := fixtures.Profile(w.Profile)
	if err != nil {
		return t, err
	}
	server := reference.New(profile)
	behind, err := server.Start("127.0.0.1:0")
	if err != nil {
		return t, err
	}
	defer behind.Close()
	u, err := url.Parse(behind.URL())
	if err != nil {
		return t, err
	}
	front, err := g.Run(configuration, profile, u.Port())
	if err != nil {
		return t, err
	}
	defer front.Close()
	brief := suites.Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: server.TargetIn(front.URL, w.Style)}
	session, err := runner.Open(ctx, brief, runner.Options{VerdictOnly: true})
	if untestable := (*runner.Untestable)(nil); errors.As(err, &untestable) {
		t.Closed = untestable.Line
		return t, nil
	} else if err != nil {
		return t, fmt.Errorf("%s, %s, %s: %w", g.Title, configuration, w, err)
	}
	plan := g.sent(w, session.Plan())
	session.Start(ctx, plan)
	run := session.Finish()
	t.Tested = known.Tested{Run: &run, Plan: plan}
	if t.Gone, err = gone(ctx, brief, behind); err != nil {
		return t, err
	}
	return t, ctx.Err()
}

// sent picks what is sent in a way from its plan. Where that is not all of it, it is each case once and what the block
// that is left out names; what is compared with other answers of the run has those to be compared with.
func (g Gateway) sent(w Way, plan []*suites.Planned) []*suites.Planned {
	if g.lacks == nil && (!g.brief || w == Ways()[0]) {
		return plan
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool {
		name := p.Case.Name.Text
		again := seen[name]
		seen[name] = true
		named := g.lacks != nil && slices.Contains(g.lacks.Words, name)
		return p.Requests() > 8 || again && !named
	})
}

// gone stops the server and asks the gateway for what a service says that cannot serve.
func gone(ctx context.Context, brief suites.Brief, behind *reference.Listening) (schemas.Run, error) {
	i := slices.IndexFunc(brief.Profile.Codes, func(r schemas.Row) bool { return r.Code == "ServiceUnavailable" })
	if i < 0 {
		return schemas.Run{}, fmt.Errorf("profile %s has no row ServiceUnavailable", brief.Profile.Name)
	}
	row, target := brief.Profile.Codes[i], *brief.Target
	target.Recipes = []schemas.Recipe{{Code: row.Code, Status: row.Status, Message: row.Message}}
	target.Recipes[0].Method = http.MethodGet // a gateway cannot read in a form which format is asked for
	brief.Target = &target
	session, err := runner.Open(ctx, brief, runner.Options{VerdictOnly: true})
	if err != nil {
		return schemas.Run{}, err
	}
	behind.Close()
	session.Start(ctx, slices.DeleteFunc(slices.Clone(session.Plan()), func(p *suites.Planned) bool { return p.Condition != suites.FromRecipe }))
	return session.Finish(), nil
}
