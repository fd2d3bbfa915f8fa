package file

import "testing"

func TestKindsAreRecognisedByTheirKeys(t *testing.T) {
	for text, want := range map[string]Kind{
		"url: http://a.test/\nstyle: rpc\n":             Target,
		"known:\n  - {case: a}\n":                       Known,
		"status: code\nbody: answer\n":                  Map,
		"name: a\ntitle: b\ncodes: []\n":                Profile,
		"name: a\nextends: ecs\n":                       Profile,
		`{"known": []}`:                                 Known,
		"url: http://a.test/\nstyle: [\n":               Target, // broken
		"url: http://a.test/\ncredentals: {default: 1}": Target, // misspelt
		"name: a\ntargets: []\n":                        Fleet,
		"name: a\nlogs: []\nqueue: b\n":                 Fleet,
		"answers: []\n":                                 Answers,
		"seed: 1\nanswers: []\n":                        Answers,
		"a: 1\nb: 2\n":                                  "",
		"request: {action: A}\n":                        Target, // a profile has a name too
		"name: a\nbody: b\n":                            "",     // of two kinds a bit
		"- a\n":                                         "",
		"":                                              "",
	} {
		if got, ok := Recognise([]byte(text)); got != want && ok || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", text, got, ok, want)
		}
	}
}
