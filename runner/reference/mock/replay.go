package mock

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock/recording"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/schemas"
)

// NotRecorded is the code of the refusal of a call that is not in a recording.
const NotRecorded = "NotRecorded"

// ofTheService are faults that the reference server finds in what a call asks for. A recording has what the service itself
// finds.
var ofTheService = []schemas.Condition{
	server.UnknownRegion, server.OwnerIDAndAccount, server.InvalidOwnerAccount, server.InvalidOwnerID, server.InvalidResourceOwnerAccount,
}

// Replay makes the mock answer by a file of recorded answers and by nothing else, and returns what it says. It is called before
// the mock answers its first call.
func (m *Mock) Replay(path string) (*script.Script, error) {
	file, err := script.OpenRecorded(path)
	if err != nil {
		return nil, err
	}
	for _, p := range m.products {
		p.Service.Provocations = nil
		p.Exemptions = append(p.Exemptions, func(_ *server.Call, f *server.Fault) bool { return slices.Contains(ofTheService, f.Condition) })
		if p.Profile.Operations == nil { // what else there is of such a product is not known
			for i := range p.Service.Actions {
				p.Service.Actions[i].ByMethod = ""
			}
			m.learn(p, file.Operations(p.Profile.Name))
		}
	}
	m.recorded, err = file.Script(m.served())
	return m.recorded, err
}

// learn adds operations that a product has, by their names.
func (m *Mock) learn(p *product, names []string) {
	for _, name := range names {
		if p.actions[name] {
			continue
		}
		a := server.Action{Name: name}
		m.answered(p, &a)
		p.Service.Actions, p.actions[name] = append(p.Service.Actions, a), true
	}
}

// replay answers a call as it was recorded. A call that was not is refused, and the log has what is nearest to it.
func (m *Mock) replay(p *product, c *server.Call) ([]server.Member, *server.Fault) {
	call := script.Call{Profile: p.Profile.Name, Operation: c.Action.Name, Params: recording.Params(c)}
	if reply := m.recorded.Choose(call); reply != nil {
		return p.told(c, reply, c.Param, nil)
	}
	near := m.recorded.Nearest(call)
	m.log(fmt.Sprintf("%s of %s was not recorded with these parameters; %s", c.Action.Name, p.Profile.Name, near))
	return nil, &server.Fault{Condition: server.Recipe, Row: &schemas.Row{
		Code: NotRecorded, Status: schemas.Exactly(http.StatusNotFound), Message: "The recording has no answer to this call; " + near + ".",
	}}
}
