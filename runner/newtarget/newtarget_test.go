package newtarget_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/newtarget"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

const url = "https://api.example.test/"

// starts are the beginnings of files for each profile and style, and for a profile that is guessed.
func starts(t *testing.T) (all []newtarget.Start) {
	t.Helper()
	for _, style := range []schemas.Style{"", schemas.RPC, schemas.ROA, schemas.ACS3} {
		all = append(all, newtarget.Start{URL: url, Style: style})
	}
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			all = append(all, newtarget.Start{URL: url, Profile: p.Name, Of: p, Style: style})
		}
	}
	return all
}

func load(t *testing.T, text []byte) (*schemas.Target, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return targetfile.Load(path, func(string) string { return "x" })
}

func TestTheStartLoads(t *testing.T) {
	for _, s := range starts(t) {
		loaded, err := load(t, s.Text())
		if err != nil {
			t.Errorf("%s/%s: %v", s.Profile, s.Style, err)
			continue
		}
		if loaded.URL != url || loaded.Profile != s.Profile || s.Style != "" && loaded.Style != s.Style {
			t.Errorf("%s/%s is loaded as %+v", s.Profile, s.Style, loaded)
		}
		if s.Of != nil && s.Style != schemas.ROA && loaded.Request.Action != s.Of.Request.Action {
			t.Errorf("%s/%s: the request is %+v", s.Profile, s.Style, loaded.Request)
		}
	}
}

// Examples are what people begin with: each loads when its mark is taken away, and says what it says.
func TestItsExamplesLoad(t *testing.T) {
	example := regexp.MustCompile(`(?m)^# ((?:  )?[a-z_]+:)`)
	for _, s := range starts(t) {
		text := s.Text()
		if n := len(example.FindAll(text, -1)); n < 14 {
			t.Errorf("%s/%s: %d examples", s.Profile, s.Style, n)
		}
		loaded, err := load(t, example.ReplaceAll(text, []byte("$1")))
		if err != nil {
			t.Errorf("%s/%s: %v", s.Profile, s.Style, err)
			continue
		}
		if len(loaded.Credentials) != 4 || len(loaded.Recipes) != 1 || loaded.Idempotency == nil || loaded.TLSOnly == nil || len(loaded.Resolve) != 2 || len(loaded.Skip) != 1 {
			t.Errorf("%s/%s: an example is missing in %+v", s.Profile, s.Style, loaded)
		}
	}
}

// Over plain HTTP there is nothing to say of TLS.
func TestPlainAddresses(t *testing.T) {
	text := newtarget.Start{URL: "http://127.0.0.1:8080/"}.Text()
	if _, err := load(t, text); err != nil || strings.Contains(string(text), "tls:") {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestWhatIsOddInAURLIsQuoted(t *testing.T) {
	odd := `http://127.0.0.1:8080/a%20b'#{x}: "y"` + "\\"
	loaded, err := load(t, newtarget.Start{URL: odd}.Text())
	if err == nil && loaded.URL != odd || err != nil && !strings.Contains(err.Error(), "url") {
		t.Errorf("%q is loaded as %+v, %v", odd, loaded, err)
	}
}
