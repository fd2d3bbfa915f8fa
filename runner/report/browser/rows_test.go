package browser

import (
	"context"
	"testing"
)

// rows returns how many rows of cases are shown once a filter was set.
func rows(t *testing.T, ctx context.Context, id, value string) int {
	t.Helper()
	findings(t, ctx, id, value)
	return eval[int](t, ctx, `Array.from(document.querySelectorAll('.cases tbody tr')).filter(e => !e.hidden).length`)
}

// The rows of cases are filtered by what is in their cells, and have their outcomes in the language of the page.
func TestRowsOfCases(t *testing.T) {
	ctx := open(t)
	for _, step := range []struct {
		id, value string
		want      int
	}{
		{"f-text", "", 4}, {"f-clause", "PARAM-1", 1}, {"f-clause", "", 4}, {"f-profile", "ecs", 4}, {"f-outcome", "broken", 3},
		{"f-format", "JSON", 1}, {"f-format", "", 3}, {"f-outcome", "kept", 1}, {"f-method", "GET", 1}, {"f-text", "no such word", 0},
	} {
		if got := rows(t, ctx, step.id, step.value); got != step.want {
			t.Errorf("%s=%q: %d rows shown, want %d", step.id, step.value, got, step.want)
		}
	}
	outcomes := `Array.from(document.querySelectorAll('.cases td[class]')).map(e => e.textContent).join(' ')`
	if got := eval[string](t, ctx, outcomes); got != "broken broken broken kept" {
		t.Errorf("outcomes in English: %q", got)
	}
	chinese := `(() => { Array.from(document.querySelectorAll('.language button')).find(b => b.lang === 'zh-CN').click(); return ` + outcomes + ` })()`
	if got, want := eval[string](t, ctx, chinese), "违反 违反 违反 符合"; got != want {
		t.Errorf("outcomes in Chinese: %q, want %q", got, want)
	}
}
