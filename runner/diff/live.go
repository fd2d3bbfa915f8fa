package diff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Live is a target that is compared with another one while both are running.
type Live struct {
	Name  string // BASE or NEW and its file, for errors
	Brief suites.Brief
}

// Select picks what is sent from a plan.
type Select func([]*suites.Planned) ([]*suites.Planned, error)

// Runs are what two live targets did: BASE and NEW at the same time, and BASE once more, so that its own noise is known.
type Runs struct{ Base, New, Again schemas.Run }

// Meet sends the plan to both targets at the same time, and then once more to BASE. A target that cannot be tested is
// a *runner.Untestable, in which the line names the target.
func Meet(ctx context.Context, base, fresh Live, pick Select, o runner.Options) (Runs, error) {
	var runs Runs
	var errs [2]error
	var both sync.WaitGroup
	both.Go(func() { runs.Base, errs[0] = base.run(ctx, pick, o) })
	both.Go(func() { runs.New, errs[1] = fresh.run(ctx, pick, o) })
	both.Wait()
	if err := firstOf(errs[:]); err != nil {
		return runs, err
	}
	var err error
	runs.Again, err = base.run(ctx, pick, o)
	return runs, err
}

func firstOf(errs []error) error {
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

// run sends the plan to one target.
func (l Live) run(ctx context.Context, pick Select, o runner.Options) (schemas.Run, error) {
	s, err := runner.Open(ctx, l.Brief, o)
	if err != nil {
		if why := (*runner.Untestable)(nil); errors.As(err, &why) {
			return schemas.Run{}, &runner.Untestable{Line: l.Name + ": " + why.Line}
		}
		return schemas.Run{}, fmt.Errorf("%s: %w", l.Name, err)
	}
	selected, err := pick(s.Plan())
	if err != nil {
		return schemas.Run{}, err
	}
	s.Start(ctx, selected)
	run := s.Finish()
	return run, ctx.Err()
}
