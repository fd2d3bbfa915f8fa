package lint

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
)

// asCaptured returns the exchanges of a transcript as if nobody knew what was asked, each of them several times.
func asCaptured(t *testing.T, transcript []byte, times int) []byte {
	t.Helper()
	var out bytes.Buffer
	for line := range bytes.Lines(transcript) {
		var x schemas.Exchange
		if err := json.Unmarshal(line, &x); err != nil {
			t.Fatal(err)
		}
		if x.Response == nil {
			continue
		}
		x.Intent = schemas.Intent{Profile: x.Intent.Profile, Format: x.Intent.Format, Action: x.Intent.Action, Host: x.Intent.Host, Method: x.Intent.Method}
		text, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		for range times {
			out.Write(append(text, '\n'))
		}
	}
	return out.Bytes()
}

// What servers answer that go wrong in one way each is judged as before where it answers alike, and as well. With
// ACSCONFORM_WHOLE set, as in make selftest, more of them are tried.
func TestMutantsAsCapturedTraffic(t *testing.T) {
	step := 111 // of all mutants, so that it takes no longer
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		step = 37
	}
	recalled, profiles := int64(0), fixtures.Profiles()
	for n, m := range mutants.All() {
		p := profiles[n/step%len(profiles)]
		if n%step != 0 || !m.MakesSense(p.Name, p.Styles[0]) || m.Hangs || m.Many {
			continue
		}
		_, transcript := recorded(t, p, p.Styles[0], thin, reference.With(m))
		text := asCaptured(t, transcript, 2)
		as := linted(t, Options{Workers: 1}, text)
		recalled += as.Recalled
		same(t, p.Name+" "+m.Name, as, linted(t, Options{Workers: 1, Thorough: true}, text))
	}
	if recalled == 0 {
		t.Error("nothing was judged as before: nothing is shown")
	}
}
