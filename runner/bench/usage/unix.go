//go:build unix

package usage

import (
	"os"
	"syscall"
	"time"
)

// Used returns the processor time that this process has used. What else the machine does leaves it as it is.
func Used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // of ourselves it is always known
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Peak returns the most memory that a process had that has ended, as the system counts it: in KiB on Linux.
func Peak(p *os.ProcessState) (int64, bool) {
	used, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, false
	}
	return int64(used.Maxrss), true
}
