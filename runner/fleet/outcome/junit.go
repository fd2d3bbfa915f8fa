package outcome

import (
	"fmt"
	"io"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// junit writes a suite for each target: a failure for each clause that is broken, an error where it was not tested. Names are the
// same in every language.
func (o *Outcome) junit(w io.Writer, s speech) error {
	all := junit.Testsuites{Name: o.Fleet}
	for i := range o.Targets {
		all.AddSuite(suiteOf(i, &o.Targets[i], s))
	}
	for i := range o.Logs {
		l := &o.Logs[i]
		suite := junit.Testsuite{ID: len(o.Targets) + i, Name: wording.Plain("log " + l.Name), Time: "0.000"}
		k := junit.Testcase{Classname: suite.Name, Name: "judged", Time: suite.Time}
		switch message := &(junit.Result{Message: wording.Plain(l.words(s))}); l.Outcome {
		case "untested":
			k.Error = message
		case "red":
			k.Failure = message
		}
		suite.AddTestcase(k)
		all.AddSuite(suite)
	}
	if _, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"); err != nil {
		return err
	}
	return all.WriteXML(w)
}

func suiteOf(id int, t *Target, s speech) junit.Testsuite {
	suite := junit.Testsuite{ID: id, Name: wording.Plain(t.Name), Time: fmt.Sprintf("%.3f", t.Seconds)}
	whole := junit.Testcase{Classname: suite.Name, Name: "tested", Time: suite.Time}
	if t.Outcome == "untested" {
		whole.Error = &junit.Result{Message: wording.Plain(s.Text(t.Why))}
	}
	suite.AddTestcase(whole)
	for _, c := range t.Cases {
		k := junit.Testcase{Classname: suite.Name, Name: wording.Plain(c.Clause + " " + c.Name), Time: "0.000"}
		message := wording.Plain(s.Say("want %s, got %s", s.Text(c.Want), s.Text(c.Got)))
		switch c.Outcome {
		case schemas.Broken:
			k.Failure = &junit.Result{Message: message}
		case schemas.Known:
			k.Skipped = &junit.Result{Message: s.Say("known failure: %s", message)}
		default:
			k.SystemOut = &junit.Output{Data: s.Say("warned: %s", message)}
		}
		suite.AddTestcase(k)
	}
	return suite
}
