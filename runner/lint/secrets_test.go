package lint

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/lint/input"
)

// secretRecords have a text in every part of a record that a result tells of.
func secretRecords(t *testing.T, text string) []byte {
	t.Helper()
	const id, media = "A40C7D12-6B1F-4D3E-9E55-000000000001", "application/json;charset=utf-8"
	answer := func(id, code, message string) string {
		body, err := json.Marshal(map[string]any{"RequestId": id, "Code": code, "Message": message, "Success": false})
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	type record map[string]any
	call := func(status int, body, media string, more record) record {
		r := record{"status": status, "type": media, "body": body, "host": "h", "action": "A"}
		for name, value := range more {
			r[name] = value
		}
		return r
	}
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	for _, r := range []record{
		call(400, answer(id, "InvalidParameter", text), media, nil),
		call(200, answer(id, text, "m"), media, nil),
		call(400, answer(text, "InvalidParameter", "m"), media, nil),
		call(500, text, "text/plain", nil),
		call(500, "<html><title>"+text+"</title></html>", "text/html", nil),
		call(400, answer(id, "InvalidParameter", "m"), text, nil),
		call(302, "", "", record{"host": text}),
		call(302, "", "", record{"action": text}),
		call(302, "", "", record{"host": "www.example.com/?" + text, "action": ""}),
		{"status": 302, "type": "", "body": "", "method": "GET", "url": "/?Action=A&" + text},
		{"status": 200, "type": text, "body": "hello", "host": text, "method": "GET", "url": "/a.txt"},
	} {
		if err := lines.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	out.WriteString(`{"status": 1000 ` + text + "}\n")
	return out.Bytes()
}

// A secret that nobody knows beforehand is nowhere in a result, wherever a record has it under its name. Every format is written
// from the result alone.
func TestNoPlacementGetsIntoAResult(t *testing.T) {
	const secret = "hunter2hunter2hunter2"
	profile, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Profile: profile, Map: &input.Map{Status: "status", Body: "body", ContentType: "type", Host: "host", Action: "action", Method: "method", URL: "url"}}
	for name, text := range leaktest.Placements {
		r := linted(t, o, secretRecords(t, strings.ReplaceAll(text, leaktest.Placeholder, secret)))
		told, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Findings) < 3 || len(r.Places) == 0 || r.First == nil {
			t.Fatalf("%s: the result tells of too little: %s", name, told)
		}
		if way := leaktest.Recover(string(told), secret); way != "" {
			t.Errorf("%s: it is told (%s): %s", name, way, told)
		}
	}
}

// What a log has of hosts and actions is told as it is, without user and password.
func TestHostsAndActionsWithoutSecrets(t *testing.T) {
	profile, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Profile: profile, Map: &input.Map{Status: "s", Body: "b", ContentType: "t", Host: "h", Action: "a"}}
	for host, want := range map[string]string{
		"ecs.example.com": "ecs.example.com", "127.0.0.1:8080": "127.0.0.1", "[::1]:8080": "::1", "me:Password1@h:80": "***@h:80", "me@h": "***@h",
		"h?AccessKeySecret=sEcReTsEcReT": "h?AccessKeySecret=***",
	} {
		line, err := json.Marshal(map[string]any{"s": 302, "b": "", "t": "", "h": host, "a": host})
		if err != nil {
			t.Fatal(err)
		}
		r := linted(t, o, append(line, '\n'))
		if len(r.Places) != 1 || r.Places[0].Host != want {
			t.Errorf("%s is told as %+v", host, r.Places)
		}
	}
}
