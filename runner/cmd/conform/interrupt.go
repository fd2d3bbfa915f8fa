package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// lastWords is how long a command may take, once it was interrupted, to write down what there is.
const lastWords = 30 * time.Second

// interruptible returns a context that the first SIGINT or SIGTERM ends. A second one ends the process at once, and so does
// the end of the time for last words: what waits for a file that nobody writes hears of no context.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-done:
			return
		}
		cancel()
		select {
		case <-signals:
		case <-time.After(lastWords):
		case <-done:
			return
		}
		os.Exit(exitUntested)
	}()
	return ctx, sync.OnceFunc(func() {
		cancel()
		signal.Stop(signals)
		close(done)
	})
}
