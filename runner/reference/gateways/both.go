package gateways

import (
	"context"
	"fmt"
	"strings"
)

// MeasureBoth makes all trials of both configurations and settles the careful one. Faults of the list of excuses are
// errors.
func (g Gateway) MeasureBoth(ctx context.Context) (Both, error) {
	r := Both{Gateway: g}
	var err error
	if r.Version, err = g.Tell(); err != nil {
		return r, err
	}
	if r.Excuses, err = g.Excuses(); err != nil {
		return r, err
	}
	if r.Default, err = g.Measure(ctx, Default, Ways()...); err != nil {
		return r, err
	}
	if r.Careful, err = g.Measure(ctx, Careful, Ways()...); err != nil {
		return r, err
	}
	faults, err := r.Careful.Settle()
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("%s", strings.Join(faults, "\n"))
	}
	return r, err
}
