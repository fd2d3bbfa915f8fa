package parts

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/acsconform/acsconform/schemas/file"
)

// An Entry is a shard of a set, and the file that has it.
type Entry struct {
	Shard
	File *File
}

// A Set is shards of several files, each once, in the order of the traffic.
type Set struct {
	How     How
	Entries []Entry
}

// Union puts files together. The error is one line with a remedy.
func Union(files []*File) (*Set, error) {
	s := &Set{}
	if len(files) > 0 {
		s.How = files[0].How
	}
	one, known := map[string]Entry{}, map[string]*Shard{}
	for _, f := range files {
		if f.How.Suite != s.How.Suite || f.How.Digest != s.How.Digest {
			return nil, fmt.Errorf("%s was judged %s, and %s was judged %s, by other profiles, maps or filters, or by another suite (make all parts with the same flags and the same conform)",
				f.Name, f.How.words(), files[0].Name, s.How.words())
		}
		for _, shard := range f.shards {
			key := shard.key()
			if old, ok := one[key]; !ok || shard.Sum < old.Sum {
				one[key] = Entry{*shard, f}
			}
			if old := known[shard.file()]; old == nil || cmp.Or(cmp.Compare(shard.Input, old.Input), cmp.Compare(shard.Name, old.Name)) < 0 {
				known[shard.file()] = shard
			}
		}
	}
	for _, e := range one { // one name for all shards of a file, whichever of its names each was read by
		named := known[e.file()]
		if e.Size > 0 {
			e.Name, e.Input = named.Name, named.Input
		}
		s.Entries = append(s.Entries, e)
	}
	slices.SortFunc(s.Entries, func(a, b Entry) int { return a.compare(&b.Shard) })
	return s, s.overlaps()
}

// overlaps reports shards that have lines in common and are not the same.
func (s *Set) overlaps() error {
	for i := 1; i < len(s.Entries); i++ {
		a, b := &s.Entries[i-1], &s.Entries[i]
		if a.file() == b.file() && a.To > b.Shard.From {
			return fmt.Errorf("the shards %s of %s and %s of %s overlap in %s (cut a file once, and make all parts by that cut)", a.Range(), a.File.Name, b.Range(), b.File.Name, b.Name)
		}
	}
	return nil
}

// Complete reports bytes that no shard has: without them nobody knows on which line a record is.
func (s *Set) Complete() error {
	for i := range s.Entries {
		e := &s.Entries[i]
		first := i == 0 || s.Entries[i-1].file() != e.file()
		last := i == len(s.Entries)-1 || s.Entries[i+1].file() != e.file()
		switch {
		case first && e.Shard.From > 0:
			return missing(e, 0, e.Shard.From)
		case !first && s.Entries[i-1].To < e.Shard.From:
			return missing(e, s.Entries[i-1].To, e.Shard.From)
		case last && e.To < e.Size:
			return missing(e, e.To, e.Size)
		}
	}
	return nil
}

func missing(e *Entry, from, to int64) error {
	return fmt.Errorf("no part has the shard %d-%d of %s (make it with conform lint --partial OUT --shard %d-%d, or only put the parts together with merge --partial OUT)", from, to, e.Name, from, to)
}

// Files returns the first entry of each file, in order.
func (s *Set) Files() []Entry {
	return slices.CompactFunc(slices.Clone(s.Entries), func(a, b Entry) bool { return a.file() == b.file() })
}

// SameFile reports whether two entries are of one file.
func SameFile(a, b *Entry) bool { return a.file() == b.file() }

// Write writes the set as one file.
func (s *Set) Write(out io.Writer) error {
	w, err := NewWriter(out, s.How)
	if err != nil {
		return err
	}
	for _, e := range s.Entries {
		from, done, err := e.File.open()
		if err != nil {
			return fmt.Errorf("%s: the partial result cannot be read: %w", e.File.Name, file.Bare(err))
		}
		err = w.copied(e.Shard, io.NewSectionReader(from, e.At, e.Length))
		_ = done()
		if err != nil {
			return e.File.faulty(err)
		}
	}
	return w.Close()
}
