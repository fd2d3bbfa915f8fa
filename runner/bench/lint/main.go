// Command lint measures how fast captured traffic is judged, side by side with what else could read it, and prints a
// table. Everything is generated, and nothing is sent.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/acsconform/acsconform/runner/lint/sample"
)

func main() {
	n := flag.Int("n", 1_000_000, "records of each kind of traffic")
	flag.Parse()
	if err := measure(*n); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// traffic is one generated log.
type traffic struct {
	name string
	kind sample.Kind
	path string
	size int64
}

func measure(n int) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	logs := []*traffic{
		{name: "JSON, never repeating", kind: sample.Kind{Seed: 1, Bad: 0.01}},
		{name: "JSON, repeating", kind: sample.Kind{Seed: 2, Bad: 0.01, Repeats: true}},
		{name: "XML, never repeating", kind: sample.Kind{Seed: 3, Bad: 0.01, XML: 1}},
	}
	for i, l := range logs {
		l.path = filepath.Join(dir, fmt.Sprintf("%d.jsonl", i))
		if err := l.write(n); err != nil {
			return err
		}
	}
	fmt.Printf("%d records of each traffic, %d bytes each, 1 %% bad in thirty ways; MB/s of the log on one processor (of %d).\n\n",
		n, logs[0].size/int64(n), runtime.NumCPU())
	if err := table(logs); err != nil {
		return err
	}
	return facts(dir, logs, n)
}

// write generates the log.
func (l *traffic) write(n int) (err error) {
	file, err := os.Create(l.path)
	if err != nil {
		return err
	}
	defer func() {
		if e := file.Close(); err == nil {
			err = e
		}
	}()
	w := bufio.NewWriterSize(file, 1<<20)
	if err := sample.New(l.kind).WriteLog(w, n); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil {
		l.size = info.Size()
	}
	return err
}
