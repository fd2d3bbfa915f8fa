package lint

import (
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// A body that the log has as JSON cannot be judged, and one line says what to change; one that is not there was not captured.
func TestABodyThatIsNoText(t *testing.T) {
	const id = `4C467B38-3910-447D-87BC-AC049166F21`
	m := &input.Map{Status: "s", Body: "a.b", ContentType: "t", Method: "m"}
	line := func(body string) string {
		return `{"s":200,"t":"application/json;charset=utf-8","a":{` + body + `}}` + "\n"
	}
	good := line(`"b":"{\"RequestId\":\"` + id + `0\"}"`)
	for body, omitted := range map[string]bool{
		`"b":{"RequestId":"` + id + `1"}`: true, `"b":[]`: true, `"b":true`: true, `"b":{}`: true,
		`"c":{}`: false, `"b":null`: false,
	} {
		for _, encoding := range []string{"", "base64"} {
			for _, spaced := range []string{"", "\t"} { // the second is read in full
				of := *m
				of.BodyEncoding = encoding
				text := line(body)
				if encoding == "" {
					text = good + text
				}
				r := linted(t, Options{Profile: ecs(t), Map: &of}, []byte(strings.ReplaceAll(text, `{"s"`, "{"+spaced+`"s"`)))
				if want := (schemas.LintOmitted{Why: schemas.OmittedNoText, What: "body: a.b", Count: 1}); omitted != slices.Contains(r.Omitted, want) || omitted == (r.Bodiless == 1) || r.NotJudged != 1 || r.Malformed != 0 {
					t.Errorf("%s %q: %+v", text, encoding, r)
				}
				if said := strings.Join(Summary(r), "\n"); strings.Contains(said, "let this line of the map name a field with the text (body: a.b)") != omitted {
					t.Errorf("%s: %s", text, said)
				}
			}
		}
	}
	if r := linted(t, Options{Profile: ecs(t), Map: m}, []byte(strings.Replace(line(`"b":{}`), `"s"`, `"m":"HEAD","s"`, 1))); len(r.Omitted) != 1 || r.Omitted[0].Why != schemas.OmittedUnanswered {
		t.Errorf("to HEAD: %+v", r.Omitted)
	}
}
