package main

import (
	"context"

	"github.com/acsconform/acsconform/runner/sdks"
	"github.com/acsconform/acsconform/schemas"
)

// testWithSDKs runs the jobs, beside the program that knows the official SDKs where that is asked for.
func (c *runCommand) testWithSDKs(ctx context.Context, w *env, jobs []*job) ([]schemas.Run, error) {
	if !c.SDK {
		return c.test(ctx, w, jobs)
	}
	path, err := sdks.Find()
	if err != nil {
		return nil, wrong("--sdk: %s", err)
	}
	if c.sdks, err = sdks.Start(ctx, path); err != nil {
		return nil, wrong("--sdk: %s", err)
	}
	runs, err := c.test(ctx, w, jobs)
	if ended := c.sdks.Close(); ended != nil && err == nil && ctx.Err() == nil {
		err = untested("--sdk: %s", ended)
	}
	return runs, err
}
