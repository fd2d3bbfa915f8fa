package runner

import (
	"maps"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// SDKs asks official SDKs what they make of an answer. It is safe for concurrent use. Package runner/sdks has one.
type SDKs interface {
	// Asked names the SDKs.
	Asked() []schemas.SDK
	// Read returns what the callers of those SDKs see that suit the style of the exchange.
	Read(x *schemas.Exchange) []schemas.Reading
}

// sdkTally counts what the SDKs made of the answers. The zero tally asks nobody.
type sdkTally struct {
	asked SDKs
	mu    sync.Mutex
	kinds map[string]*schemas.SDKsRead
}

// read asks about every complete answer. What a proxy or the network did instead of an answer is no SDK's business.
func (t *sdkTally) read(xs []*schemas.Exchange) {
	if t.asked == nil {
		return
	}
	for _, x := range xs {
		if x.Response != nil && x.Fault == nil && x.Request.Method != "HEAD" {
			x.Readings = t.asked.Read(x)
		}
	}
}

// note counts the answers of a judged case.
func (t *sdkTally) note(r *redact.Redactor, j *suites.Judged) {
	if t.asked == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range j.Observations {
		if kind := e.Kind(); len(e.Readings()) > 0 && kind != "" {
			t.count(r, kind, e, j)
		}
	}
}

func (t *sdkTally) count(r *redact.Redactor, kind string, e *suites.Observation, j *suites.Judged) {
	if t.kinds == nil {
		t.kinds = map[string]*schemas.SDKsRead{}
	}
	row := t.kinds[kind]
	if row == nil {
		row = &schemas.SDKsRead{Kind: kind}
		for _, sdk := range t.asked.Asked() {
			row.Read = append(row.Read, schemas.SDKRead{SDK: sdk.Name})
		}
		t.kinds[kind] = row
	}
	row.Exchanges++
	for _, reading := range e.Readings() {
		i := slices.IndexFunc(row.Read, func(read schemas.SDKRead) bool { return read.SDK == reading.SDK })
		if i < 0 {
			continue
		}
		cell := &row.Read[i]
		cell.Given++
		if how := e.Misread(reading); how == "" {
			cell.Understood++
		} else if name := j.Result.Name; cell.Case == "" || name < cell.Case { // whichever case is judged first
			cell.Else, cell.Case = r.Text(how), name
		}
	}
}

// table returns what was counted; nil where nobody was asked.
func (t *sdkTally) table() *schemas.SDKs {
	if t.asked == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	out := &schemas.SDKs{Asked: t.asked.Asked(), Answers: []schemas.SDKsRead{}}
	for _, kind := range slices.Sorted(maps.Keys(t.kinds)) {
		out.Answers = append(out.Answers, *t.kinds[kind])
	}
	return out
}
