package rotation

// event is a change of a name in a folder.
type event struct {
	kind   kind
	name   string
	cookie uint32 // the same where a file left one name and took another
}

type kind int

const (
	made    kind = iota // a file was made
	took                // a file took the name
	lost                // a file left the name
	removed             // a file was removed
)

// drain takes over what the system has noted, and reports whether that was anything.
func (l *Log) drain() bool {
	list, overflow := l.events.read()
	l.missed.Blind = l.missed.Blind || overflow
	for _, e := range list {
		l.note(e)
	}
	return len(list) > 0
}

// note follows the files that have stood under the name from name to name.
func (l *Log) note(e event) {
	i := l.named(e.name)
	switch e.kind {
	case removed:
		l.went(i)
	case lost:
		if i >= 0 {
			l.since[i].name = ""
			l.moving[e.cookie] = i
		}
	case made, took:
		l.went(i) // it was replaced
		if from, known := l.moving[e.cookie]; known && e.kind == took {
			delete(l.moving, e.cookie)
			l.since[from].name = e.name
			return
		}
		if e.name == l.base {
			l.since = append(l.since, generation{e.name})
		}
	}
}

// named returns the place of the file that has a name now; -1 where it is none of those that have stood under the name.
func (l *Log) named(name string) int {
	for i, g := range l.since {
		if g.name == name && name != "" {
			return i
		}
	}
	return -1
}

// went notes that a file is gone.
func (l *Log) went(i int) {
	if i >= 0 {
		l.since[i].name = ""
	}
}
