package suites_test

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// differing is a profile that differs from one of the suite, as somebody's own does.
func differing(t *testing.T, name string, change func(*schemas.Profile)) *schemas.Profile {
	t.Helper()
	base, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	p := *base
	p.Name, p.Like = "own", name
	change(&p)
	return &p
}

// Members that only this profile asks for are asked for, and those that it does not ask for are not.
func TestMembersOfAProfileOfOnesOwn(t *testing.T) {
	const sound = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Code":"MissingParameter","Message":"The input parameter \"Version\" that is mandatory for processing this request is not supplied","Shop":"s","Number":7}`
	mandatory := differing(t, "ecs", func(p *schemas.Profile) {
		p.Envelope.Mandatory, p.Envelope.Numeric = []string{"RequestId", "Code", "Message", "Shop", "Number"}, []string{"Number"}
	})
	recommended := differing(t, "ecs", func(p *schemas.Profile) { p.Envelope.Recommended = []string{"Shop"} })
	hostless := differing(t, "ess", func(p *schemas.Profile) { p.Envelope.Mandatory = []string{"RequestId", "Code", "Message"} })
	numberless := differing(t, "kms", func(p *schemas.Profile) {
		p.Envelope.Mandatory, p.Envelope.Numeric = []string{"RequestId", "Code", "Message"}, nil
	})
	for _, tt := range []struct {
		name     string
		profile  *schemas.Profile
		old, new string
		breaks   bool
		level    schemas.Level
	}{
		{"all there", mandatory, "", "", false, ""},
		{"an own member missing", mandatory, `,"Shop":"s"`, "", true, schemas.Must},
		{"an own number as a text", mandatory, `"Number":7`, `"Number":"7"`, true, schemas.Must},
		{"a recommended member there", recommended, "", "", false, ""},
		{"a recommended member missing", recommended, `,"Shop":"s"`, "", true, schemas.Should},
		{"no HostId where none is asked for", hostless, "", "", false, ""},
		{"no HttpStatus where none is asked for", numberless, "", "", false, ""},
	} {
		x := right(func(x *schemas.Exchange) { x.Response.Body = schemas.Body(sound) })
		if tt.old != "" {
			rewritten(tt.old, tt.new)(x)
		}
		var found []schemas.Finding
		for _, f := range suites.NewJudge(tt.profile, fixtures.Clauses()).Exchange(x) {
			if slices.Contains([]string{"ERROR-1", "ERROR-2", "ERROR-4", "ERROR-5"}, f.Clause) {
				found = append(found, f)
			}
		}
		if tt.breaks != (len(found) == 1) || tt.breaks && (found[0].Clause != "ERROR-1" || found[0].Level != tt.level) {
			t.Errorf("%s: found %+v", tt.name, found)
		}
	}
}

// A method that the service takes is sent, and is no unsupported one.
func TestMethodsOfAProfileOfOnesOwn(t *testing.T) {
	for _, tt := range []struct {
		methods, sent []string
		gone          []string
	}{
		{[]string{"GET", "POST"}, []string{"GET", "POST"}, nil},
		{[]string{"GET"}, []string{"GET"}, []string{"nonce-used-again-by-the-other-method", "parameter-in-unsigned-form", "content-length-longer"}},
		{[]string{"POST"}, []string{"POST"}, []string{"nonce-used-again-by-the-other-method"}},
		{[]string{"GET", "POST", "PUT"}, []string{"GET", "POST"}, []string{"method-put"}},
	} {
		p := differing(t, "gateway", func(p *schemas.Profile) { p.Methods = tt.methods })
		var sent, cases []string
		for _, one := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: &schemas.Target{Style: schemas.RPC}}) {
			sent, cases = append(sent, one.Method), append(cases, one.Case.Name.Text)
		}
		slices.Sort(sent)
		if sent = slices.Compact(sent); !slices.Equal(sent, tt.sent) {
			t.Errorf("%v: sent by %v", tt.methods, sent)
		}
		for _, name := range []string{"nonce-used-again-by-the-other-method", "parameter-in-unsigned-form", "content-length-longer", "method-put", "method-delete"} {
			if slices.Contains(cases, name) == slices.Contains(tt.gone, name) {
				t.Errorf("%v: %s is planned: %v", tt.methods, name, slices.Contains(cases, name))
			}
		}
	}
}

// A clause that has nothing to look at in a profile is not unexercised, but not applicable, and says why.
func TestClausesWithNothingToLookAt(t *testing.T) {
	p := differing(t, "gateway", func(p *schemas.Profile) {
		p.Like = "ess"
		p.Inapplicable = append(slices.Clone(p.Inapplicable), "throttled")
		p.Codes = slices.Clone(p.Codes)
		for i := range p.Codes {
			p.Codes[i].Answers = slices.DeleteFunc(slices.Clone(p.Codes[i].Answers), func(c schemas.Condition) bool { return c == "throttled" })
		}
	})
	states := map[string]schemas.ClauseState{}
	for _, s := range suites.NewJudge(p, fixtures.Clauses()).Run(schemas.RunTarget{}, nil).Clauses {
		states[s.ID] = s
	}
	for id, want := range map[string]string{
		"FORMAT-3": "this profile has no XML", "ERROR-6": "this profile has no XML", "ERROR-2": "this profile asks for no HostId",
		"THROTTLE-1": "what it concerns does not occur in this profile", "NONCE-1": "this profile is not judged by it",
	} {
		if s := states[id]; s.State != schemas.NotApplicable || s.Why != want {
			t.Errorf("%s: %s, %q", id, s.State, s.Why)
		}
	}
	for _, id := range []string{"PARAM-1", "ROW-1", "ROBUST-1", "SUCCESS-4", "FORMAT-2"} {
		if s := states[id]; s.State != schemas.Unexercised {
			t.Errorf("%s: %s, %q", id, s.State, s.Why)
		}
	}
}
