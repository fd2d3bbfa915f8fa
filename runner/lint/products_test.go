package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/schemas"
)

// Two further products, one of which has an operation called as one of lending is, with other types.
const (
	parcelsText = `{"info": {"style": "RPC", "product": "Parcels", "version": "2021-03-03"}, "apis": {
"ListBooks": {"methods": ["post"], "operationType": "read", "responses": {"200": {"schema": {"type": "object", "properties": {
  "RequestId": {"type": "string"}, "TotalCount": {"type": "string"}}}}},
  "errorCodes": {"404": [{"errorCode": "InvalidShelf.NotFound", "errorMessage": "There is no such shelf."}]}}}}`
	orchardText = `{"info": {"style": "RPC", "product": "Orchard", "version": "2022-04-04"}, "apis": {
"DescribeTrees": {"methods": ["get"], "operationType": "read", "responses": {"200": {"schema": {"type": "object", "properties": {
  "RequestId": {"type": "string"}, "Trees": {"type": "array", "items": {"type": "object", "properties": {"Height": {"type": "integer"}}}}}}}},
  "errorCodes": {"403": [{"errorCode": "Forbidden.Fence", "errorMessage": "The fence is shut."}]}}}}`
)

// productsOf loads the profiles of the example of published metadata and of the two others, as every command does.
func productsOf(t *testing.T) []*schemas.Profile {
	t.Helper()
	lending, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "examples", "lending.metadata.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []*schemas.Profile
	for _, text := range []string{string(lending), parcelsText, orchardText} {
		p, err := metadata.Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, loadedProduct(t, p))
	}
	return all
}

// loadedProduct writes what was made of metadata into a folder, and loads it as every command does.
func loadedProduct(t *testing.T, p *metadata.Product) *schemas.Profile {
	t.Helper()
	list, err := p.List()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string][]byte{p.OperationsFile(): list, "p.yaml": p.Profile(fixtures.Observed)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := fixtures.LoadProfile(filepath.Join(dir, "p.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// call is an answer to a call of a product; %s in its body stands for the request id.
type call struct {
	host, version, action string
	status                int
	body                  string
	by, want              string // the profile that has to judge it, and what it has to find
}

const (
	lendingName, parcelsName, orchardName = "lending-2020-02-02", "parcels-2021-03-03", "orchard-2022-04-04"

	numbered = `{"RequestId":"%s","TotalCount":2}`
	worded   = `{"RequestId":"%s","TotalCount":"2"}`
	trees    = `{"RequestId":"%s","Trees":[{"Height":3}]}`
	private  = "api.internal" // one host of a private cloud for all products
)

// goodCalls are answers in order, whichever product they are of.
var goodCalls = []call{
	{"lending.cn-hangzhou.aliyuncs.com", "2020-02-02", "ListBooks", 200, numbered, lendingName, ""},
	{"parcels-vpc.aliyuncs.com", "2021-03-03", "ListBooks", 200, worded, parcelsName, ""},
	{"parcels.example.com", "", "ListBooks", 200, worded, parcelsName, ""},
	{private, "2020-02-02", "ListBooks", 200, numbered, lendingName, ""},
	{private, "2021-03-03", "ListBooks", 200, worded, parcelsName, ""},
	{private, "2022-04-04", "DescribeTrees", 200, trees, orchardName, ""},
	{"orchard.aliyuncs.com", "2022-04-04", "NewerThanTheList", 200, trees, orchardName, ""},
	{private, "2022-04-04", "ListBooks", 200, worded, "pop", ""},            // no operation of that version
	{private, "", "ListBooks", 200, worded, "pop", ""},                      // of lending, or of parcels
	{private, "2030-01-01", "ListBooks", 200, worded, "pop", ""},            // a version that nobody knows
	{"rds.aliyuncs.com", "2020-02-02", "ListBooks", 200, worded, "pop", ""}, // the host of another product
	{"orchard.aliyuncs.com", "2022-04-04", "DescribeTrees", 403, `{"RequestId":"%s","HostId":"orchard.aliyuncs.com","Code":"Forbidden.Fence","Message":"The fence is shut."}`, orchardName, ""},
	{"parcels.aliyuncs.com", "2021-03-03", "ListBooks", 404, `{"RequestId":"%s","HostId":"parcels.aliyuncs.com","Code":"InvalidShelf.NotFound","Message":"There is no such shelf."}`, parcelsName, ""},
}

// badCalls are answers with one fault each.
var badCalls = []call{
	{"lending.aliyuncs.com", "2020-02-02", "ListBooks", 200, worded, lendingName, "RESULT-1"},
	{private, "2021-03-03", "ListBooks", 200, numbered, parcelsName, "RESULT-1"},
	{private, "2022-04-04", "DescribeTrees", 200, `{"RequestId":"%s","Trees":{"Height":3}}`, orchardName, "RESULT-1"},
	{"lending.aliyuncs.com", "2020-02-02", "DescribeRegions", 200, `{"RequestId":"%s","Regions":{"Region":[{"Open":"yes"}]}}`, lendingName, "RESULT-1"},
	{"orchard.aliyuncs.com", "2022-04-04", "DescribeTrees", 404, `{"RequestId":"%s","HostId":"orchard.aliyuncs.com","Code":"Forbidden.Fence","Message":"The fence is shut."}`, orchardName, "STATUS-3"},
	{"parcels.aliyuncs.com", "2021-03-03", "ListBooks", 404, `{"HostId":"parcels.aliyuncs.com","Code":"InvalidShelf.NotFound","Message":"There is no such shelf."}`, parcelsName, "ERROR-1"},
}

// logOf writes calls, often each and in turn, so that most are judged as one before.
func logOf(t *testing.T, calls []call, times int, requestID *int) []byte {
	t.Helper()
	var log bytes.Buffer
	lines := json.NewEncoder(&log)
	lines.SetEscapeHTML(false) // gateways write & as it is
	for range times {
		for _, c := range calls {
			*requestID++
			body := strings.Replace(c.body, "%s", fmt.Sprintf("4C467B38-3910-447D-87BC-%012d", *requestID), 1)
			url := "https://" + c.host + "/?Action=" + c.action + "&Format=JSON"
			if c.version != "" {
				url += "&Version=" + c.version
			}
			if err := lines.Encode(map[string]any{"s": c.status, "t": "application/json;charset=utf-8", "b": body, "u": url}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return log.Bytes()
}

// Every answer is judged by the product that it is of, every planted fault is found by product and operation, and nothing
// else is.
func TestProductsTogether(t *testing.T) {
	pop, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Products: productsOf(t), Profile: pop, Workers: 1, Map: &input.Map{Status: "s", Body: "b", ContentType: "t", URL: "u"}}
	id := 0
	log := slices.Concat(logOf(t, goodCalls, 30, &id), logOf(t, badCalls, 2, &id), logOf(t, goodCalls, 30, &id))
	r := linted(t, o, log)
	if anew := r.Judged - r.Recalled; anew > int64(len(goodCalls)+len(badCalls)) {
		t.Errorf("%d of %d were judged anew, want one of each call at most: results with published types are remembered by their kinds", anew, r.Judged)
	}

	wanted, found := map[string]int64{}, map[string]int64{}
	for _, c := range badCalls {
		wanted[c.want+" "+c.by+" "+c.action] += 2
	}
	for _, f := range r.Findings {
		for _, p := range f.Places {
			found[f.Clause+" "+p.Profile+" "+p.Action] += p.Count
		}
	}
	compare(t, "findings", found, wanted)

	judged, places := map[string]int64{}, map[string]int64{}
	for _, c := range goodCalls {
		judged[c.host+" "+c.action+" "+c.by] += 60
	}
	for _, c := range badCalls {
		judged[c.host+" "+c.action+" "+c.by] += 2
	}
	for _, p := range r.Places {
		places[p.Host+" "+p.Action+" "+p.Profile] += p.Records
	}
	compare(t, "places", places, judged)

	o.Workers = 3
	same(t, "by three workers", r, linted(t, o, log))
	o.Thorough = true
	same(t, "thoroughly", r, linted(t, o, log))
	var text bytes.Buffer
	if err := (Text{Clauses: fixtures.Clauses()}).Write(&text, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"host", "action", "profile", "at api.internal ListBooks (" + parcelsName + "): 2\n",
		"judged, each by the product that it belongs to, of 3 profiles, and others by pop\n",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text has no %q:\n%s", want, text.String())
		}
	}
}

func compare(t *testing.T, what string, got, want map[string]int64) {
	t.Helper()
	for k, n := range want {
		if got[k] != n {
			t.Errorf("%s: %s: %d, want %d", what, k, got[k], n)
		}
	}
	for k, n := range got {
		if want[k] == 0 {
			t.Errorf("%s: %s: %d, want none", what, k, n)
		}
	}
}
