package body

import "sync"

// A memo keeps what a schema objects to, by the classes of the members: it is shown nothing else of an envelope. The zero
// memo is ready, and safe for use by many goroutines.
type memo struct {
	mu    sync.RWMutex
	wrong map[string][]string
}

// mostKept is how many sorts of envelope a memo keeps. Right ones are of a few sorts.
const mostKept = 1 << 10

// of returns what was found of an envelope of the same classes, else what find returns.
func (m *memo) of(classes []byte, find func() ([]string, error)) ([]string, error) {
	m.mu.RLock()
	wrong, known := m.wrong[string(classes)]
	m.mu.RUnlock()
	if known {
		return wrong, nil
	}
	wrong, err := find()
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.wrong == nil {
		m.wrong = map[string][]string{}
	}
	if len(m.wrong) < mostKept {
		m.wrong[string(classes)] = wrong
	}
	return wrong, nil
}

// classesOf returns all that the tree of an envelope depends on.
func classesOf(e Members, top string, names []string) []byte {
	if top != "" {
		return nil
	}
	classes := make([]byte, len(names), 32)
	for i, name := range names {
		classes[i] = byte(e.Class(name))
	}
	return classes
}
