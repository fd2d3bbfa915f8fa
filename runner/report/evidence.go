package report

import (
	"fmt"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// CaseID names a case within its run as the plan does: "nonce-used-twice [XML, GET]".
func CaseID(c *schemas.CaseResult) string {
	format := string(c.Format)
	if format == "" {
		format = "no Format"
	}
	return fmt.Sprintf("%s [%s, %s]", c.Name, format, c.Method)
}

// again is the command that sends a case again and judges it, in all its variants; empty where the run has none.
func again(run *schemas.Run, c *schemas.CaseResult) string {
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
