package proxy

import (
	"runtime"
	"slices"
	"testing"
)

func talkNamed(name string) talk {
	return talks[slices.IndexFunc(talks, func(k talk) bool { return k.name == name })]
}

// While one exchange is being written and two wait, all others are dropped; each of them is counted.
func TestWhatComesWhileWritingIsSlowIsCounted(t *testing.T) {
	written, goOn := 0, make(chan struct{})
	w := newWatch(writer(func(p []byte) (int, error) {
		<-goOn
		written++
		return len(p), nil
	}), "ecs", memory)
	w.queue = make(chan *pair, 2)
	go w.record()
	k := talkNamed("pipelined")
	address, peers := upstreamOf(t, k.upstream)
	proxied, closed := started(t, address, w)
	k.play(t, proxied, peers)
	for dropped := int64(0); dropped < 47; dropped = w.Tally().NotJudged[Behind] {
		runtime.Gosched()
	}
	close(goOn)
	closed()
	tally := w.Tally()
	if dropped := int(tally.NotJudged[Behind]); tally.Exchanges != 50 || dropped+written != 50 || dropped > 48 {
		t.Errorf("of %d exchanges %d were written and %d dropped", tally.Exchanges, written, dropped)
	}
}

// Without memory nothing is seen, and that is said.
func TestWhatIsNotSeenIsCounted(t *testing.T) {
	for name, left := range map[string]int64{"none": 0, "for a request only": int64(len(ask))} {
		w := newWatch(writer(func(p []byte) (int, error) { t.Errorf("%s: %s", name, p); return len(p), nil }), "ecs", memory)
		w.budget.left.Store(left)
		go w.record()
		k := talkNamed("the upstream resets a large answer at its end")
		address, peers := upstreamOf(t, k.upstream)
		proxied, closed := started(t, address, w)
		k.play(t, proxied, peers)
		closed()
		if tally := w.Tally(); tally.Unwatched[lagging] != 1 || tally.Unseen < int64(len(large)) {
			t.Errorf("%s: %q", name, tally.Notes())
		}
	}
}
