package redact

import "sync"

// A field's name or value that is longer is not remembered, nor are more of them.
const (
	maxViewed = 64
	mostViews = 2048
)

// views remembers how short texts that come again and again, such as the fields of headers, read in every encoding: their
// letters and digits, layer by layer.
type views struct {
	mu sync.RWMutex
	of map[string][]byte
}

// areClean reports whether a text is known to have no part of a secret in any encoding.
func (v *views) areClean(text string, w *wanted) bool {
	if v == nil || len(text) > maxViewed {
		return false
	}
	v.mu.RLock()
	all, ok := v.of[text]
	full := len(v.of) >= mostViews
	v.mu.RUnlock()
	if !ok {
		if full {
			return false
		}
		all = viewed(text)
		v.mu.Lock()
		v.of[text] = all
		v.mu.Unlock()
	}
	return all != nil && !w.mayBeIn(all)
}

// viewed returns the letters and digits of a text, layer by layer; nil where it holds more than is looked into.
func viewed(text string) []byte {
	all, over := []byte{}, false
	walk(&layer{text: []byte(text), rough: true}, minBare, 0, func(_, bare *layer) { all = append(append(all, bare.text...), 0) }, func(span) { over = true })
	if over {
		return nil
	}
	return all
}
