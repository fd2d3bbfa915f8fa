package observe

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// memberNames are what accessors with an argument are asked for: members, headers, and the form of a root.
var memberNames = []string{"N", "Message", "HostId", "L", "Content-Type", "x-acs-request-id", "Server", "{Action}Response"}

// reading is what an accessor returned for one exchange, and what the verdict is then known to depend on.
type reading struct {
	from   string
	result string
	notes  *Notes
}

// readings calls every exported method that returns something, once by itself for each exchange, and groups what it returned
// by the call. Of an envelope, the view is asked for it first, as rules do.
func readings(exchanges map[string]*schemas.Exchange) map[string][]reading {
	all := map[string][]reading{}
	for from, x := range exchanges {
		for _, of := range []func(*View) any{func(v *View) any { return v }, func(v *View) any { return v.Envelope() }} {
			kind := reflect.TypeOf(of(Open(x, nil)))
			for i := range kind.NumMethod() {
				m := kind.Method(i)
				if m.Type.NumOut() == 0 || m.Name == "Envelope" {
					continue
				}
				for _, name := range memberNames {
					notes := &Notes{}
					on := reflect.ValueOf(of(Open(x, notes)))
					args, call := []reflect.Value{on}, kind.String()+"."+m.Name
					if m.Type.NumIn() == 2 {
						args, call = append(args, reflect.ValueOf(name)), call+" "+name
					}
					result := "no envelope"
					if !on.IsNil() {
						result = ""
						for _, r := range m.Func.Call(args) {
							result += fmt.Sprintf("%+v;", reflect.Indirect(r))
						}
					}
					all[call] = append(all[call], reading{from, result, notes})
					if m.Type.NumIn() == 1 {
						break
					}
				}
			}
		}
	}
	return all
}

// apart reports whether a memo keeps two exchanges apart, or keeps neither.
func apart(a, b *Notes) bool { return a.beyond || b.beyond || !slices.Equal(a.path, b.path) }

// variety is exchanges that are apart in one thing each: in all that records answer, and in what they have no place for.
func variety() map[string]*schemas.Exchange {
	exchanges := map[string]*schemas.Exchange{}
	for what, s := range map[string]sample{"JSON": inJSON, "XML": inXML} {
		exchanges[what] = s.exchange()
		for q, other := range asked(s) {
			exchanges[fmt.Sprintf("%s, %+v", what, q)] = other.exchange()
		}
		for change, do := range map[string]func(*schemas.Exchange){
			"another header":      func(x *schemas.Exchange) { x.Response.Header[0].Value = "y" },
			"no header":           func(x *schemas.Exchange) { x.Response.Header = nil },
			"another method":      func(x *schemas.Exchange) { x.Intent.Method = "POST" },
			"a fault":             func(x *schemas.Exchange) { x.Fault = &schemas.Fault{Kind: schemas.FaultCut} },
			"bytes behind":        func(x *schemas.Exchange) { x.Response.Behind = 3 },
			"readings":            func(x *schemas.Exchange) { x.Readings = []schemas.Reading{{SDK: "one"}} },
			"an intent":           func(x *schemas.Exchange) { x.Intent.Case = "nonce-used-twice" },
			"a member twice":      func(x *schemas.Exchange) { x.Response.Body = []byte(`{"N":1,"N":2}`) },
			"no object":           func(x *schemas.Exchange) { x.Response.Body = []byte(`[7]`) },
			"a misspelt member":   func(x *schemas.Exchange) { x.Response.Body = []byte(`{"hostid":"h"}`) },
			"a page":              func(x *schemas.Exchange) { x.Response.Body = []byte(`<html></html>`) },
			"another item inside": func(x *schemas.Exchange) { x.Response.Body = []byte(`{"L":[2],"N":7}`) },
		} {
			x := s.exchange()
			do(x)
			exchanges[what+", "+change] = x
		}
	}
	return exchanges
}

// What a rule reads is declared by its reading it: there is no accessor that returns two things for exchanges that the memo
// does not keep apart. Each returns two things here, so that a new one needs an exchange that it differs by.
func TestNoAccessorReadsWhatIsNotNoted(t *testing.T) {
	methods := map[string]bool{} // whether it returned two things
	for call, all := range readings(variety()) {
		var method string
		if _, err := fmt.Sscan(call, &method); err != nil {
			t.Fatal(err)
		}
		all = slices.DeleteFunc(all, func(r reading) bool { return r.result == "no envelope" })
		methods[method] = methods[method] || slices.ContainsFunc(all, func(r reading) bool { return r.result != all[0].result })
		for i, a := range all {
			for _, b := range all[:i] {
				if a.result != b.result && !apart(a.notes, b.notes) {
					t.Errorf("%s returns %s of %s and %s of %s, which are judged alike: it has to ask a question, or to call beyond", call, a.result, a.from, b.result, b.from)
				}
			}
		}
	}
	for method, told := range methods {
		if !told {
			t.Errorf("%s returns the same of every exchange: add one to variety that it differs by", method)
		}
	}
	if len(methods) < 35 {
		t.Errorf("only %d accessors were called", len(methods))
	}
}

// Of an answer that broke off there is what came of it, and nothing that a complete answer has.
func TestAnAnswerThatBrokeOff(t *testing.T) {
	x := inJSON.exchange()
	x.Fault, x.Response.Body = &schemas.Fault{Kind: schemas.FaultCut}, x.Response.Body[:len(x.Response.Body)-1]
	v := Open(x, nil)
	if !v.BrokeOff() || v.Arrived() != 200 || v.Header("Server") != "x" || !v.HasHeader("server") || v.Begun().Text("HostId") != inJSON.host {
		t.Errorf("broke off: %v, with %d, %q and %+v", v.BrokeOff(), v.Arrived(), v.Header("Server"), v.Begun())
	}
	if v.Status() != 0 || v.Envelope() != nil || v.RequestID() != "" || v.IDHeader() != Incomparable {
		t.Errorf("it is taken for an answer: %d, %+v, %q", v.Status(), v.Envelope(), v.RequestID())
	}
	if x.Response = nil; v.BrokeOff() || v.Arrived() != 0 || v.Header("Server") != "" || v.HasHeader("server") {
		t.Errorf("nothing came, and it is %d with %q", v.Arrived(), v.Header("Server"))
	}
}
