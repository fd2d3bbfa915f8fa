// Command conform tests whether a server answers by the Alibaba Cloud response convention.
package main

import (
	"io"
	"log"
	"os"
	"runtime/debug"
)

// memoryLimit is what the collector works towards. With the program's own pages, which it does not count, the process
// then stays below 64 MiB.
const memoryLimit = 44 << 20

// What a run keeps of its answers lives until the report is written, and marking that again and again costs more than it
// frees: its memory is collected seldom, up to a limit that keeps the process below 96 MiB.
const (
	runGCPercent   = 400
	runMemoryLimit = 60 << 20
)

// A self-test is made of thousands of runs, on the machine of somebody who works on the suite: it may take more.
const selftestMemoryLimit = 256 << 20

func main() {
	log.SetOutput(io.Discard) // what libraries log is not redacted, and users can do nothing about it
	debug.SetMemoryLimit(memoryLimit)
	switch args := append(os.Args[1:], ""); args[0] {
	case "run":
		debug.SetGCPercent(runGCPercent)
		debug.SetMemoryLimit(runMemoryLimit)
	case "selftest":
		debug.SetGCPercent(runGCPercent)
		debug.SetMemoryLimit(selftestMemoryLimit)
	}
	os.Exit(command(os.Args[1:], newWorld()))
}
