package diff

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/schemas"
)

// order is that in which the traits of a case are listed.
func order() []string {
	return []string{"outcome", "fault", "status", "code", "message", "content type", "request id", "member", "header", "protocol", "latency"}
}

func inOrder(a, b trait) int {
	words := order()
	return cmp.Or(slices.Index(words, a.what)-slices.Index(words, b.what), cmp.Compare(a.name, b.name))
}

// trait is one thing that can be said of an answer: its status, or the value of one of its headers.
type trait struct{ what, name string }

// traits are those of the answers to one case. An answer that lacks a trait has the empty value.
type traits struct {
	answers int  // different ones; 0 when the report has none
	cut     bool // only the beginning of a body was kept
	values  map[trait][]string
}

// traitsOf takes the answers of a case apart.
func traitsOf(c *schemas.CaseResult) traits {
	if c == nil {
		return traits{}
	}
	answers := c.Answers
	if len(answers) == 0 && c.Exchange != nil {
		answers = []schemas.Answer{runner.Answer(c.Exchange)}
	}
	list := make([]map[trait]string, len(answers))
	out := traits{answers: len(answers), values: map[trait][]string{}}
	for i, a := range answers {
		list[i] = single(a)
		out.cut = out.cut || a.Cut
		for t := range list[i] {
			out.values[t] = nil
		}
	}
	for t := range out.values {
		for _, one := range list {
			if !slices.Contains(out.values[t], one[t]) {
				out.values[t] = append(out.values[t], one[t])
			}
		}
		slices.Sort(out.values[t])
	}
	return out
}

// of returns the values of a trait: one empty value where no answer has it.
func (t traits) of(one trait) []string {
	if list := t.values[one]; list != nil {
		return list
	}
	return []string{""}
}

// like reports whether a trait is the same on both sides. Where a case sends several requests,
// how many are answered in which way is left to chance, so that values may be missing on one side. Values missing on
// both sides mean a change.
func (t traits) like(o traits, one trait) bool {
	a, b := t.of(one), o.of(one)
	return within(a, b) || within(b, a)
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(v string) bool { return !slices.Contains(all, v) })
}

// say words what changed in a trait: the values that only one side has, where each has such, else all of them. A side
// that lacks the trait says nothing.
func say(was, is traits, one trait) (before, after string) {
	a, b := was.of(one), is.of(one)
	onlyA, onlyB := without(a, b), without(b, a)
	if len(onlyA) > 0 && len(onlyB) > 0 {
		a, b = onlyA, onlyB
	}
	return sayAll(a), sayAll(b)
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(v string) bool { return slices.Contains(some, v) })
}

func sayAll(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = orNone(v)
	}
	return strings.Join(words, " | ")
}

// codes names the codes of the answers to a case.
func (t traits) codes() string {
	return strings.Join(without(t.of(trait{what: "code"}), []string{""}), " | ")
}

// single returns the traits of one answer.
func single(a schemas.Answer) map[trait]string {
	all := map[trait]string{}
	put := func(what, value string) {
		if value != "" {
			all[trait{what: what}] = value
		}
	}
	put("fault", string(a.Fault))
	put("protocol", a.Proto)
	if a.Status != 0 {
		put("status", strconv.Itoa(a.Status))
	}
	put("content type", a.ContentType)
	for _, f := range a.Header {
		t := trait{"header", strings.ToLower(f.Name)}
		all[t] = strings.TrimPrefix(all[t]+", "+valueOf(f), ", ")
	}
	put("code", a.Code)
	put("message", a.Message)
	put("request id", a.RequestID)
	for _, name := range a.Members {
		all[trait{"member", name}] = "there"
	}
	return all
}

// both returns the traits that at least one of two sides has, those aside that a cut body keeps from being read.
func both(a, b traits) map[trait]bool {
	all := map[trait]bool{}
	for _, side := range []traits{a, b} {
		for t := range side.values {
			all[t] = true
		}
	}
	if a.cut || b.cut {
		maps.DeleteFunc(all, func(t trait, _ bool) bool {
			return slices.Contains([]string{"code", "message", "request id", "member"}, t.what)
		})
	}
	return all
}

// valueOf returns a header's value for comparing: of what is another one for every body or moment, only that it is there.
func valueOf(f schemas.Field) string {
	switch strings.ToLower(f.Name) {
	case "content-length", "etag", "last-modified", "expires", "age":
		return "#"
	}
	if f.Value == "" {
		return `""`
	}
	return f.Value
}
