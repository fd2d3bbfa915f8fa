// Package parts is the file format of partial results: what conform lint leaves of some shards of captured traffic, until all of
// them are put together. A shard is named by the digest of its file and a range of bytes. Files are put together by taking each
// shard once, so that it does not matter in which order, in which groups or how often they are.
//
// A file is a line that names the format, the blocks of each shard as one zstd stream of gob values, a directory in JSON, and
// where the directory is. The directory is read first; blocks are read one at a time.
//
// Nothing about it is promised to importers; package runner says what is.
package parts

import (
	"cmp"
	"fmt"

	"github.com/acsconform/acsconform/schemas"
)

// Magic is the first line of a file.
const Magic = "acsconform lint partial result 1\n"

// Bounds of what is read.
const (
	maxDirectory = 64 << 20
	maxBlock     = 64 << 20 // a block of a file holds a record of 16 MiB at most
)

// How describes what traffic was judged by: suite, profiles and options. Only results that agree in it are combined.
type How struct {
	Suite         string   `json:"suite"`                     // version and digest of the book
	Digest        string   `json:"digest"`                    // of the profiles, the map and the filters
	Profile       string   `json:"profile,omitempty"`         // the name of it
	Products      []string `json:"products,omitempty"`        // the names of their profiles
	NoContentType bool     `json:"no_content_type,omitempty"` // the map names no field for it
	Mapped        bool     `json:"mapped,omitempty"`          // there is a map
}

// words describes in a few words how the traffic was judged.
func (h How) words() string {
	by := "by no profile"
	if h.Profile != "" {
		by = "by " + h.Profile
	}
	if n := len(h.Products); n > 0 {
		by += fmt.Sprintf(" and %d products", n)
	}
	return by + ", conform " + h.Suite
}

// A Shard is the lines of a file that begin within its bytes, From and all before To.
type Shard struct {
	Name   string            `json:"name"`  // of the file, as the command named it
	Input  int               `json:"input"` // which of the files of the command it was
	Digest string            `json:"digest"`
	Size   int64             `json:"size"` // of the file
	From   int64             `json:"from"`
	To     int64             `json:"to"`
	Lines  int64             `json:"lines"` // that begin in it
	Unique schemas.Level     `json:"unique,omitempty"`
	Cut    []schemas.LintCut `json:"cut,omitempty"` // where a packed file breaks off

	At     int64  `json:"at"` // where its blocks are
	Length int64  `json:"length"`
	Sum    string `json:"sum"` // SHA-256 of them
}

// key is what makes two shards the same: content and range. A file without content is known by its name.
func (s *Shard) key() string {
	key := fmt.Sprintf("%s:%020d-%020d", s.Digest, s.From, s.To)
	if s.Size == 0 {
		key += " " + s.Name
	}
	return key
}

// file is what makes two shards parts of the same file.
func (s *Shard) file() string {
	if s.Size == 0 {
		return s.Digest + " " + s.Name
	}
	return s.Digest
}

// Range is how the bytes of a shard are written.
func (s *Shard) Range() string { return fmt.Sprintf("%d-%d", s.From, s.To) }

// sound reports what is wrong with a shard that a directory names.
func (s *Shard) sound(end int64) bool {
	return len(s.Digest) == 64 && len(s.Sum) == 64 && s.Name != "" && s.Input >= 0 && 0 <= s.From && s.From <= s.To && s.To <= s.Size && s.Size < 1<<50 &&
		0 <= s.Lines && s.Lines <= s.To-s.From && s.At >= int64(len(Magic)) && s.Length >= 0 && s.At <= end-s.Length &&
		(s.Unique == "" || s.Unique == schemas.Must || s.Unique == schemas.Should || s.Unique == schemas.May)
}

// compare orders the files as the commands named them, then by name, and the shards of each by their place.
func (s *Shard) compare(o *Shard) int {
	return cmp.Or(cmp.Compare(s.Input, o.Input), cmp.Compare(s.Name, o.Name), cmp.Compare(s.Digest, o.Digest), cmp.Compare(s.From, o.From), cmp.Compare(s.To, o.To))
}
