package report

import (
	"cmp"
	"fmt"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// CaseID names a case within its run as the plan does: "nonce-used-twice [XML, GET]".
func CaseID(c *schemas.CaseResult) string {
	format := cmp.Or(string(c.Format), "no Format")
	return fmt.Sprintf("%s [%s, %s]", c.Name, format, c.Method)
}

// rerunCommand returns the command that sends a case again and judges it, in all its variants; empty where the run has none.
func rerunCommand(run *schemas.Run, c *schemas.CaseResult) string {
	if run.Command == "" {
		return ""
	}
	return run.Command + " --case " + c.Name
}

// requestID reads the RequestId of the answer that a case shows; empty when there is none.
func requestID(c *schemas.CaseResult) string {
	if c.Exchange == nil || c.Exchange.Response == nil {
		return ""
	}
	if e := body.Open(c.Exchange.Response.Body); e != nil {
		return e.Text("RequestId")
	}
	return ""
}

// ordinal distinguishes a run from an earlier one of the report that shares its profile and style: " #2". It is empty for the first,
// so that a run keeps its name when others join it.
func ordinal(r *schemas.Report, run *schemas.Run) string {
	n := 1
	for i := range r.Runs {
		other := &r.Runs[i]
		if other == run {
			break
		}
		if other.Target.Profile == run.Target.Profile && other.Target.Style == run.Target.Style {
			n++
		}
	}
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" #%d", n)
}

// placeOf returns the URL of a target, and the address that connections went to where that was named.
func placeOf(t schemas.RunTarget) string {
	if t.Address == "" {
		return t.URL
	}
	return t.URL + " at " + t.Address
}
