package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Conform tests the target and returns the whole verdict. Selected are planned cases of [Target.Plan], all of them when it
// is nil; the results in Run.Cases come in their order. Secrets are left out of what it returns.
//
// The error is an [*Untestable] when the server cannot be tested, or says what is wrong with the Target; then there is no
// Run. With a Run beside it, it says in a line each which entries of the list of known failures are wrong.
func (t Target) Conform(ctx context.Context, selected []*suites.Planned) (*schemas.Run, error) {
	m, err := t.open(ctx)
	if err != nil {
		return nil, err
	}
	defer m.end()
	if selected == nil {
		selected = m.plan
	}
	return m.conform(ctx, selected)
}

// openTarget is a Target that was found testable.
type openTarget struct {
	target  Target
	session *Session
	plan    []*suites.Planned
	known   *known.List
	end     func()
}

// open opens the session, and before it the server in this process where there is one.
func (t Target) open(ctx context.Context) (*openTarget, error) {
	if t.Late != nil {
		late := t.Late
		t.Late = nil
		late(&t)
	}
	b, list, err := t.brief()
	if err != nil {
		return nil, err
	}
	if b.Target.URL == "" {
		return nil, errors.New("the Target has no URL, Handler or Serve (set one; Late can, where the server is started later)")
	}
	o := t.Options
	if o.Version == "" {
		o.Version = embeddedVersion()
	}
	o, end, err := t.serve(b.Target.URL, o)
	if err != nil {
		return nil, err
	}
	s, err := Open(ctx, b, o)
	if err != nil {
		end()
		return nil, err
	}
	return &openTarget{target: t, session: s, plan: t.chosen(s.Plan()), known: list, end: func() { s.wire.Close(); end() }}, nil
}

// conform sends the cases selected, and holds the run against the list of known failures.
func (m *openTarget) conform(ctx context.Context, selected []*suites.Planned) (*schemas.Run, error) {
	own, err := m.own(selected)
	if err != nil {
		return nil, err
	}
	m.session.Start(ctx, own)
	run := m.session.Finish()
	if ctx.Err() != nil && run.Verdict != schemas.NonConformant {
		run.Verdict, run.Why = schemas.Inconclusive, transport.OneLine(context.Cause(ctx).Error())
	}
	if m.known == nil {
		return &run, nil
	}
	tested := known.Tested{Run: &run, Plan: m.session.Plan()}
	settled := m.known.Settle([]known.Tested{tested}, m.target.Strict, time.Now().Format(time.DateOnly))
	run.Notes = append(append(run.Notes, settled.Expired...), settled.Notes...)
	var faults []error
	for _, line := range settled.Faults {
		faults = append(faults, errors.New(line))
	}
	return &run, errors.Join(faults...)
}

// own finds the session's own planned cases for those that were selected before it was opened.
func (m *openTarget) own(selected []*suites.Planned) ([]*suites.Planned, error) {
	byID := make(map[string]*suites.Planned, len(m.plan))
	for _, p := range m.plan {
		byID[p.ID()] = p
	}
	own := make([]*suites.Planned, len(selected))
	for i, p := range selected {
		if own[i] = byID[p.ID()]; own[i] == nil {
			return nil, fmt.Errorf("%s is not planned for this target (Late must not change profile, style or recipes)", p.ID())
		}
	}
	return own, nil
}

// module is the path of the module that this package is part of.
const module = "github.com/acsconform/acsconform"

// embeddedVersion returns the version of the suite in the program that it was built into; empty when nobody knows.
func embeddedVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, dep := range info.Deps {
		if dep.Path == module && dep.Replace == nil {
			return strings.TrimPrefix(dep.Version, "v")
		}
	}
	return ""
}
