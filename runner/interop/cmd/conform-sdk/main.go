// Command conform-sdk knows the official Go SDKs. It is what conform run --sdk asks about every answer.
package main

import (
	"fmt"
	"os"

	"github.com/acsconform/acsconform/runner/interop/read"
	"github.com/acsconform/acsconform/runner/sdks"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Fprintln(os.Stderr, "conform-sdk: it is started by conform run --sdk; put it beside conform or into PATH")
		os.Exit(2)
	}
	if err := sdks.Serve(os.Stdin, os.Stdout, read.Known(), read.Read); err != nil {
		fmt.Fprintln(os.Stderr, "conform-sdk:", err)
		os.Exit(3)
	}
}
