package script_test

import (
	"slices"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/reference/mock/script"
)

// latencies are those of so many calls, in order of their length.
func latencies(t *testing.T, seed, latency string) []time.Duration {
	t.Helper()
	s := read(t, "seed: "+seed+"\nanswers:\n- {operation: DescribeRegions, replies: [{latency: "+latency+"}]}\n")
	var list []time.Duration
	for range 10_000 {
		list = append(list, s.Choose(script.Call{Profile: "ecs", Operation: "DescribeRegions"}).Latency)
	}
	slices.Sort(list)
	return list
}

func near(got, want time.Duration) bool { return got > want*9/10 && got < want*11/10 }

func TestLatencyHasItsTwoPoints(t *testing.T) {
	list := latencies(t, "7", "{p50: 20ms, p99: 300ms}")
	if half, most := list[5_000], list[9_900]; !near(half, 20*time.Millisecond) || !near(most, 300*time.Millisecond) {
		t.Errorf("half of the answers take %s at most, and 99 of 100 %s", half, most)
	}
	if !slices.Equal(list, latencies(t, "7", "{p50: 20ms, p99: 300ms}")) {
		t.Error("with one seed the latencies are not the same")
	}
	if list := latencies(t, "7", "20ms"); list[0] != 20*time.Millisecond || list[9_999] != list[0] {
		t.Errorf("a fixed latency is from %s to %s", list[0], list[9_999])
	}
	if list := latencies(t, "7", "{p50: 1ms, p99: 5m}"); list[9_999] != 5*time.Minute {
		t.Errorf("the longest is %s", list[9_999])
	}
}

func TestLatencyChangesNoShare(t *testing.T) {
	const of = "seed: 7\nanswers:\n- {operation: DescribeRegions, share: 0.5, replies: [{body: {A: a}}]}\n"
	const slow = "seed: 7\nanswers:\n- {operation: DescribeRegions, share: 0.5, replies: [{body: {A: a}, latency: {p50: 1ms, p99: 2ms}}]}\n"
	if chosen(read(t, of), 64) != chosen(read(t, slow), 64) {
		t.Error("other calls are answered where answers take their time")
	}
}
