package interop

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/interop/clients"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

var update = flag.Bool("update", false, "write the table into README.md")

const (
	begin = "<!-- generated: table -->\n"
	end   = "<!-- end -->"
)

// all lists the clients, those for Node among them. Where they cannot be had, the test is skipped; in continuous
// integration that is a failure.
func all(t *testing.T) []clients.Client {
	t.Helper()
	node, err := clients.StartNode("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	t.Cleanup(func() { _ = node.Close() })
	return slices.Concat(clients.Core(), clients.Generated(), node.Clients())
}

func profiles(t *testing.T) []*schemas.Profile {
	t.Helper()
	var list []*schemas.Profile
	for _, name := range []string{"gateway", "ecs", "kms", "ess"} {
		p, err := fixtures.Profile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

// The table of README.md is what was found now, and what was found is right: the server answers every situation as its
// document says, and what it tells in JSON reaches the caller of every SDK.
func TestTable(t *testing.T) {
	list := all(t)
	var tables []string
	for _, p := range profiles(t) {
		found := rows(p, list)
		for _, r := range found {
			for _, m := range r.cells {
				check(t, p, r.situation, m)
			}
		}
		tables = append(tables, table(p, list, found))
	}
	hold(t, strings.Join(tables, "\n"))
}

// hold compares the table with README.md, or writes it there.
func hold(t *testing.T, table string) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), begin)
	_, after, ok := strings.Cut(rest, end)
	if !ok {
		t.Fatal("README.md has no place for the table")
	}
	want := before + begin + table + end + after
	switch {
	case want == string(text):
	case *update:
		if err := os.WriteFile("README.md", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("README.md does not hold what was found. Run: go generate ./..., and commit. Found:\n%s", table)
	}
}

// check holds a cell against the document of the profile, and against the promise that JSON is understood.
func check(t *testing.T, p *schemas.Profile, s situation, m cell) {
	t.Helper()
	if m.answer == nil {
		t.Errorf("%s, %s, %s: no request came: %+v", p.Name, s.name, m.client.Name, m.reading)
		return
	}
	e := body.Open(m.answer.Body)
	code := e.Text("Code")
	retried := m.requests > 1
	fits := func(r schemas.Row) bool { return r.Code == code && r.Status.Holds(m.answer.Status) }
	documented := slices.ContainsFunc(p.Codes, func(r schemas.Row) bool { return slices.Contains(r.Answers, s.answers) })
	switch {
	case s.answers != "": // where the document is silent, any row of it will do
		if !slices.ContainsFunc(p.Codes, func(r schemas.Row) bool { return fits(r) && (!documented || slices.Contains(r.Answers, s.answers)) }) {
			t.Errorf("%s, %s, %s: the server answered %s, which its document does not give for that", p.Name, s.name, m.client.Name, m.told())
		}
	case len(s.codes) > 0 && !retried:
		if want := p.Codes[s.row(p)-1]; want.Code != code || !want.Status.Holds(m.answer.Status) {
			t.Errorf("%s, %s, %s: the server answered %s, want %s %s", p.Name, s.name, m.client.Name, m.told(), want.Status, want.Code)
		}
	case m.answer.Status != 200:
		t.Errorf("%s, %s, %s: the server answered %s %s", p.Name, s.name, m.client.Name, m.told(), e.Text("Message"))
	}
	if e.Format == schemas.JSON && m.verdict() != "✓" {
		t.Errorf("%s, %s, %s: %s: told %s, the caller sees %+v", p.Name, s.name, m.client.Name, m.verdict(), m.answer.Body, m.reading)
	}
}

// alibaba-cloud-sdk-go signs style roa without a nonce, which the document asks for. Its caller has to add the header,
// and must not have the SDK try again with it.
func TestV1MakesNoNonceInStyleROA(t *testing.T) {
	p := profiles(t)[0]
	i := slices.IndexFunc(clients.Core(), func(c clients.Client) bool { return c.Repeats })
	c := clients.Core()[i]
	for _, s := range []struct {
		situation
		want     string
		requests int
	}{
		{situation{edit: func(c *clients.Call) { c.Bare = true }}, "400 MissingSignatureNonce", 1},
		{situation{codes: []string{"ServiceUnavailable"}, front: once, edit: retry}, "400 SignatureNonceUsed", 2},
	} {
		if m, _ := try(s.situation, p, c); m.told() != s.want || m.verdict() != "✓" || m.requests != s.requests {
			t.Errorf("got %s in %d requests, %s: %+v", m.told(), m.requests, m.verdict(), m.reading)
		}
	}
}
