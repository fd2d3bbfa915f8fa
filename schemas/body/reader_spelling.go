package body

import "strings"

// otherSpellings are names that servers give to a member of the envelope besides differences of case and of
// underscores, folded.
var otherSpellings = map[string][]string{
	"Code":       {"errorcode", "errcode"},
	"Message":    {"errormessage", "errmessage", "errormsg", "errmsg", "msg"},
	"RequestId":  {"reqid", "xacsrequestid"},
	"HostId":     {"host"},
	"HttpStatus": {"httpstatuscode", "httpcode", "statuscode", "status"},
}

// Misspelt finds a member that must have been meant for name: the same letters in another case (requestId,
// request_id, HostID) or a name that other services use for it (errorCode for Code). It finds nothing where a
// member of exactly that name exists. It returns the name as it is written.
func (e *Envelope) Misspelt(name string) (string, bool) {
	if _, ok := e.Get(name); ok {
		return "", false
	}
	want := foldName(name)
	for _, m := range e.Members {
		if foldName(m.Name) == want {
			return m.Name, true
		}
	}
	for _, other := range otherSpellings[name] {
		for _, m := range e.Members {
			if foldName(m.Name) == other {
				return m.Name, true
			}
		}
	}
	return "", false
}

// foldName drops case, and the signs that join words.
func foldName(name string) string {
	return joints.Replace(strings.ToLower(name))
}

var joints = strings.NewReplacer("_", "", "-", "", ".", "", " ", "")
