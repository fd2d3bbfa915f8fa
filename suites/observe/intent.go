package observe

import (
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Intent is what a request meant, as [schemas.Intent] has it, but for what is known of captured traffic too: the action,
// the host, the format and the method are asked for by methods of a [View].
type Intent struct {
	Case, Variant, Clause string
	Condition             schemas.Condition
	Parameter, Message    string
	Row                   *schemas.RowKey
	Style                 schemas.Style
	Step, Parallel        int
	NoFormat, Setup       bool
	Unsigned, MayServe    bool
	AnyRefusal, AnyMethod bool
	Derived               bool
	Sender                string
	Echo                  string
	Stamped               time.Time
	Burst                 *schemas.Burst
	Disclosed             bool
	Secrets               []string
}

func intent(a schemas.Intent) Intent {
	return Intent{
		Case: a.Case, Variant: a.Variant, Clause: a.Clause, Condition: a.Condition, Parameter: a.Parameter, Message: a.Message, Row: a.Row,
		Style: a.Style, Step: a.Step, Parallel: a.Parallel, NoFormat: a.NoFormat, Setup: a.Setup, Unsigned: a.Unsigned,
		MayServe: a.MayServe, AnyRefusal: a.AnyRefusal, AnyMethod: a.AnyMethod, Derived: a.Derived, Sender: a.Sender, Echo: a.Echo, Stamped: a.Stamped, Burst: a.Burst, Disclosed: a.Disclosed, Secrets: a.Secrets,
	}
}
