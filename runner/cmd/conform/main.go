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

func main() {
	log.SetOutput(io.Discard) // what libraries log is not redacted, and users can do nothing about it
	debug.SetMemoryLimit(memoryLimit)
	os.Exit(command(os.Args[1:], newWorld()))
}
