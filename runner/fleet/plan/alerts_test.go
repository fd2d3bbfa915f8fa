package plan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// A receiver that is wrong is a fault with line, column and remedy; a secret that is written out is one.
func TestAlertsOfAFleetFile(t *testing.T) {
	for text, want := range map[string]string{
		"{name: a, url: 'https://hooks.test/x', secret: '${KEY}'}":                         "",
		"{name: a, url: '${URL}', format: slack, on: [regression]}":                        "",
		"{name: a, url: 'https://hooks.test/x', secret: hunter2}":                          ":2:57: alerts[0].secret: a secret is written out",
		"{name: a, url: 'https://hooks.test/x'}":                                           ":2:17: alerts[0].name: has no secret to sign with",
		"{name: a, url: 'https://hooks.test/x?token=1', secret: '${KEY}'}":                 ":2:25: alerts[0].url: an address that holds a secret",
		"{name: a, url: 'https://oapi.dingtalk.com/robot', format: dingtalk}":              ":2:25: alerts[0].url: an address that holds a secret",
		"{name: a, url: '${URL}', format: slack}, {name: a, url: '${URL}', format: slack}": "two receivers are called a",
		"{name: a, url: '${URL}', format: telegram}":                                       "format",
		"{name: a, url: '${URL}', format: slack, on: [everything]}":                        "on",
		"{name: a, url: 'ftp://hooks.test/x', secret: '${KEY}'}":                           "url",
		"{name: a, url: 'https://${HOST}/x', secret: '${KEY}'}":                            "alerts[0].url",
		"{name: a, url: 'https://hooks.test/x', secret: '${KEY}', retries: 3}":             "retries",
	} {
		path := filepath.Join(t.TempDir(), "fleet.yaml")
		if err := os.WriteFile(path, []byte("name: f\nalerts: ["+text+"]\ntargets: [{reference: right, profile: ecs}]\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Read(path)
		switch {
		case want == "" && (err != nil || len(f.Alerts) == 0):
			t.Errorf("%s: %v", text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestMissedTimes(t *testing.T) {
	at := func(hour, minute int) time.Time { return time.Date(2027, 1, 1, hour, minute, 0, 0, time.UTC) }
	for _, s := range []schemas.FleetSchedule{{Every: schemas.Duration(time.Hour)}, {Cron: "0 * * * *"}} {
		for _, c := range []struct {
			after, before time.Time
			want          int
		}{{at(1, 0), at(2, 0), 0}, {at(1, 0), at(2, 1), 1}, {at(1, 30), at(4, 0), 2}, {at(1, 0), at(1, 0), 0}, {at(3, 0), at(1, 0), 0}} {
			if n, last := Missed(s, c.after, c.before); n != c.want || n > 0 && !last.Before(c.before) {
				t.Errorf("%+v: %d between %v and %v, want %d", s, n, c.after, c.before, c.want)
			}
		}
	}
}
