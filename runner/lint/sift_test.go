package lint

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// What is left out does not depend on what was seen before, in whatever order and however often it comes.
func TestCapturedTrafficOftenAndThoroughly(t *testing.T) {
	folder := filepath.Join("..", "..", "fixtures", "captures", "traffic")
	text, err := os.ReadFile(filepath.Join(folder, "expected.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var c struct{ File, Profile, Map string }
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(c.File, ".har") {
			continue
		}
		log, err := os.ReadFile(filepath.Join(folder, c.File))
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Workers: 1}
		if c.Map != "" {
			if o.Map, err = input.LoadMap(filepath.Join(folder, c.Map)); err != nil {
				t.Fatal(err)
			}
		}
		if o.Profile, err = fixtures.Profile(c.Profile); err != nil {
			t.Fatal(err)
		}
		log = bytes.Repeat(log, 20)
		quick := linted(t, o, log)
		o.Thorough = true
		same(t, c.File, quick, linted(t, o, log))
	}
}

// The same of exchanges of our own schema, which carry their requests.
func TestExchangesThatAreNoCalls(t *testing.T) {
	const id = "4C467B38-3910-447D-87BC-AC049166F216"
	exchange := func(method, url, sent string, status int, contentType, body string) string {
		x := schemas.Exchange{
			Request:  schemas.Request{Method: method, URL: url, Body: schemas.Body(sent)},
			Response: &schemas.Response{Status: status, Body: schemas.Body(body), Header: schemas.Header{{Name: "Content-Type", Value: contentType}}},
		}
		line, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		return string(line) + "\n"
	}
	const good, json = `{"RequestId":"` + id + `"}`, "application/json;charset=utf-8"
	const call = "https://ecs.example.net/?Action=DescribeRegions"
	lines := strings.Repeat(strings.Join([]string{
		exchange("GET", call, "", 200, json, good),
		exchange("HEAD", call, "", 200, json, good),
		exchange("OPTIONS", call, "", 200, json, good),
		exchange("GET", call, "", 499, json, `{"Code":"X","Message":"m","RequestId":"`+id+`"}`),
		exchange("GET", "https://ecs.example.net/healthz", "", 200, "text/plain", "OK"),
		exchange("POST", "https://ecs.example.net/", "Action=DescribeRegions&Format=XML", 200, json, good),
		exchange("POST", "https://ecs.example.net/", "a=b", 200, "text/plain", "OK"),
	}, ""), 50)
	o := Options{Profile: ecs(t), Workers: 1}
	r := linted(t, o, []byte(lines))
	left := map[schemas.OmittedWhy]int64{}
	for _, one := range r.Omitted {
		left[one.Why] += one.Count
	}
	if r.Judged != 100 || left[schemas.OmittedUnanswered] != 150 || left[schemas.OmittedOther] != 100 || r.NotJudged != 250 {
		t.Errorf("%d judged, %d not, left out %v", r.Judged, r.NotJudged, left)
	}
	if got := clausesOf(r); len(got) != 2 || got[0] != "FORMAT-3 50" || got[1] != "REQUESTID-2 99" {
		t.Errorf("found %q", got)
	}
	o.Thorough = true
	same(t, "thoroughly", r, linted(t, o, []byte(lines)))
}

// However many hosts other traffic is of, the result is bounded, counts each record and does not depend on the workers.
func TestOtherTrafficIsBounded(t *testing.T) {
	var log bytes.Buffer
	const hosts = maxOmissions + 500
	for n := range hosts {
		host := strings.Repeat("h", 300) + string(rune('a'+n%26))
		if n%3 > 0 {
			host = "host-" + string(rune('a'+n/676%26)) + string(rune('a'+n/26%26)) + string(rune('a'+n%26))
		}
		line, err := json.Marshal(map[string]any{"s": 200, "t": "text/x" + string(rune('a'+n%7)), "b": "hello", "h": host, "u": "/x"})
		if err != nil {
			t.Fatal(err)
		}
		log.Write(append(line, '\n'))
	}
	o := Options{Profile: ecs(t), Map: &input.Map{Status: "s", Body: "b", ContentType: "t", Host: "h", URL: "u"}, Workers: 1}
	r := linted(t, o, log.Bytes())
	total := r.MoreKinds
	for _, one := range r.Omitted {
		total += one.Count
		if len(one.Host) > 400 {
			t.Fatalf("a host of %d bytes was kept", len(one.Host))
		}
	}
	if total != hosts || len(r.Omitted) != maxListed {
		t.Errorf("%d of %d records are counted, in %d lines", total, hosts, len(r.Omitted))
	}
	o.Workers = 4
	same(t, "by four workers", r, linted(t, o, log.Bytes()))
}
