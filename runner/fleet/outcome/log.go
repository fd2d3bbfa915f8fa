package outcome

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/schemas"
)

// Log is captured traffic and what was found in it. The whole is shown by report --log.
type Log struct {
	Name     string            `json:"name"`
	Labels   map[string]string `json:"labels,omitempty"`
	Outcome  string            `json:"outcome"` // green, red or untested
	Why      string            `json:"why,omitempty"`
	Shards   int64             `json:"shards"`
	Records  int64             `json:"records"`
	Judged   int64             `json:"judged"`
	Broken   []string          `json:"broken,omitempty"` // clauses
	Warned   []string          `json:"warned,omitempty"`
	Findings int64             `json:"findings"`
}

func (o *Outcome) readLogs(ctx context.Context, s store.Store) error {
	return s.Query(ctx, "SELECT name, labels, shards, outcome, why, body FROM fleet_log WHERE round = $1 ORDER BY id", []any{o.Round}, func(row func(...any) error) error {
		var l Log
		var labels string
		var body []byte
		if err := row(&l.Name, &labels, &l.Shards, &l.Outcome, &l.Why, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(labels), &l.Labels); err != nil {
			return err
		}
		if len(body) > 0 {
			r, _, err := readLog(body)
			if err != nil {
				return fmt.Errorf("the result of the log %s cannot be read: %w", l.Name, err)
			}
			l.sum(r)
		}
		o.Logs = append(o.Logs, l)
		return nil
	})
}

func readLog(body []byte) (*schemas.Lint, []byte, error) {
	text, err := work.UnpackLog(body)
	if err != nil {
		return nil, nil, err
	}
	r := &schemas.Lint{}
	return r, text, json.Unmarshal(text, r)
}

func (l *Log) sum(r *schemas.Lint) {
	l.Records, l.Judged = r.Records, r.Judged
	for _, f := range r.Findings {
		l.Findings += f.Count
		list := &l.Broken
		if f.Level != schemas.Must {
			list = &l.Warned
		}
		if n := len(*list); n == 0 || !strings.Contains(" "+strings.Join(*list, " ")+" ", " "+f.Clause+" ") {
			*list = append(*list, f.Clause)
		}
	}
}

// words is a log in a line.
func (l *Log) words(s speech) string {
	switch {
	case l.Outcome == work.Untested:
		return s.Say("log %s not judged: %s", l.Name, s.Text(l.Why))
	case len(l.Broken)+len(l.Warned) == 0:
		return s.Say("log %s: nothing broken in %d records", l.Name, l.Judged)
	}
	return s.Say("log %s: %d findings in %d records, %s (conform fleet report --log %s)", l.Name, l.Findings, l.Judged, clipped(strings.Join(append(append([]string{}, l.Broken...), l.Warned...), ", "), 60), l.Name)
}

// sign is how the text marks a log.
func (l *Log) sign() string {
	switch {
	case l.Outcome == work.Untested:
		return "?"
	case l.Outcome == work.Red:
		return "×"
	case len(l.Warned) > 0:
		return "!"
	}
	return "✓"
}

// WriteLog writes the result of one log of a round, as conform lint does: text, json, html or markdown.
func WriteLog(ctx context.Context, s store.Store, r *round.Round, name string, w io.Writer, format string, language lang.Language) (outcome string, err error) {
	var why string
	var body []byte
	found, err := store.One(ctx, s, "SELECT outcome, why, body FROM fleet_log WHERE round = $1 AND name = $2", []any{r.ID, name}, &outcome, &why, &body)
	switch {
	case err != nil:
		return "", err
	case !found:
		return "", fmt.Errorf("round %d has no log %q (conform fleet report names its logs)", r.ID, name)
	case len(body) == 0:
		return "", fmt.Errorf("the log %s was not judged in round %d: %s", name, r.ID, why)
	}
	result, text, err := readLog(body)
	if err != nil {
		return "", err
	}
	switch format {
	case "json":
		_, err = io.Copy(w, bytes.NewReader(text))
	case "html":
		err = lint.HTML{Clauses: fixtures.Clauses()}.Write(w, result)
	case "markdown":
		err = lint.WriteMarkdown(w, result)
	case "text":
		err = lint.Text{Clauses: fixtures.Clauses(), Show: shownOfLog, Language: language}.Write(w, result)
	default:
		err = fmt.Errorf("a log has no form %s (want text, json, html or markdown)", format)
	}
	return outcome, err
}

// shownOfLog is how many sorts of findings the text shows, as conform lint does.
const shownOfLog = 20
