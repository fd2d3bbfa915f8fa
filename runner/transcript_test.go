package runner

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestTranscript(t *testing.T) {
	s, _ := labSession(t, labTarget(serveHTTP(t, serveSound)), Options{})
	var out bytes.Buffer
	s.Transcript(&out)
	plan := plannedNames(t, s.brief.Target, "a", "b", "c")
	plan[2].Skip = "not today"
	runAll(t, s, plan)
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 2 || s.TranscriptError() != nil {
		t.Fatalf("%d lines (%v), want 2", len(lines), s.TranscriptError())
	}
	for _, line := range lines {
		var x schemas.Exchange
		if err := json.Unmarshal([]byte(line), &x); err != nil || x.Intent.Condition != schemas.Sound || string(x.Response.Body) != soundBody {
			t.Errorf("line %.200s: %v", line, err)
		}
	}
	s, _ = labSession(t, labTarget(serveHTTP(t, serveSound)), Options{})
	s.Transcript(brokenWriter{})
	runAll(t, s, plannedNames(t, s.brief.Target, "a"))
	if err := s.TranscriptError(); err == nil || !strings.HasPrefix(err.Error(), "the transcript is incomplete: ") {
		t.Errorf("error = %v, want that it is incomplete", err)
	}
}
