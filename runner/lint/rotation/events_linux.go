package rotation

import (
	"bytes"
	"encoding/binary"
	"errors"

	"golang.org/x/sys/unix"
)

// events are what the system notes about the names in a folder.
type events struct {
	fd  int
	buf []byte
}

const eventMask = unix.IN_CREATE | unix.IN_MOVED_FROM | unix.IN_MOVED_TO | unix.IN_DELETE | unix.IN_ONLYDIR

var kinds = map[uint32]kind{unix.IN_CREATE: made, unix.IN_MOVED_TO: took, unix.IN_MOVED_FROM: lost, unix.IN_DELETE: removed}

// watch returns nil where the system has no room for one more watch, or does not know them.
func watch(dir string) *events {
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		return nil
	}
	if _, err := unix.InotifyAddWatch(fd, dir, eventMask); err != nil {
		_ = unix.Close(fd)
		return nil
	}
	return &events{fd: fd, buf: make([]byte, 64<<10)}
}

// read returns what was noted since, without waiting; overflow tells that there was more.
func (e *events) read() (list []event, overflow bool) {
	if e == nil {
		return nil, false
	}
	for {
		n, err := unix.Read(e.fd, e.buf)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil || n <= 0 {
			return list, overflow
		}
		for rest := e.buf[:n]; len(rest) >= unix.SizeofInotifyEvent; {
			mask, cookie, size := word(rest[4:]), word(rest[8:]), int(word(rest[12:]))
			name := rest[unix.SizeofInotifyEvent:][:size]
			rest = rest[unix.SizeofInotifyEvent+size:]
			name, _, _ = bytes.Cut(name, []byte{0})
			overflow = overflow || mask&unix.IN_Q_OVERFLOW != 0
			if k, ok := kinds[mask&(unix.IN_CREATE|unix.IN_MOVED_TO|unix.IN_MOVED_FROM|unix.IN_DELETE)]; ok && len(name) > 0 && mask&unix.IN_ISDIR == 0 {
				list = append(list, event{k, string(name), cookie})
			}
		}
	}
}

func word(b []byte) uint32 { return binary.NativeEndian.Uint32(b) }

func (e *events) close() {
	if e != nil {
		_ = unix.Close(e.fd)
	}
}
