package store

import (
	"context"
	"sync"
	"time"
)

// active are the ids of the jobs that this process works at. What the database takes for running here and is none of them
// was lost: the answer to the fetch did not arrive, or the end of the job could not be written.
type active struct {
	mutex sync.Mutex
	ids   map[int64]bool
}

// begin adds a job, and returns what takes it out again.
func (a *active) begin(id int64) (end func()) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.ids == nil {
		a.ids = map[int64]bool{}
	}
	a.ids[id] = true
	return func() {
		a.mutex.Lock()
		defer a.mutex.Unlock()
		delete(a.ids, id)
	}
}

// list returns the ids; never nil.
func (a *active) list() []int64 {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	ids := make([]int64, 0, len(a.ids))
	for id := range a.ids {
		ids = append(ids, id)
	}
	return ids
}

// Every calls do at once and then at intervals, until the context ends.
func Every(ctx context.Context, interval time.Duration, do func()) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		do()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
