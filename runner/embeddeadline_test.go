package runner

import (
	"context"
	"errors"
	"testing"
	"time"
)

// go test's own deadline would end the process with the stacks of all that runs.
func TestARunEndsBeforeTheDeadlineOfItsTest(t *testing.T) {
	at := time.Now().Add(time.Hour)
	ctx, cancel := inTime(t.Context(), func() (time.Time, bool) { return at, true })
	defer cancel()
	if ends, ok := ctx.Deadline(); !ok || !ends.Equal(at.Add(-spare)) {
		t.Errorf("the run ends at %v, its test at %v", ends, at)
	}
	late, cancel := inTime(t.Context(), func() (time.Time, bool) { return time.Now(), true })
	defer cancel()
	if <-late.Done(); !errors.Is(context.Cause(late), errTestTime) {
		t.Errorf("the cause is %v", context.Cause(late))
	}
	free, cancel := inTime(t.Context(), func() (time.Time, bool) { return time.Time{}, false })
	defer cancel()
	if _, ok := free.Deadline(); ok {
		t.Error("a test without a deadline has one")
	}
}
