package store

import (
	"context"
	"log/slog"
	"net/http"

	"riverqueue.com/riverui"
)

// Jobs returns River's own page under a prefix. It knows neither users nor other origins: the caller keeps both away from it.
func (e *engine[T]) Jobs(ctx context.Context, prefix string, log *slog.Logger) (http.Handler, error) {
	page, err := riverui.NewHandler(&riverui.HandlerOpts{Endpoints: riverui.NewEndpoints(e.insert, nil), Logger: log, Prefix: prefix})
	if err != nil {
		return nil, err
	}
	return page, page.Start(ctx)
}
