package recording

import (
	"net/http"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// entryOf returns an entry with one reply, or why there is none.
func entryOf(s *server.Server, c *server.Call, x *schemas.Exchange) (*entry, string) {
	if x.Response == nil || x.Response.Cut || x.Fault != nil || c.Broken != nil {
		return nil, notAnswered
	}
	e := &entry{AnswerScript: schemas.AnswerScript{Operation: c.Value("Action"), Profile: s.Profile.Name}}
	if c.Action = s.LookUp(c); c.Action != nil {
		e.Operation = c.Action.Name
	}
	if !server.ActionForm.MatchString(e.Operation) {
		return nil, unnamed
	}
	object := answerOf(s.Profile, c, x.Response.Body)
	if object == nil {
		return nil, noObject
	}
	clean := cleaner(x)
	if e.When = Params(c); !unchanged(e.When, clean) {
		return nil, repeats
	}
	reply, why := replyOf(s.Profile, x.Response.Status, object, clean)
	e.Replies, e.took = []schemas.AnswerReply{reply}, []times{{time.Duration(x.Seconds * float64(time.Second))}}
	return e, why
}

// answerOf returns a body as an object, in JSON or XML, and nil where it is neither.
func answerOf(p *schemas.Profile, c *server.Call, text []byte) map[string]any {
	if body.Sniff(text) == body.NatureXML {
		kind, kinds := server.KindsOf(p, c.Action)
		return objectOfXML(text, kind, kinds)
	}
	return objectOf(text)
}

// replyOf returns what is kept of an answer, or why nothing is.
func replyOf(p *schemas.Profile, status int, object map[string]any, clean func(string) string) (schemas.AnswerReply, string) {
	if status < http.StatusBadRequest {
		return schemas.AnswerReply{Body: bodyOf(object, clean)}, ""
	}
	code, _ := object["Code"].(string)
	switch {
	case code == "":
		return schemas.AnswerReply{}, noCode
	case doorkeeper(p, code):
		return schemas.AnswerReply{}, atTheDoor
	}
	message, _ := object["Message"].(string)
	return schemas.AnswerReply{Error: clean(code), Status: status, Message: clean(message)}, ""
}

// doorkeeper reports whether a code is that of a refusal before the operation: a replay checks keys, signatures and the like
// of its own clients.
func doorkeeper(p *schemas.Profile, code string) bool {
	return slices.ContainsFunc(slices.Concat(p.Codes, p.ObservedRows()), func(row schemas.Row) bool {
		return row.Code == code && len(row.Answers) > 0 && !slices.Contains(row.Answers, server.Throttled)
	})
}
