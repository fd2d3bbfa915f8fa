package runner

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Batches in a row go over the connections of the first one, where the target leaves them open and nothing is wrong with what
// came over them. A step of another kind finds none of them open.
func TestBatchesInARowShareConnections(t *testing.T) {
	batch := suites.Step{Condition: schemas.Sound, Parallel: 4}
	three := []suites.Step{batch, batch, batch}
	single := suites.Step{Condition: schemas.Sound}
	for name, of := range map[string]struct {
		steps []suites.Step
		serve http.HandlerFunc
		want  int64 // connections; the pool has one for steps that send one request
	}{
		"left open":            {three, right, 4},
		"closed":               {three, closing, 12},
		"more than the answer": {three, chatty, 12},
		"one batch":            {[]suites.Step{batch}, right, 4},
		"not in a row":         {[]suites.Step{batch, single, batch}, right, 9},
		"followed by one":      {slices.Concat(three, []suites.Step{single}), right, 5},
	} {
		t.Run(name, func(t *testing.T) {
			var opened atomic.Int64
			server := httptest.NewUnstartedServer(http.HandlerFunc(of.serve))
			server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
				if s == http.StateNew {
					opened.Add(1)
				}
			}
			server.Start()
			defer server.Close()
			target := labTarget(server.URL + "/")
			s, _ := labSession(t, target, Options{})
			xs := runAll(t, s, []*suites.Planned{plannedCase(t, target, suites.Case{Name: named("batches"), Steps: of.steps})})[0]
			for _, x := range xs {
				if x.Fault != nil || x.Attempts != 1 {
					t.Errorf("got %v in attempt %d, want an answer at once", x.Fault, x.Attempts)
				}
			}
			if n := opened.Load(); n != of.want {
				t.Errorf("%d connections were opened, want %d", n, of.want)
			}
		})
	}
}

func right(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	_, _ = io.WriteString(w, `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`)
}

func closing(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	right(w, r)
}

// chatty sends more than its answer.
func chatty(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}HTTP")
}
