package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// ownProfile is a profile file that differs from the one it extends in what more says.
func ownProfile(base string, more ...tree) func() tree {
	return func() tree {
		return merged(append([]tree{{"name": "own", "title": "Own", "source": "its document", "extends": base}}, more...)...)
	}
}

// profileBrief loads a profile file, with a target file that leaves to it what it can.
func profileBrief(t *testing.T, doc tree) suites.Brief {
	t.Helper()
	p, err := fixtures.LoadProfile(treeFile(t, "own.yaml", doc))
	if err != nil {
		t.Fatal(err)
	}
	target, err := targetfile.Load(treeFile(t, "target.yaml", tree{
		"url": "http://127.0.0.1:8080/", "credentials": tree{"default": key("one"), "inactive": key("two")},
	}), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	target.Style = p.Styles[0]
	return suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}
}

func profileSends(prefix string) func(*testing.T, tree) string {
	return func(t *testing.T, doc tree) string { return requestsOf(profileBrief(t, doc), prefix) }
}

func profileJudges(prefix string, answer schemas.Response) func(*testing.T, tree) string {
	return func(t *testing.T, doc tree) string { return verdictOf(t, profileBrief(t, doc), prefix, answer) }
}

// profileSays shows what conform explain says of a code.
func profileSays(code string) func(*testing.T, tree) string {
	return func(t *testing.T, doc tree) string {
		var out bytes.Buffer
		c := explainCommand{Word: code, Profile: []string{treeFile(t, "own.yaml", doc)}}
		if err := c.Run(&env{out: &out, err: &out}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
}

// profileLabels shows by which words the cases can be chosen.
func profileLabels(t *testing.T, doc tree) string {
	return lines(suites.Plan(profileBrief(t, doc))[0].Labels())
}

// dataInErrors shows what is found of errors with a structured member that the successes of the call carry too.
func dataInErrors(t *testing.T, doc tree) string {
	extra := func(r schemas.Response) schemas.Response {
		r.Body = bytes.Replace(r.Body, []byte("</RequestId>"), []byte("</RequestId><Extra><A>1</A></Extra>"), 1)
		return r
	}
	return verdictsOf(t, profileBrief(t, doc), []string{"sound-request", "version-missing"},
		[]schemas.Response{extra(xmlServed("ListKeysResponse")), extra(xmlRefused(400, "MissingParameter", "No."))})
}

// operationsFile writes a list of one operation.
func operationsFile(t *testing.T, name string) string {
	path := filepath.Join(t.TempDir(), "operations.json")
	if err := os.WriteFile(path, []byte(`{"product": "P", "version": "1", "operations": [{"name": "`+name+`"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// profileOperations shows which operations a profile lists.
func profileOperations(t *testing.T, doc tree) string {
	p := profileBrief(t, doc).Profile
	if p.Operations == nil {
		return "none"
	}
	return p.Operations.List[0].Name
}

func TestEveryKeyOfAProfileIsUsed(t *testing.T) {
	members := func(names ...any) tree { return tree{"envelope": tree{"mandatory": names}} }
	row := func(more tree) tree {
		return tree{"codes": []any{merged(tree{"code": "Own.Row", "status": 400, "message": "It is so."}, more)}}
	}
	answers := tree{"answers": []any{"missing-version"}}
	drop := func(more tree) func() tree {
		return ownProfile("ecs", tree{"drops": []any{merged(tree{"code": "MissingParameter"}, more)}})
	}
	condition := func(list string, more ...tree) func() tree {
		return ownProfile("ecs", append([]tree{{list: []any{"unknown-region"}}}, more...)...)
	}
	seen := tree{"request": tree{"action": "A", "version": "1"}, "observed": []any{tree{"code": "Seen.Row", "status": 400, "message": "It is so.", "answers": []any{"missing-version"}}}}
	servedXML := xmlServed("DescribeRegionsResponse")
	missing := func(name string) string {
		return "The input parameter “" + name + "” that is mandatory for processing this request is not supplied"
	}
	own, other := xmlRefused(400, "Own.Row", "It is so."), xmlRefused(400, "Other", "No.")
	further := xmlRefused(400, "MissingParameter", missing("Version")+"</Message><HttpStatus>four</HttpStatus><Line>5</Line><Message>")
	further.Body = bytes.Replace(further.Body, []byte("<Message></Message>"), nil, 1)
	checkEveryKey(t, file.Profile, []keyed{
		{"name", ownProfile("ecs"), []any{"own", "other"}, profileLabels},
		{"title", ownProfile("ecs"), []any{"Own", "Other"}, profileSays("MissingParameter")},
		{"extends", ownProfile("ecs"), []any{"ecs", "ess", "gateway"}, profileJudges("version-missing", other)},
		{"source", ownProfile("ecs"), []any{"one", "two"}, profileSays("MissingParameter")},
		{"like", ownProfile("ecs"), []any{"ecs", "ess", "kms"}, profileJudges("version-missing", other)},
		{"clauses.0", ownProfile("ecs", tree{"clauses": []any{"FORMAT-6"}}), []any{"FORMAT-7", "BODY-2"}, profileJudges("version-missing", other)},
		{"formats.0", ownProfile("kms", tree{"formats": []any{"XML"}, "silent": []any{"format-xml"}}), []any{"XML", "JSON"}, profileSends("sound-request")},
		{"default_format", ownProfile("ecs"), []any{"XML", "JSON"}, profileJudges("sound-request-without-format", xmlServed("DescribeRegionsResponse"))},
		{"envelope.error_root", ownProfile("ecs"), []any{"Error", "Fault"}, profileJudges("version-missing", other)},
		{"envelope.success_root", ownProfile("ecs"), []any{"{Action}Response", "{Action}Result", "Result"}, profileJudges("sound-request", xmlServed("DescribeRegionsResult"))},
		{"envelope.tolerated_success_root", ownProfile("ecs"), []any{left, "Result"}, profileJudges("sound-request", xmlServed("Result"))},
		{"envelope.mandatory.3", ownProfile("ecs", members("RequestId", "Code", "Message", "HostId")), []any{"HostId", "Service"}, profileJudges("version-missing", other)},
		{"envelope.recommended.0", ownProfile("ecs", tree{"envelope": tree{"recommended": []any{"One"}}}), []any{"One", "Two"}, profileJudges("version-missing", other)},
		{"envelope.numeric.0", ownProfile("ecs", tree{"envelope": tree{"mandatory": []any{"RequestId", "Code", "Message", "HttpStatus", "Line"}, "numeric": []any{"Line"}}}), []any{"HttpStatus", "Line"}, profileJudges("version-missing", further)},
		{"envelope.known.0", ownProfile("kms", tree{"envelope": tree{"known": []any{"Extra"}, "error_root": "Error"}}), []any{"Extra", "Other"}, dataInErrors},
		{"window", ownProfile("gateway"), []any{"5m", "15m"}, profileSends("timestamp")},
		{"styles.0", ownProfile("ecs", tree{"styles": []any{"rpc"}}), []any{"rpc", "acs3"}, profileSends("sound-request")},
		{"methods.0", ownProfile("ecs", tree{"methods": []any{"GET"}}), []any{"GET", "POST"}, profileSends("sound-request")},
		{"request.action", ownProfile("ecs", tree{"request": tree{"action": "A", "version": "1"}}), []any{"One", "Two"}, profileSends("sound-request")},
		{"request.version", ownProfile("ecs", tree{"request": tree{"action": "A", "version": "1"}}), []any{"1", "2"}, profileSends("sound-request")},
		{"request.params.Name", ownProfile("ecs", tree{"request": tree{"action": "A", "version": "1"}}), []any{left, "one", "two"}, profileSends("sound-request")},
		{"drops.0.code", drop(nil), []any{"MissingParameter", "UnknownError"}, profileJudges("version-missing", other)},
		{"drops.0.status", drop(nil), []any{left, 400, 403}, profileJudges("version-unknown", other)},
		{"drops.0.message", drop(tree{"status": 400}), []any{left, missing("Action"), missing("Version")}, profileJudges("version-unknown", other)},
		{"codes.0.code", ownProfile("ecs", row(nil)), []any{"Own.Row", "Own.Other"}, profileJudges("version-missing", own)},
		{"codes.0.status", ownProfile("ecs", row(answers)), []any{400, 403, "4xx"}, profileJudges("version-missing", own)},
		{"codes.0.was", ownProfile("ecs", tree{"codes": []any{tree{"code": "UnknownError", "status": 500, "message": "No."}}}), []any{left, 400}, profileJudges("version-missing", other)},
		{"codes.0.message", ownProfile("ecs", row(answers)), []any{"It is so.", "It is not."}, profileJudges("version-missing", own)},
		{"codes.0.tolerated", ownProfile("ecs", row(merged(answers, tree{"status": 403}))), []any{left, 400}, profileJudges("version-missing", own)},
		{"codes.0.also.0", ownProfile("ecs", row(merged(answers, tree{"message": "No.", "also": []any{"x"}}))), []any{"It is so.", "It is not."}, profileJudges("version-missing", own)},
		{"codes.0.any_text", ownProfile("ecs", row(merged(answers, tree{"message": "No."}))), []any{left, true}, profileJudges("version-missing", own)},
		{"codes.0.answers.0", ownProfile("ecs", row(answers)), []any{"missing-version", "missing-action"}, profileJudges("version-missing", own)},
		{"codes.0.note", ownProfile("ecs", row(nil)), []any{left, "one", "two"}, profileSays("Own.Row")},
		{"codes.0.published", ownProfile("ecs", row(nil)), []any{left, "Own.%s It is so."}, profileSays("Own.Row")},
		{"observed.0.code", ownProfile("pop", seen), []any{"Seen.Row", "Seen.Other"}, profileJudges("version-missing", servedXML)},
		{"observed.0.status", ownProfile("pop", seen), []any{400, 404}, profileJudges("version-missing", servedXML)},
		{"observed.0.message", ownProfile("pop", seen), []any{"It is so.", "It is not."}, profileSays("missing-version")},
		{"observed.0.answers.0", ownProfile("pop", seen), []any{"missing-version", "missing-action"}, profileJudges("version-missing", servedXML)},
		{"request.method", ownProfile("ecs", tree{"request": tree{"action": "A", "version": "1"}}), []any{left, "POST"}, profileSends("sound-request")},
		{"request.path", ownProfile("gateway", tree{"styles": []any{"roa"}, "request": tree{"action": "A", "version": "1"}}), []any{"/one", "/two"}, profileSends("sound-request")},
		{"operations", ownProfile("pop"), []any{left, operationsFile(t, "One"), operationsFile(t, "Two")}, profileOperations},
		{"tolerates.missing-version.0", ownProfile("ecs", tree{"tolerates": tree{"missing-version": []any{"x"}}}), []any{"Other", "Another"}, profileJudges("version-missing", other)},
		{"silent.0", condition("silent"), []any{"unknown-region", "missing-version"}, profileJudges("version-missing", other)},
		{"serves.0", condition("serves"), []any{"unknown-region", "missing-version"}, profileJudges("version-missing", other)},
		{"ignores.0", condition("ignores"), []any{"unknown-region", "missing-version"}, profileJudges("version-missing", other)},
		{"inapplicable.0", condition("inapplicable"), []any{"unknown-region", "stale-timestamp"}, profileSends("timestamp-")},
		{"aliases.Other", ownProfile("ecs"), []any{left, "MissingParameter", "UnknownError"}, profileJudges("version-missing", other)},
	})
}
