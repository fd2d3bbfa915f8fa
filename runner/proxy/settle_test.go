package proxy

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/synctest"
)

// What passed before the answer to a request is of the request, also where it is read after the answer is: on a busy machine
// either may come first. What the client sends later, or never, nobody waits for.
func TestABodyThatIsReadLateIsWhole(t *testing.T) {
	const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\n"
	for body, want := range map[string]string{"AcsconformExtra=1234": "AcsconformExtra=1234", "Acsconform": "Acsconform"} {
		synctest.Test(t, func(t *testing.T) {
			var lines bytes.Buffer
			w := NewWatch(&lines, "ecs", memory)
			tap := w.connection()
			put := func(s *stream, text string) { s.put([]byte(text)); s.wake(); synctest.Wait() }
			put(tap.sent, head)
			tap.sent.put([]byte(body)) // and its reader is not awake yet
			put(tap.answered, sized(good))
			tap.sent.wake()
			synctest.Wait()
			tap.sent.finish(io.EOF)
			tap.answered.finish(io.EOF)
			w.Close()
			if n := strings.Count(lines.String(), "\n"); n != 1 || !strings.Contains(lines.String(), `"body":"`+want+`"`) {
				t.Errorf("%d exchanges were written, want one with the body %s\n%s", n, want, lines.String())
			}
		})
	}
}
