package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// herd is a product that is called by path.
func herd() *schemas.Profile {
	counted := &schemas.Kind{Name: "object", Members: map[string]*schemas.Kind{"Count": {Name: "number"}}}
	return &schemas.Profile{Name: "herd-2023-05-05", Formats: []schemas.Format{schemas.JSON}, Operations: &schemas.Operations{Product: "Herd", Version: "2023-05-05", List: []schemas.Operation{
		{Name: "ListSheep", Methods: []string{"GET"}, Path: "/sheep", Result: counted},
		{Name: "GetSheep", Methods: []string{"GET"}, Path: "/sheep/{Id}"},
		{Name: "GetSheepRules", Methods: []string{"GET"}, Path: "/sheep/rules"},
		{Name: "DeleteSheep", Methods: []string{"DELETE"}, Path: "/sheep/{Id}"},
		{Name: "ListWool", Methods: []string{"GET"}, Path: "/sheep/{Id}/wool"},
		{Name: "ListShears", Methods: []string{"GET"}, Path: "/sheep/{Id}/wool"},
	}}}
}

func TestTheActionIsFoundByItsPath(t *testing.T) {
	g := newProducts([]*schemas.Profile{herd()})
	for _, c := range []struct{ method, url, version, want string }{
		{"GET", "https://herd.cn-a.example.test/sheep", "2023-05-05", "ListSheep"},
		{"GET", "https://herd.cn-a.example.test/sheep/7?x=y", "2023-05-05", "GetSheep"},
		{"GET", "https://herd.cn-a.example.test/sheep/rules", "2023-05-05", "GetSheepRules"},
		{"DELETE", "https://herd.cn-a.example.test/sheep/7", "2023-05-05", "DeleteSheep"},
		{"", "DELETE /sheep/7 HTTP/1.1", "2023-05-05", "DeleteSheep"},
		{"GET", "https://herd.cn-a.example.test/sheep", "2030-01-01", ""},        // of a version that nobody knows
		{"GET", "https://herd.cn-a.example.test/sheep/7/wool", "2023-05-05", ""}, // of two
		{"POST", "https://herd.cn-a.example.test/sheep", "2023-05-05", ""},
		{"GET", "https://rds.aliyuncs.com/sheep", "2023-05-05", ""}, // the host of another product
	} {
		x := &schemas.Exchange{Request: schemas.Request{Method: c.method, URL: c.url, Header: schemas.Header{{Name: "x-acs-version", Value: c.version}}}}
		input.Complete(x)
		if g.name(x); x.Intent.Action != c.want {
			t.Errorf("%s %s of %s is %q, want %q", c.method, c.url, c.version, x.Intent.Action, c.want)
		}
	}
}

// What is called by path is held against its published result, also in a log that has no more than the URL.
func TestResultsOfWhatIsCalledByPath(t *testing.T) {
	pop, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	line := `{"s":200,"t":"application/json","m":"GET","u":"https://herd.cn-a.example.test/sheep","b":"{\"RequestId\":\"4C467B38-3910-447D-87BC-00000000000%d\",\"Count\":%s}"}` + "\n"
	log := fmt.Sprintf(line, 1, "1") + fmt.Sprintf(line, 2, `\"2\"`) + fmt.Sprintf(line, 3, "3") + fmt.Sprintf(line, 4, `\"4\"`)
	o := Options{Products: []*schemas.Profile{herd()}, Profile: pop, Workers: 1, Map: &input.Map{Status: "s", Body: "b", ContentType: "t", URL: "u", Method: "m"}}
	r := linted(t, o, []byte(log))
	if len(r.Findings) != 1 || r.Findings[0].Clause != "RESULT-1" || r.Findings[0].Count != 2 || r.Findings[0].Places[0].Action != "ListSheep" {
		t.Errorf("found %+v", r.Findings)
	}
	o.Thorough = true
	same(t, "thoroughly", r, linted(t, o, []byte(log)))
}

// What is called by path is judged as one before, however it is written and whichever parameters it has.
func TestWhatIsCalledByPathIsRemembered(t *testing.T) {
	pop, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	urls := []string{
		"https://herd.cn-a.example.test/sheep?a=1&n=%d", `https://herd.cn-a.example.test/sheep?a=1\u0026n=%d`, "https://herd.cn-a.example.test/sheep/%d", "https://herd.cn-a.example.test/sheep/rules",
		"https://herd.cn-a.example.test/sheep/%d/wool", "GET /sheep?n=%d HTTP/1.1", "GET /sheep?n=%d", "sheep?n=%d", "sheep", "/sheep?n=%d",
	}
	for n := range 200 {
		url := strings.ReplaceAll(urls[n%len(urls)], "%d", fmt.Sprint(n))
		count := []string{"1", `\"2\"`}[n/len(urls)%7/6]
		fmt.Fprintf(&log, `{"s":200,"t":"application/json","m":"GET","h":"herd.cn-a.example.test","u":"%s","b":"{\"RequestId\":\"4C467B38-3910-447D-87BC-%012d\",\"Count\":%s}"}`+"\n", url, n, count)
	}
	o := Options{Products: []*schemas.Profile{herd()}, Profile: pop, Workers: 1, Map: &input.Map{Status: "s", Body: "b", ContentType: "t", URL: "u", Method: "m", Host: "h"}}
	r := linted(t, o, []byte(log.String()))
	if r.Judged != 200 || r.Recalled < 170 {
		t.Errorf("%d judged, %d of them as one before", r.Judged, r.Recalled)
	}
	if len(r.Findings) != 1 || r.Findings[0].Clause != "RESULT-1" {
		t.Errorf("found %+v", r.Findings)
	}
	o.Thorough = true
	same(t, "thoroughly", r, linted(t, o, []byte(log.String())))
}
