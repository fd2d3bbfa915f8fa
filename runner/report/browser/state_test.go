package browser

import "testing"

const shown = `Array.from(document.querySelectorAll('.finding')).filter(e => !e.hidden).length`

// What is chosen is in the address, and a link with a choice makes it.
func TestEveryChoiceIsALink(t *testing.T) {
	ctx := open(t)
	findings(t, ctx, "f-clause", "PARAM-1")
	if got := eval[string](t, ctx, `location.hash`); got != "#clause=PARAM-1" {
		t.Errorf("the address ends in %q", got)
	}
	got := eval[int](t, ctx, `new Promise(done => { window.addEventListener('hashchange', () => setTimeout(() => done(`+shown+`))); location.hash = '#clause=NONCE-1&format=JSON' })`)
	if got != 1 {
		t.Errorf("%d findings shown of NONCE-1 in JSON, want 1", got)
	}
	if got := eval[string](t, ctx, `document.getElementById('f-format').value`); got != "JSON" {
		t.Errorf("the format chosen is %q", got)
	}
}

func TestKeysMoveThroughTheFindings(t *testing.T) {
	ctx := open(t)
	press := func(key string) string {
		return eval[string](t, ctx, `(() => { document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '`+key+`', bubbles: true}));
			const f = document.activeElement.closest('.finding'); return f ? f.dataset.clause : '' })()`)
	}
	for _, step := range []struct{ key, clause string }{{"j", "NONCE-1"}, {"j", "PARAM-1"}, {"j", "PARAM-1"}, {"k", "NONCE-1"}} {
		if got := press(step.key); got != step.clause {
			t.Errorf("%s leads to %q, want %q", step.key, got, step.clause)
		}
	}
	findings(t, ctx, "f-clause", "PARAM-1")
	press("Escape")
	if got := eval[int](t, ctx, shown); got != 2 {
		t.Errorf("%d findings shown after Escape, want 2", got)
	}
}

// Each command and each finding can be copied, where scripts run; what is copied is what was written.
func TestCopyButtons(t *testing.T) {
	ctx := open(t)
	got := eval[string](t, ctx, `(() => { let copied = ''; Object.defineProperty(navigator, 'clipboard', {value: {writeText: t => { copied = t; return Promise.resolve() }}});
		document.querySelector('pre.markdown').previousElementSibling.click(); return copied })()`)
	if len(got) < 20 || got[:12] != "### NONCE-1:" {
		t.Errorf("copied %q", got)
	}
}
