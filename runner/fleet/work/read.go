package work

import (
	"context"
	"encoding/json"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/schemas"
)

// Specs reads specs of targets and logs by their digests: those of a list of digests, or of a statement that selects them, in parentheses.
func Specs(ctx context.Context, c store.Conn, of string, args ...any) (map[string]plan.Spec, error) {
	specs := map[string]plan.Spec{}
	err := c.Query(ctx, "SELECT digest, body FROM fleet_blob WHERE digest IN "+of, args, func(row func(...any) error) error {
		var digest string
		var text []byte
		if err := row(&digest, &text); err != nil {
			return err
		}
		var spec plan.Spec
		err := json.Unmarshal(text, &spec)
		specs[digest] = spec
		return err
	})
	return specs, err
}

// Body reads the report that was kept of a target, packed; nothing where there is none. The shape is that of the result.
func Body(ctx context.Context, c store.Conn, round, target int64, shape string) (body []byte, err error) {
	query, args := "SELECT body FROM fleet_result WHERE round = $1 AND target = $2", []any{round, target}
	if shape != "" {
		query, args = "SELECT body FROM fleet_blob WHERE digest = $1", []any{shape}
	}
	_, err = store.One(ctx, c, query, args, &body)
	return body, err
}

// Unpack reads a run that a result keeps.
func Unpack(body []byte) (*schemas.Run, error) {
	text, err := unpacker.DecodeAll(body, nil)
	if err != nil {
		return nil, err
	}
	var run schemas.Run
	return &run, json.Unmarshal(text, &run)
}
