package script

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas/file"
)

// Source is a file of answers that is read again when it changes. It is looked at when a call comes, which needs no notice of
// the file system, and so works on mounted folders too. It is safe for concurrent use.
type Source struct {
	path     string
	products []Product
	log      func(line string)

	mu      sync.Mutex
	current *Script
	text    []byte
	size    int64
	changed time.Time
}

// Open reads a file of answers. What is read later goes to the log: that it was, or what is wrong with it.
func Open(path string, products []Product, log func(line string)) (*Source, error) {
	s := &Source{path: path, products: products, log: log}
	text, err := file.Read(path, file.MaxAnswersBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: the answers cannot be read: %w (want a YAML file; conform schema answers describes it)", path, err)
	}
	s.look()
	s.text = text
	if s.current, err = Read(path, text, products); err != nil {
		return nil, err
	}
	return s, nil
}

// Script returns the answers as the file has them now. Those of a file that has become bad or is gone are the last good ones.
func (s *Source) Script() *Script {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.look() {
		return s.current
	}
	text, err := file.Read(s.path, file.MaxAnswersBytes)
	if err == nil && bytes.Equal(text, s.text) {
		return s.current
	}
	s.text = text
	if err != nil {
		s.log(fmt.Sprintf("%s: the answers cannot be read: %v (those of before are kept)", s.path, err))
		return s.current
	}
	fresh, err := Read(s.path, text, s.products)
	if err != nil {
		s.log(fmt.Sprintf("%v\n%s: the answers of before are kept", err, s.path))
		return s.current
	}
	s.current = fresh
	s.log(fmt.Sprintf("%s is read again, with seed %d", s.path, fresh.Seed))
	return fresh
}

// steady is for how long a file must not have changed before its time is trusted: two changes can have the same time.
const steady = 2 * time.Second

// look reports whether the file may have changed since it was looked at. One that is gone has not: it is perhaps replaced.
func (s *Source) look() bool {
	info, err := os.Stat(s.path)
	if err != nil {
		return false
	}
	same := info.Size() == s.size && info.ModTime().Equal(s.changed)
	s.size, s.changed = info.Size(), info.ModTime()
	return !same || time.Since(s.changed) < steady
}
