package mock

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/schemas"
)

// Follow makes the mock answer by a file of answers, which is read again when it changes, and returns what it says now. It is
// called before the mock answers its first call.
func (m *Mock) Follow(path string) (*script.Script, error) {
	source, err := script.Open(path, m.served(), m.log)
	if err != nil {
		return nil, err
	}
	m.source = source
	return source.Script(), nil
}

// served lists the products with all that can be called by name.
func (m *Mock) served() []script.Product {
	var products []script.Product
	for _, p := range m.products {
		of := script.Product{Profile: p.Profile}
		for _, a := range p.Service.Actions {
			of.Operations = append(of.Operations, a.Name)
		}
		products = append(products, of)
	}
	return products
}

// AnyKey makes a server that takes any AccessKey and any signature.
func AnyKey() reference.Option {
	taken := []schemas.Condition{
		server.UnknownAccessKey, server.DisabledAccessKey, server.STSWithoutToken, server.MalformedToken, server.ExpiredToken,
		server.MismatchedToken, server.WrongSignature, server.SignatureNotBase64,
	}
	return func(s *server.Server) {
		s.Exemptions = append(s.Exemptions, func(_ *server.Call, f *server.Fault) bool { return slices.Contains(taken, f.Condition) })
	}
}

// scripted makes the operations of a product answer by the file, where there is one. A call that the operation refuses for a
// missing parameter is not answered by the file.
func (m *Mock) scripted(p *product) {
	for i := range p.Service.Actions {
		m.answered(p, &p.Service.Actions[i])
	}
	p.OnReply = append(p.OnReply, func(c *server.Call, r *server.Reply) {
		if reply, ok := c.Script.(*script.Reply); ok {
			for name, value := range reply.Headers {
				r.Header.Set(name, value)
			}
		}
	})
	p.OnSend = append(p.OnSend, func(c *server.Call, out *server.Sent) {
		if reply, ok := c.Script.(*script.Reply); ok {
			breaks(out, reply.Breaks)
		}
	})
}

// answered makes one operation answer by the file.
func (m *Mock) answered(p *product, a *server.Action) {
	run := a.Run
	a.Run = func(s *server.Server, c *server.Call) ([]server.Member, *server.Fault) {
		if m.recorded != nil {
			return m.replay(p, c)
		}
		result, fault := run(s, c)
		if fault != nil || m.source == nil {
			return result, fault
		}
		return m.reply(p, c, result)
	}
}

func (m *Mock) reply(p *product, c *server.Call, result []server.Member) ([]server.Member, *server.Fault) {
	params := parametersOf(c)
	param := func(name string) string {
		if value := c.Param(name); value != "" {
			return value
		}
		return params[spelling(name)]
	}
	reply := m.source.Script().Choose(script.Call{Profile: p.Profile.Name, Operation: c.Action.Name, Param: param})
	if reply == nil {
		return result, nil
	}
	return p.told(c, reply, param, result)
}

// told answers a call by a reply.
func (p *product) told(c *server.Call, reply *script.Reply, param func(string) string, result []server.Member) ([]server.Member, *server.Fault) {
	c.Script = reply
	time.Sleep(reply.Latency)
	switch {
	case reply.Row != nil:
		return nil, &server.Fault{Condition: server.Recipe, Row: reply.Row}
	case reply.HasBody:
		if !reply.Literal {
			kind, kinds := server.KindsOf(p.Profile, c.Action)
			f := filling{param: param, kinds: kinds}
			f.object(reply.Body, kind)
		}
		for name := range reply.Body {
			if spelling(name) == "requestid" { // the server writes a fresh one
				delete(reply.Body, name)
			}
		}
		return server.MembersOf(reply.Body, c.Format == schemas.XML), nil
	}
	return result, nil
}

func breaks(out *server.Sent, how string) {
	switch how {
	case schemas.BreaksCut:
		out.Missing = len(out.Body) - len(out.Body)/2
		out.Body = out.Body[:len(out.Body)/2]
	case schemas.BreaksReset:
		out.Mute = server.Resets
	case schemas.BreaksSilence:
		out.Mute = server.Hangs
	}
}

// filling puts parameters of a call where a body has {from: Name}.
type filling struct {
	param func(name string) string
	kinds server.Kinds
}

// object fills the members of an object of that kind. One whose parameter the call does not have is left out.
func (f filling) object(object map[string]any, kind *schemas.Kind) {
	kind = f.kinds.Of(kind)
	for name, value := range object {
		filled, ok := f.value(value, kind.Members[name])
		if !ok {
			delete(object, name)
			continue
		}
		object[name] = filled
	}
}

func (f filling) value(value any, kind *schemas.Kind) (any, bool) {
	switch v := value.(type) {
	case map[string]any:
		if name, ok := v["from"].(string); ok && len(v) == 1 {
			text := f.param(name)
			return f.kinds.Value(text, kind), text != ""
		}
		f.object(v, kind)
	case []any:
		items := make([]any, 0, len(v))
		for _, item := range v {
			if filled, ok := f.value(item, f.kinds.Of(kind).Items); ok {
				items = append(items, filled)
			}
		}
		return items, true
	}
	return value, true
}
