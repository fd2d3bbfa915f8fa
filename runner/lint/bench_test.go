package lint

import (
	"testing"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

func BenchmarkLint(b *testing.B) {
	for _, c := range []struct {
		name string
		kind sample.Kind
		own  bool
	}{
		{"never repeating", sample.Kind{Seed: 1, Bad: 0.01}, false},
		{"never repeating, all good", sample.Kind{Seed: 1}, false},
		{"repeating", sample.Kind{Seed: 1, Bad: 0.01, Repeats: true}, false},
		{"repeating, all good", sample.Kind{Seed: 1, Repeats: true}, false},
		{"XML", sample.Kind{Seed: 1, Bad: 0.01, XML: 1}, false},
		{"thorough", sample.Kind{Seed: 1, Bad: 1}, false},
		{"exchanges", sample.Kind{Seed: 1, Bad: 0.01}, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := logged(b, c.kind, 20_000, c.own)
			o := Options{Profile: ecs(b)}
			if !c.own {
				o.Map = sampleMap(b)
			}
			o.Thorough = c.name == "thorough"
			w := newWorker(o.withBook(), newJudges(o.withBook()), ids.New(0, ""))
			piece := &piece{block: input.Block{Data: text, First: 1}}
			piece.part.reset()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				piece.part.reset()
				w.judge(piece)
			}
		})
	}
}
