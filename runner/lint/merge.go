package lint

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/schemas"
)

// HowOf describes what the options judge by; suite is the version of the suite and the digest of its book.
func HowOf(o Options, suite string) parts.How {
	filters := input.NewFilters(o.Only, o.Skip, o.Map)
	text, err := json.Marshal([]any{o.Clauses, o.Profile, o.Products, o.Map, filters.Words()})
	if err != nil {
		panic(err) // all of it was read from JSON or YAML
	}
	sum := sha256.Sum256(text)
	how := parts.How{Suite: suite, Digest: hex.EncodeToString(sum[:]), Mapped: o.Map != nil, NoContentType: o.Map != nil && o.Map.ContentType == ""}
	if o.Profile != nil {
		how.Profile = o.Profile.Name
	}
	for _, p := range o.Products {
		how.Products = append(how.Products, p.Name)
	}
	return how
}

// Merging configures how partial results are combined.
type Merging struct {
	Clauses  []schemas.Clause
	Profiles []*schemas.Profile                          // of the suite
	Load     func(text []byte) (*schemas.Profile, error) // reads a profile that is not one of them
	Memory   int64
	TempDir  string
}

// errForeign reports a partial result with a profile that this version cannot read.
var errForeign = errors.New("it was made with another conform")

// Merge adds up a set of which no shard is missing. The result is that of Run over the files in the order of the set, and so is
// the error; it is a *FaultyError where a part is not sound.
func Merge(ctx context.Context, set *parts.Set, m Merging) (*Result, error) {
	o := Options{Clauses: m.Clauses, Profiles: m.Profiles, Memory: m.Memory, TempDir: m.TempDir}
	if set.How.Mapped {
		o.Map = &input.Map{ContentType: "type"}
		if set.How.NoContentType {
			o.Map.ContentType = ""
		}
	}
	if name := set.How.Profile; name != "" {
		o.Profile = &schemas.Profile{Name: name}
		if i := slices.IndexFunc(m.Profiles, func(p *schemas.Profile) bool { return p.Name == name }); i >= 0 {
			o.Profile = m.Profiles[i]
		}
	}
	for _, name := range set.How.Products {
		o.Products = append(o.Products, &schemas.Profile{Name: name})
	}
	g := &merging{Reading: unstarted(o), load: m.Load, line: input.NewForms(nil).Of(&input.Block{})}
	defer func() { _ = g.index.Close() }()
	for i := range set.Entries {
		if err := g.shard(ctx, set, i); err != nil {
			return nil, &FaultyError{err}
		}
	}
	result, err := g.soFar(true)
	if err != nil {
		return nil, err
	}
	return result, g.broken()
}

// A FaultyError is what is wrong with a part, in one line with a remedy.
type FaultyError struct{ error }

// Unwrap returns the error itself.
func (e *FaultyError) Unwrap() error { return e.error }

// merging is a reading of which others did the judging.
type merging struct {
	*Reading
	load  func([]byte) (*schemas.Profile, error)
	line  input.Form
	lines int64 // of the shards before, in this file
}

// shard adds up one shard. Shards come in the order of the traffic.
func (g *merging) shard(ctx context.Context, set *parts.Set, i int) error {
	e := &set.Entries[i]
	if i == 0 || !parts.SameFile(&set.Entries[i-1], e) {
		in := input.From(e.Name, strings.NewReader(""))
		g.inputs, g.sources, g.lines = append(g.inputs, in), append(g.sources, source{input: in}), 0
	}
	g.judges.noted = weightier(g.judges.noted, e.Unique)
	for _, c := range e.Cut {
		g.cuts = append(g.cuts, brokenOff{input.NotedCut(e.Name, c.Why, c.Behind), len(g.sources) - 1})
	}
	place := &placing{input: len(g.inputs) - 1, base: g.lines}
	if e.Shard.From > 0 {
		place.base--
	}
	err := parts.Blocks(*e, func(b *blockPart) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return g.block(b, place)
	})
	g.lines += e.Lines
	return err
}

func (g *merging) block(b *blockPart, place *placing) error {
	p, err := b.partial(place)
	if err != nil {
		return err
	}
	for _, text := range b.Profiles {
		if err := g.profile(text); err != nil {
			return err
		}
	}
	for _, s := range b.Sent {
		x, err := g.line.Exchange(s.Raw)
		if err != nil || x.Intent.Case == "" {
			return errPart
		}
		if j := g.judges.of(x.Intent.Profile); j != nil && len(j.profile.Styles) == 0 { // only its name came
			return errPart
		}
		p.sent = append(p.sent, sent{at: place.at(s.Line), x: x, size: len(s.Raw)})
	}
	g.index.Group(&p.ids)
	return g.sum.add(p)
}

// profile takes a profile that came with a part.
func (g *merging) profile(text []byte) error {
	p, err := g.load(text)
	if err != nil {
		return fmt.Errorf("%w: %w", errForeign, err)
	}
	j := g.judges
	if j.o.Profile != nil && j.o.Profile.Name == p.Name {
		j.o.Profile = p
		return nil
	}
	j.all = append(slices.DeleteFunc(j.all, func(o *schemas.Profile) bool { return o.Name == p.Name }), p)
	return nil
}
