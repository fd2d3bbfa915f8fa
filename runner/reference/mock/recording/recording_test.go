package recording_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/runner/reference/mock/recording"
	"github.com/acsconform/acsconform/schemas"
)

func profile(t testing.TB, name string) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// answered is an exchange with a service, as a proxy sees it.
func answered(query string, status int, body string) *schemas.Exchange {
	return &schemas.Exchange{
		Request:  schemas.Request{Method: "GET", URL: "/?Version=2014-05-26&AccessKeyId=" + "LTAI" + "5tExampleExample&Signature=c2lnbmF0dXJlLW9mLW9uZQ%3D%3D&SignatureNonce=n1&Timestamp=2026-01-01T00%3A00%3A00Z&" + query, Header: schemas.Header{{Name: "Host", Value: "ecs.aliyuncs.com"}}},
		Response: &schemas.Response{Status: status, Body: []byte(body)},
	}
}

// written records exchanges with ecs, and returns the file and the line that says what is in it.
func written(t testing.TB, xs ...*schemas.Exchange) (path, line string) {
	t.Helper()
	r := recording.New(false)
	take := r.From(profile(t, "ecs"))
	for _, x := range xs {
		take(x)
	}
	path = filepath.Join(t.TempDir(), "recorded.yaml")
	line, err := r.Write(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, line
}

// served asks a mock that answers by a recording alone.
func served(t testing.TB, path string, queries ...string) (answers []string, logged string) {
	t.Helper()
	m := mock.New([]*schemas.Profile{profile(t, "ecs")}, func(line string) { logged += line + "\n" }, mock.AnyKey())
	if _, err := m.Replay(path); err != nil {
		t.Fatal(err)
	}
	for i, query := range queries {
		w := httptest.NewRecorder()
		target := "/?Format=JSON&Version=2014-05-26&AccessKeyId=mine&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&Signature=bWluZQ%3D%3D&SignatureNonce=" + string(rune('a'+i)) + "&Timestamp=" + now() + "&" + query
		m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+target, nil))
		var object map[string]any
		d := json.NewDecoder(w.Body)
		d.UseNumber()
		if err := d.Decode(&object); err != nil {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		delete(object, "RequestId")
		delete(object, "HostId")
		text, _ := json.Marshal(object)
		answers = append(answers, http.StatusText(w.Code)+" "+string(text))
	}
	return answers, logged
}

func TestWhatWasAnsweredIsAnsweredAgain(t *testing.T) {
	path, line := written(t,
		answered("Action=DescribeInstances&RegionId=cn-a&Format=JSON", 200, `{"RequestId":"1","TotalCount":1,"Big":9007199254740993,"Instances":{"Instance":[{"InstanceId":"i-1","Note":"yes: \"010\" <&> é","from":null,"Spot":false}]}}`),
		answered("Action=DescribeInstances&RegionId=cn-a&Format=JSON", 200, `{"RequestId":"2","TotalCount":0}`),
		answered("Action=DescribeInstances&RegionId=cn-a&Format=JSON", 200, `{"RequestId":"3","TotalCount":0}`),
		answered("Action=DescribeDisks&DiskId=d-1", 404, `{"RequestId":"4","Code":"InvalidDisk.NotFound","Message":"There is no disk d-1.","HostId":"x"}`),
		answered("Action=DescribeTags", 200, `{"from":"Tag"}`),
		answered("Action=DescribeTags&Key=1", 429, `{"Code":"Throttling","Message":"slower"}`),
		answered("Action=DescribeZones", 400, `{"Code":"SignatureNonceUsed","Message":"again"}`),
		answered("Action=DescribeZones", 200, `<DescribeZonesResponse>`),
		answered("NoAction=1", 200, `{}`),
		&schemas.Exchange{Request: schemas.Request{Method: "GET", URL: "/?Action=DescribeZones"}},
	)
	for _, want := range []string{"6 answers to 4 calls", "1 answer not recorded, since they refuse a key", "1 answer not recorded, since they are neither a JSON object nor sound XML", "1 answer not recorded, since they are to no operation", "1 answer not recorded, since they have no complete answer"} {
		if !strings.Contains(line, want) {
			t.Errorf("the recording lacks %q: %s", want, line)
		}
	}
	got, logged := served(t, path,
		"Action=DescribeInstances&RegionId=cn-a", "RegionId=cn-a&Action=DescribeInstances", "Action=DescribeInstances&RegionId=cn-a",
		"Action=DescribeDisks&DiskId=d-1", "Action=DescribeTags", "Action=DescribeTags&Key=1",
		"Action=DescribeInstances&RegionId=cn-b", "Action=DescribeDisks", "Action=RunInstances", "Action=DescribeDisk",
	)
	want := []string{
		`OK {"Big":9007199254740993,"Instances":{"Instance":[{"InstanceId":"i-1","Note":"yes: \"010\" \u003c\u0026\u003e é","Spot":false,"from":null}]},"TotalCount":1}`,
		`OK {"TotalCount":0}`, `OK {"TotalCount":0}`,
		`Not Found {"Code":"InvalidDisk.NotFound","Message":"There is no disk d-1."}`, `OK {"from":"Tag"}`, `Too Many Requests {"Code":"Throttling","Message":"slower"}`,
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("call %d: got %s\nwant %s", i+1, got[i], want[i])
		}
	}
	for i, near := range map[int]string{
		6: `where RegionId is \"cn-a\" and now is \"cn-b\"`, 7: `where DiskId is \"d-1\" and now is missing`, 8: `no call of this operation was recorded`,
	} {
		if !strings.HasPrefix(got[i], "Not Found ") || !strings.Contains(got[i], `"Code":"NotRecorded"`) || !strings.Contains(got[i], near) {
			t.Errorf("call %d: got %s\nwant %s", i+1, got[i], near)
		}
	}
	if !strings.Contains(got[9], "InvalidAction") || !strings.Contains(logged, "recorded.yaml:") {
		t.Errorf("an operation that nobody knows: %s\nlogged %s", got[9], logged)
	}
}

// Secrets are found by their names, by their shapes, and by what the request carries. Each is in the exchange and not in the
// file, in no encoding.
func TestARecordingHoldsNoSecret(t *testing.T) {
	const (
		password, key, token = "a-password-of-one-8", "aB3dE6gH9jK2" + "mN5pQ8sT1vW4yZ7bC0", "CAIS" + "zgJ1q6Ft5B2yfSjIr5ExampleOfOneToken"
		coded                = "hunter2hunter2"
		plaintext, id        = "dGhlIHNlY3JldCBpbiBiYXNlNjQ9", "LTAI" + "5tExampleExample"
	)
	list := []*schemas.Exchange{
		answered("Action=CreateAccessKey&UserName=ada", 200, `{"AccessKey":{"AccessKeyId":"`+id+`","AccessKeySecret":"`+key+`","Status":"Active"}}`),
		answered("Action=DescribeText&Text=1", 200, `{"Text":"the key is `+key+` by `+id+`","List":["`+token+`"],"Count":7}`),
		answered("Action=ResetPassword&Password="+password+"&InstanceId=i-1", 200, `{"Echo":"set to `+password+`"}`),
		answered("Action=AssumeRole&RoleName=r&SecurityToken="+token, 400, `{"Code":"NoPermission","Message":"the token `+token+` may not"}`),
		answered("Action=Decrypt&CiphertextBlob=x", 200, `{"Plaintext":"`+plaintext+`","Credentials":{"Secrets":[{"Name":"`+plaintext+`"}],"N":5}}`),
		answered("Action=Repeat&Password="+password+"&Note="+password, 200, `{}`),
		answered("Action=DescribeKey&Key="+key, 200, `{"`+token+`":1}`),
		answered("Action=RefuseCode", 400, `{"Code":"SecurityToken=`+coded+`","Message":"the AccessKeySecret: `+coded+` is wrong"}`),
		answered("Action=CreateStack&Parameters.1.Key=DBPassword&Parameters.1.Value="+coded+"&Parameters.2.Key=Size&Parameters.2.Value=large", 200, `{"Tag":[{"TagKey":"Pwd","TagValue":"s3same!"}]}`),
	}
	path, line := written(t, list...)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file can be read by others: %v (%v)", info.Mode(), err)
	}
	for _, secret := range []string{password, key, token, plaintext, id, coded, "s3same!", "c2lnbmF0dXJlLW9mLW9uZQ=="} {
		if ways := leaktest.Find(string(text), secret); len(ways) > 0 {
			t.Errorf("%s is in the recording (%s):\n%s", secret, ways, text)
		}
		if len(leaktest.Find(string(text)+secret, secret)) == 0 {
			t.Error("a secret that was planted is not found")
		}
	}
	if !strings.Contains(line, "8 answers to 8 calls; 1 answer not recorded, since a parameter repeats a secret") {
		t.Error(line)
	}
	got, _ := served(t, path, "Action=CreateAccessKey&UserName=ada", "Action=ResetPassword&InstanceId=i-1&Password=another-one-9", "Action=DescribeText&Text=1", "Action=Decrypt&CiphertextBlob=x")
	want := []string{
		`OK {"AccessKey":{"AccessKeyId":"***","AccessKeySecret":"***","Status":"Active"}}`, `OK {"Echo":"set to ***"}`,
		`OK {"Count":7,"List":["***"],"Text":"the key is *** by ***"}`, `OK {"Credentials":{"N":0,"Secrets":[{"Name":"***"}]},"Plaintext":"***"}`,
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("call %d: got %s\nwant %s", i+1, got[i], want[i])
		}
	}
}

func TestARecordingIsBounded(t *testing.T) {
	large := `{"Text":"` + strings.Repeat("x", 1100<<10) + `"}`
	path, line := written(t, answered("Action=A&N=1", 200, large), answered("Action=A&N=2", 200, large), answered("Action=B", 200, `{}`))
	if !strings.Contains(line, "2 answers to 2 calls; 1 answer not recorded, since the recording is full") {
		t.Error(line)
	}
	if got, _ := served(t, path, "Action=B"); got[0] != "OK {}" {
		t.Error(got)
	}
	deep := strings.Repeat(`{"A":`, 40) + "1" + strings.Repeat("}", 40)
	if _, line := written(t, answered("Action=A", 200, deep)); !strings.Contains(line, "since they do not fit a file of answers") {
		t.Error(line)
	}
}

func TestABadRecording(t *testing.T) {
	m := mock.New([]*schemas.Profile{profile(t, "ecs")}, func(string) {})
	path := filepath.Join(t.TempDir(), "recorded.yaml")
	if _, err := m.Replay(path); err == nil || !strings.Contains(err.Error(), "want a file that --record wrote") {
		t.Errorf("got %v", err)
	}
	for text, want := range map[string]string{
		"answers:\n- {operation: A, replies: [{status: 200}]}": "recorded.yaml:2:37: answers[0].replies[0].status: got 200, want at least 400",
		"answers:\n- {operation: A, replies: [{status: 404}]}": "recorded.yaml:2:28: answers[0].replies[0]: has a status or a message without an error (name the error too, or leave them out)",
		"answers:\n- {operation: A}":                           `missing key "replies"`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Replay(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot %v\nwant %s", text, err, want)
		}
	}
}

func now() string { return url.QueryEscape(time.Now().UTC().Format("2006-01-02T15:04:05Z")) }
