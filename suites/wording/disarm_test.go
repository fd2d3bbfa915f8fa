package wording_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/suites/wording"
)

func TestNothingArmedIsShown(t *testing.T) {
	for _, armed := range wording.Armed {
		for _, text := range []string{armed, "a " + armed, strings.Repeat("x ", 45) + armed, armed + armed, strings.ToUpper(armed)} {
			plain := wording.Plain(text)
			shown := map[string]string{"plain": plain, "Markdown": wording.Markdown(text, 0), "lines": wording.Lines(text + "\n" + text), "wrapped": strings.Join(wording.Wrap(plain, 20, 9), "\n")}
			for how, got := range shown {
				if strings.Contains(strings.ToLower(got), strings.ToLower(armed)) {
					t.Errorf("%s: %q is shown as %q", how, text, got)
				}
			}
			if again := wording.Plain(plain); again != plain {
				t.Errorf("%q is shown as %q, and that as %q", text, plain, again)
			}
			var out bytes.Buffer
			if err := json.NewEncoder(wording.JSON(&out)).Encode(text); err != nil {
				t.Fatal(err)
			}
			var back string
			if err := json.Unmarshal(out.Bytes(), &back); err != nil || back != text || strings.Contains(out.String(), armed) {
				t.Errorf("%q is written as %s (%v), which reads %q", text, out.String(), err, back)
			}
		}
	}
	for _, harmless := range []string{"http://[::1]:8080/", "fe80::1", "std::string", "## heading", "a # b", "section start: 1", "Aliyun::Service"} {
		if got := wording.Plain(harmless); got != harmless {
			t.Errorf("%q is shown as %q", harmless, got)
		}
	}
}
