//go:build !linux

package rotation

// events are what the system notes about the names in a folder: nothing here.
type events struct{}

func watch(string) *events { return nil }

func (*events) read() (list []event, overflow bool) { return nil, false }

func (*events) close() {}
