package suites

import "github.com/acsconform/acsconform/schemas"

// publishedResult returns what the operation that was called publishes of its successes; nil where nothing is known of it.
func (e *Observation) publishedResult() *schemas.Kind {
	list := e.Profile.Operations
	o := list.Named(e.Operation())
	if o == nil {
		return nil
	}
	k := o.Result
	for range schemas.MaxKindDepth {
		if k == nil || k.Ref == "" {
			break
		}
		k = list.Definitions[k.Ref]
	}
	return k
}

// publishedMember returns what the operation publishes of a member of its successes; nil where nothing is known of it.
func (e *Observation) publishedMember(name string) *schemas.Kind {
	if k := e.publishedResult(); k != nil {
		return k.Members[name]
	}
	return nil
}

// publishedID returns the name by which the successes of the operation carry their request id: as a rule RequestId. It is
// empty where the operation publishes its members and none of them is one.
func (e *Observation) publishedID() string {
	k := e.publishedResult()
	if k == nil || len(k.Members) == 0 || k.Members["RequestId"] != nil {
		return "RequestId"
	}
	for _, name := range []string{"requestId", "request_id"} {
		if k.Members[name] != nil {
			return name
		}
	}
	return ""
}

// publishesKind reports whether the operation publishes the kind of a member, which RESULT-1 then judges.
func (e *Observation) publishesKind(name string) bool {
	k := e.publishedMember(name)
	return k != nil && (k.Name != "" || k.Ref != "")
}

// publishesArray reports whether the operation publishes a list as its result, which is no envelope.
func (e *Observation) publishesArray() bool {
	k := e.publishedResult()
	return k != nil && k.Name == schemas.KindArray
}

// carriesPublishedID judges a success of an operation that publishes its request id by another name.
func (e *Observation) carriesPublishedID(name string) Check {
	class := e.Envelope.Class(name)
	return passIf(class.Textual() && !class.Blank() || e.Envelope.Class("RequestId").Textual(), "no "+name, name+", as the operation publishes it")
}
