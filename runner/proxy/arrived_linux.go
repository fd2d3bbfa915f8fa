package proxy

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// arrived waits until the peer has acknowledged all that was written to it, or is dead, at most so long.
func arrived(s *side, most time.Duration) {
	tcp, ok := bare(s.Conn).(syscall.Conn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	for end := time.Now().Add(most); time.Now().Before(end) && !s.dead.Load(); time.Sleep(time.Millisecond) {
		unsent := 0
		if raw.Control(func(fd uintptr) { unsent, err = unix.IoctlGetInt(int(fd), unix.SIOCOUTQ) }) != nil || err != nil || unsent == 0 {
			return
		}
	}
}
