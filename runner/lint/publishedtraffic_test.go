package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// publishedTraffic makes answers of many products, of which one in a hundred has a fault.
type publishedTraffic struct {
	products []*schemas.Profile
	usable   map[string][]*schemas.Operation // by the product: those with a sample in order
	random   *rand.Rand
	planted  map[string]int64 // by clause, profile and action
	kinds    [10]int64        // by the fault
	n        int
}

// fault is one way in which an answer goes wrong, and the clause that it breaks. It is false for an answer that cannot.
type planted struct {
	clause string
	failed bool // of an error
	change func(p *schemas.Profile, o *schemas.Operation, r *published) bool
}

// published is one answer as it goes into the log.
type published struct {
	status int
	media  string
	body   map[string]any
	text   string // in place of body
}

var plantedFaults = []planted{
	{"RESULT-1", false, retyped(schemas.KindString, json.Number("7"))},
	{"RESULT-1", false, retyped(schemas.KindNumber, "seven")},
	{"RESULT-1", false, retyped(schemas.KindArray, map[string]any{})},
	{"SUCCESS-1", false, func(p *schemas.Profile, o *schemas.Operation, r *published) bool {
		if result := resultOf(p, o); result != nil && len(result.Members) > 0 && result.Members["RequestId"] == nil {
			return false // of an operation that publishes none, or by another name, none is missing
		}
		delete(r.body, "RequestId")
		return true
	}},
	{"ERROR-1", true, func(_ *schemas.Profile, _ *schemas.Operation, r *published) bool {
		r.body["RequestId"] = 7
		return true
	}},
	{"STATUS-3", true, otherStatus},
	{"ERROR-1", true, func(_ *schemas.Profile, _ *schemas.Operation, r *published) bool {
		delete(r.body, "Message")
		return true
	}},
	{"STATUS-2", true, func(p *schemas.Profile, _ *schemas.Operation, r *published) bool {
		if isListed(p, r) {
			r.status = 200
		}
		return r.status == 200
	}},
	{"ERROR-1", true, func(_ *schemas.Profile, _ *schemas.Operation, r *published) bool {
		r.status, r.media, r.text = 502, "text/html", "<html><body>bad gateway</body></html>"
		return true
	}},
	{"FORMAT-8", true, func(_ *schemas.Profile, _ *schemas.Operation, r *published) bool { r.media = "text/html"; return true }},
}

// resultOf returns what an operation publishes of its successes; nil where that is nothing.
func resultOf(p *schemas.Profile, o *schemas.Operation) *schemas.Kind {
	result := o.Result
	for result != nil && result.Ref != "" {
		result = p.Operations.Definitions[result.Ref]
	}
	return result
}

// retyped plants another kind in a member of the result that is published as one.
func retyped(kind string, value any) func(*schemas.Profile, *schemas.Operation, *published) bool {
	return func(p *schemas.Profile, o *schemas.Operation, r *published) bool {
		result := resultOf(p, o)
		if result == nil {
			return false
		}
		for name, member := range result.Members {
			if _, has := r.body[name]; has && member.Name == kind && !slices.Contains([]string{"RequestId", "Code", "Message", "Success"}, name) {
				r.body[name] = value
				return true
			}
		}
		return false
	}
}

// usableOperations returns the operations with a sample that is right: a few contradict what clients need.
func usableOperations(p *schemas.Profile) (list []*schemas.Operation) {
	for i := range p.Operations.List {
		o := &p.Operations.List[i]
		if p.Name+" "+o.Name == "cs-2015-12-15 GetUpgradeStatus" { // a failure in a success
			continue
		}
		if o.Sample != nil && (o.Result == nil || o.Result.Name != schemas.KindArray) {
			list = append(list, o)
		}
	}
	return list
}

// isListed reports whether the code of an error is in the table of its product.
func isListed(p *schemas.Profile, r *published) bool {
	return slices.ContainsFunc(p.Codes, func(row schemas.Row) bool { return row.Code == r.body["Code"] })
}

// otherStatus answers a code with a status that no row of its table has.
func otherStatus(p *schemas.Profile, _ *schemas.Operation, r *published) bool {
	if !isListed(p, r) {
		return false
	}
	r.status = 418
	return true
}

const requestIDs = "4C467B38-3910-447D-87BC-%012X"

// write appends the next record.
func (t *publishedTraffic) write(log *bytes.Buffer) {
	t.n++
	p := t.products[t.n%len(t.products)]
	usable := t.usable[p.Name]
	o := usable[t.random.IntN(len(usable))]
	fault := -1
	if t.n%100 < len(t.products) && t.n/100%9 == t.n%100 { // one record of a hundred, of each product in turn
		fault = t.n / 900 % len(plantedFaults)
	}
	failed := t.random.IntN(10) == 0
	if fault >= 0 {
		failed = plantedFaults[fault].failed
	}
	host := p.Operations.Product
	r := t.answer(p, o, failed)
	for range 100 { // until it is one that the fault can be planted in, which some products do not have
		if fault < 0 {
			break
		}
		if plantedFaults[fault].change(p, o, r) {
			t.planted[plantedFaults[fault].clause+" "+p.Name+" "+o.Name]++
			t.kinds[fault]++
			break
		}
		o = usable[t.random.IntN(len(usable))]
		r = t.answer(p, o, failed)
	}
	host = strings.ToLower(host) + ".cn-hangzhou.aliyuncs.com"
	url := "https://" + host + "/?Action=" + o.Name + "&Format=JSON&Version=" + p.Operations.Version
	method := "POST"
	if o.Path != "" {
		url = "https://" + host + strings.NewReplacer("{", "", "}", "", "[", "", "]", "").Replace(o.Path)
		method = o.Methods[0]
	}
	body := r.text
	if body == "" {
		text, _ := json.Marshal(r.body)
		body = string(text)
	}
	line := json.NewEncoder(log)
	line.SetEscapeHTML(false)
	_ = line.Encode(map[string]any{"s": r.status, "t": r.media, "m": method, "u": url, "b": body, "i": fmt.Sprintf(requestIDs, t.n)})
}

// answer makes an answer in order: the published sample, or a row of the table.
func (t *publishedTraffic) answer(p *schemas.Profile, o *schemas.Operation, failed bool) *published {
	id := fmt.Sprintf(requestIDs, t.n)
	r := &published{status: 200, media: "application/json;charset=utf-8", body: map[string]any{}}
	if failed {
		row := schemas.Row{Code: "InternalError", Status: schemas.Exactly(500), Message: "The request processing has failed due to some unknown error."}
		if len(p.Codes) > 0 {
			if one := p.Codes[t.random.IntN(len(p.Codes))]; one.Message != "" { // alidns publishes some without a word
				row = one
			}
		}
		row.Message = strings.ReplaceAll(row.Message, "{ParameterName}", "Size")
		r.status = row.Status.Low
		r.body = map[string]any{"RequestId": id, "HostId": strings.ToLower(p.Operations.Product) + ".cn-hangzhou.aliyuncs.com", "Code": row.Code, "Message": row.Message}
		return r
	}
	if o.Sample != nil {
		d := json.NewDecoder(bytes.NewReader(o.Sample))
		d.UseNumber()
		_ = d.Decode(&r.body)
	}
	r.body["RequestId"] = id
	return r
}
