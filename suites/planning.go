package suites

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Brief is what a plan is made for.
type Brief struct {
	Profile *schemas.Profile
	Clauses []schemas.Clause
	Target  *schemas.Target
	Today   string // 2026-11-23; a skip entry whose day has passed no longer counts. Empty: every entry counts
}

// Plan multiplies every case of the book that the profile has a say in by its variants. It sends nothing. A case that
// the target file lacks something for is planned too, with the reason in Skip.
func Plan(b Brief) []*Planned {
	b = b.Complete()
	var plan []*Planned
	for _, chapter := range chapters() {
		for _, c := range chapter.Cases {
			plan = append(plan, b.variants(c)...)
		}
	}
	for i, p := range plan {
		p.Place = i + 1
	}
	return plan
}

// Complete returns the brief with a target that has what the profile says where the target file does not: the sound
// request, its version, and the statuses of the rows that recipes name. In roa a call has a path, which few profiles know.
func (b Brief) Complete() Brief {
	whole, call := *b.Target, b.Profile.Request
	switch r := whole.Request; {
	case r.Action != "" || r.Path != "":
		whole.Request.Version = cmp.Or(r.Version, call.Version)
	case b.style() != schemas.ROA || call.Path != "":
		whole.Request = schemas.SoundRequest{Action: call.Action, Version: call.Version, Params: call.Params,
			Method: cmp.Or(r.Method, call.Method), Path: call.Path, Credentials: r.Credentials}
	}
	whole.Recipes = withStatuses(b.Profile, whole.Recipes)
	b.Target = &whole
	return b
}

// variants returns the planned forms of one case; none when the profile has no say in it.
func (b Brief) variants(c Case) []*Planned {
	clause, ok := b.clauseOf(c)
	style := b.style()
	if !ok || len(c.Styles) > 0 && !slices.Contains(c.Styles, style) || !b.methodsFit(c) {
		return nil
	}
	if c.Many != nil {
		return c.Many.plan(b, c, clause)
	}
	var plan []*Planned
	call := b.described(c.Base, nil)
	for _, v := range b.spread(c, call) {
		p := b.planned(&c, clause, call, v)
		p.Skip = b.skip(p)
		plan = append(plan, p)
	}
	return plan
}

// planned is a case in one variant, before anything is known that keeps it from being sent.
func (b Brief) planned(c *Case, clause schemas.Clause, call schemas.SoundRequest, v variant) *Planned {
	plain := schemas.Clause{}
	if c.Clause != "" {
		plain, _ = b.firstOf(infoOf(c.Condition).clauses)
	}
	return &Planned{Case: c, Clause: clause, plainClause: plain, Condition: c.Condition, Profile: b.Profile, Target: b.Target, Style: b.style(),
		Format: v.format, Method: v.method, Unsigned: !b.has(call.Credentials)}
}

// has reports whether the target file has a key of that name.
func (b Brief) has(key string) bool { return b.Target.Credentials[key].AccessKeyID != "" }

// clauseOf returns the clause that a case exercises for this profile: its own, else the first of its condition's that the
// profile is judged by. A condition that no clause of the profile concerns is still sent where the document lists or
// passes over it, and then only the code of a refusal is judged. What is tried with a ClientToken is left out
// where the profile knows no tokens, but for the condition that a row may name by itself.
func (b Brief) clauseOf(c Case) (schemas.Clause, bool) {
	ids := infoOf(c.Condition).clauses
	if c.Clause != "" {
		ids = []string{c.Clause}
	}
	stance := expectationFor(b.Profile, c.Condition).outcome
	if stance == inapplicable || stance == undocumented || c.Base == BaseIdempotency && !b.knowsTokens() && c.Condition != ClientTokenInProgress {
		return schemas.Clause{}, false
	}
	if stance != ignores && c.Clause == "" && c.Base == BaseSound && c.Condition != UnknownHost && stance != serves {
		ids = slices.Concat(ids, ruled(func(r *Rule) bool { return r.Any }))
	}
	return b.firstOf(ids)
}

// firstOf returns the first of some clauses that the profile is judged by.
func (b Brief) firstOf(ids []string) (schemas.Clause, bool) {
	for _, id := range ids {
		for i := range b.Clauses { // not by value: a clause is large
			if b.Clauses[i].ID == id && b.Clauses[i].AppliesTo(b.Profile) {
				return b.Clauses[i], true
			}
		}
	}
	return schemas.Clause{}, false
}

// methodsFit reports whether a case makes sense with the methods that the profile takes: a method that it takes is no
// unsupported one.
func (b Brief) methodsFit(c Case) bool {
	for _, method := range c.RequiresMethods {
		if !b.takes(method) {
			return false
		}
	}
	if slices.Contains(c.Needs, bodyRequest) && b.style() != schemas.ROA && !names(b.Target.BodyRequest, b.style()) {
		return false
	}
	if c.Base == BaseBody && b.style() != schemas.ROA && !b.takes("POST") {
		return false
	}
	if c.Condition != UnsupportedMethod {
		return true
	}
	var d Draft
	for _, change := range c.Change {
		change.Do(&d)
	}
	return len(b.Profile.Methods) == 0 || !b.takes(d.Method)
}

// takes reports whether the service takes a method; a profile that names none takes every one.
func (b Brief) takes(method string) bool {
	return len(b.Profile.Methods) == 0 || slices.Contains(b.Profile.Methods, method)
}

// style is the target's, rpc when it names none.
func (b Brief) style() schemas.Style {
	if b.Target.Style == "" {
		return schemas.RPC
	}
	return b.Target.Style
}

type variant struct {
	format schemas.Format
	method string
}

// spread returns the variants of a case. A call that is sent by one method has no other; in roa the one format is asked for
// by Accept.
func (b Brief) spread(c Case, call schemas.SoundRequest) []variant {
	formats, methods := b.Profile.Formats, []string{"GET", "POST"}
	if taken := slices.DeleteFunc(slices.Clone(methods), func(m string) bool { return !b.takes(m) }); len(taken) > 0 {
		methods = taken
	}
	if b.style() == schemas.ROA {
		formats = formats[:1]
	}
	if method := pinned(call, b.style()); method != "" {
		methods = []string{method}
	} else if c.Base == BaseBody {
		methods = []string{"POST"}
	}
	switch c.Spread {
	case Formats:
		methods = methods[:1]
	case Methods:
		formats = formats[:1]
	case Once:
		formats, methods = formats[:1], methods[:1]
	case Unformatted:
		formats = []schemas.Format{""}
	}
	var all []variant
	if c.Spread == InTurns {
		for i := range max(len(formats), len(methods)) {
			all = append(all, variant{formats[i%len(formats)], methods[i%len(methods)]})
		}
		return all
	}
	for _, f := range formats {
		for _, m := range methods {
			all = append(all, variant{f, m})
		}
	}
	return all
}

// nth reports recipes apart that lead to rows of the same code and status.
func (b Brief) nth(r *schemas.Recipe) string {
	n := 0
	for i := range b.Target.Recipes {
		other := &b.Target.Recipes[i]
		if other.Code == r.Code && other.Status == r.Status {
			n++
			if other == r && n > 1 {
				return fmt.Sprintf("-%d", n)
			}
		}
	}
	return ""
}

// kebab writes a code as a name: "Forbidden.KeyNotFound" is forbidden-key-not-found.
func kebab(code string) string {
	var b strings.Builder
	for i, r := range code {
		switch {
		case 'A' <= r && r <= 'Z':
			if i > 0 && b.Len() > 0 && !strings.HasSuffix(b.String(), "-") && !upper(code[i-1]) {
				b.WriteByte('-')
			}
			b.WriteRune(r + 32)
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }

// knowsTokens reports whether the profile says what a ClientToken is for.
func (b Brief) knowsTokens() bool {
	return expectationFor(b.Profile, ClientTokenMismatch).outcome != inapplicable
}
