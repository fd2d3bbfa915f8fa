package mock_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/newprofile"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

const lendingVersion = "2020-02-02"

func library(t testing.TB) (*mock.Mock, *lines) {
	log := &lines{}
	return mock.New([]*schemas.Profile{builtIn(t, "ecs"), product(t, lending), builtIn(t, "kms")}, log.add), log
}

func TestARequestGoesToTheProductItNames(t *testing.T) {
	m, _ := library(t)
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for name, c := range map[string]struct {
		version string
		call    schemas.SoundRequest
		host    string
		want    string
	}{
		"version and action":                {"2014-05-26", schemas.SoundRequest{Action: "DescribeRegions"}, "", `"cn-beijing"`},
		"the same action, another version":  {lendingVersion, schemas.SoundRequest{Action: "DescribeRegions"}, "", `"Open":true`},
		"in a form":                         {lendingVersion, schemas.SoundRequest{Action: "DescribeRegions", Method: "POST"}, "", `"Open":true`},
		"the third":                         {"2016-01-20", schemas.SoundRequest{Action: "ListKeys", Method: "POST"}, "", `"key-1"`},
		"the version before the host":       {lendingVersion, schemas.SoundRequest{Action: "DescribeRegions"}, "ecs.aliyuncs.com", `"InvalidProduct.NotFound"`},
		"an unknown version, by its action": {"1999-09-09", schemas.SoundRequest{Action: "ListBooks"}, "", `"InvalidVersion"`},
		"an unknown action, by its version": {lendingVersion, schemas.SoundRequest{Action: "ListBokes"}, "", `"InvalidAction.NotFound"`},
		"neither, by the host":              {"1999-09-09", schemas.SoundRequest{Action: "DescribeRegions"}, "lending.cn-hangzhou.aliyuncs.com", `"InvalidVersion"`},
		"neither, by the order":             {"1999-09-09", schemas.SoundRequest{Action: "DescribeRegions"}, "", `"InvalidParameter"`},
	} {
		t.Run(name, func(t *testing.T) {
			c.call.Params = map[string]string{"Format": "JSON"}
			var changes []func(*http.Request)
			if c.host != "" {
				changes = append(changes, host(c.host))
			}
			if w := ask(t, m, c.version, c.call, changes...); !strings.Contains(w.Body.String(), c.want) {
				t.Errorf("%d %s, want %s", w.Code, w.Body, c.want)
			}
		})
	}
}

func TestABodyThatEndsTooEarlyReachesTheProductAsItCame(t *testing.T) {
	m, _ := library(t)
	w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: "DescribeRegions", Method: "POST"}, func(r *http.Request) {
		r.Body = io.NopCloser(io.MultiReader(r.Body, early{}))
	})
	if w.Code < 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

type early struct{}

func (early) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestASampleIsMadeFit(t *testing.T) {
	m, log := library(t)
	call := schemas.SoundRequest{Action: "ListBooks", Params: map[string]string{"Format": "JSON", "ShelfName": "novels", "PageSize": "5"}}
	first, second := served(t, ask(t, m, lendingVersion, call)), served(t, ask(t, m, lendingVersion, call))
	if first["RequestId"] == second["RequestId"] || !uuid.MatchString(first["RequestId"].(string)) {
		t.Errorf("request ids %v and %v", first["RequestId"], second["RequestId"])
	}
	if first["TotalCount"] != 1.0 || len(first["Books"].([]any)) != 1 {
		t.Errorf("the list is %v, and its total %v", first["Books"], first["TotalCount"])
	}
	id := first["Books"].([]any)[0].(map[string]any)["BookId"].(string)
	if !regexp.MustCompile(`^b-[a-z0-9]{4}$`).MatchString(id) || id != second["Books"].([]any)[0].(map[string]any)["BookId"] {
		t.Errorf("book id %q", id)
	}
	call.Params["BookId"] = "b-mine"
	if third := served(t, ask(t, m, lendingVersion, call)); third["Books"].([]any)[0].(map[string]any)["BookId"] != "b-mine" {
		t.Errorf("the id that was asked for is not in %v", third)
	}
	call.Params["PageNumber"] = "2"
	if fourth := served(t, ask(t, m, lendingVersion, call)); len(fourth["Books"].([]any)) != 0 || fourth["PageNumber"] != "2" || fourth["TotalCount"] != 1.0 {
		t.Errorf("page 2 is %v", fourth)
	}
	if log.text() != "" {
		t.Errorf("logged: %s", log.text())
	}
}

func TestAnOperationWithoutASampleAnswersTheLeastForm(t *testing.T) {
	m, log := library(t)
	for range 2 {
		got := served(t, ask(t, m, lendingVersion, schemas.SoundRequest{Action: "CreateLoan", Method: "POST", Params: map[string]string{"Format": "JSON", "BookId": "b-1", "Days": "3"}}))
		if id, there := got["LoanId"]; !there || id != "" {
			t.Errorf("got %v", got)
		}
	}
	if want := "CreateLoan of lending-2020-02-02 has no published sample, so it answers with the least form of its type"; log.text() != want {
		t.Errorf("logged %q, want %q once", log.text(), want)
	}
	if sampled, all := m.Sampled(); sampled != 4 || all != 5 {
		t.Errorf("%d of %d have a sample", sampled, all)
	}
}

// What is published as called without a key is called so by the SDKs.
func TestAnOperationIsCalledWithoutAKeyWhereItIsPublishedSo(t *testing.T) {
	m, _ := library(t)
	keyless := func(r *http.Request) {
		params := r.URL.Query()
		for _, name := range []string{"AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion"} {
			params.Del(name)
		}
		r.URL.RawQuery = params.Encode()
	}
	for action, want := range map[string]string{"DescribeOpeningHours": `"09:00"`, "DescribeRegions": `"MissingAccessKeyId"`} {
		if w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: action, Params: map[string]string{"Format": "JSON"}}, keyless); !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s, want %s", action, w.Code, w.Body, want)
		}
	}
}

func TestAnUnknownOperationIsLoggedWithTheNearest(t *testing.T) {
	m, log := library(t)
	ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBoks"})
	if want := `"ListBoks" is no operation of lending-2020-02-02; did you mean ListBooks?`; log.text() != want {
		t.Errorf("logged %q, want %q", log.text(), want)
	}
}

func TestAnOperationAtAnotherPathIsLogged(t *testing.T) {
	m, log := library(t)
	ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBooks"}, func(r *http.Request) { r.URL.Path, r.RequestURI = "/api", "/api?"+r.URL.RawQuery })
	if want := `ListBooks of lending-2020-02-02 is called by its name at /, and not at "/api"`; log.text() != want {
		t.Errorf("logged %q, want %q", log.text(), want)
	}
}

func TestARequiredParameterIsAskedFor(t *testing.T) {
	m, _ := library(t)
	if w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBooks"}); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "MissingShelfName") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

var (
	uuid   = regexp.MustCompile(`^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`)
	goesOn = regexp.MustCompile(`(?i)"next_?(token|marker)":"[^"]`)
)

// TestEveryPublishedOperationAnswers calls every operation of a folder of published metadata, all products on one port.
func TestEveryPublishedOperationAnswers(t *testing.T) {
	folder := os.Getenv("ACSCONFORM_METADATA")
	if folder == "" {
		t.Skip("ACSCONFORM_METADATA names no folder of published metadata")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no metadata in %s (%v)", folder, err)
	}
	var profiles []*schemas.Profile
	var opened []*metadata.Opened
	for _, path := range files {
		of, err := newprofile.OpenMetadata(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		profiles, opened = append(profiles, of.Over(builtIn(t, fixtures.Observed))), append(opened, of)
	}
	log := &lines{}
	m := mock.New(profiles, log.add)
	for _, of := range opened {
		m.Opened(of)
	}
	for _, p := range profiles {
		for _, o := range p.Operations.List {
			for _, format := range p.Formats {
				answers(t, m, p, o.Call(nil), format)
			}
		}
	}
	sampled, all := m.Sampled()
	if unsampled := len(log.list); unsampled != all-sampled {
		t.Errorf("%d lines logged, and %d of %d operations have no sample", unsampled, all-sampled, all)
	}
}

func answers(t *testing.T, m *mock.Mock, p *schemas.Profile, call schemas.SoundRequest, format schemas.Format) {
	params := map[string]string{}
	for name, value := range call.Params {
		params[name] = strings.ReplaceAll(value, "*", "x") // published examples are masked too, and would be echoed
	}
	if call.Params = params; call.Path == "" {
		params["Format"] = string(format)
	}
	call.Path, call.Body = strings.ReplaceAll(call.Path, "%2A", "x"), strings.ReplaceAll(call.Body, "*", "x")
	w := ask(t, m, p.Operations.Version, call)
	if w.Code != http.StatusOK || !uuid.MatchString(w.Header().Get("X-Acs-Request-Id")) {
		t.Errorf("%s %s in %s: %d %.300s", p.Name, call.Action, format, w.Code, w.Body)
		return
	}
	if bytes.Contains(w.Body.Bytes(), []byte("***")) || goesOn.Match(w.Body.Bytes()) {
		t.Errorf("%s %s in %s: is masked, or goes on: %s", p.Name, call.Action, format, w.Body)
	}
	if format == schemas.JSON && !json.Valid(w.Body.Bytes()) {
		t.Errorf("%s %s: no JSON", p.Name, call.Action)
	}
	if got := body.Sniff(w.Body.Bytes()); string(got) != string(format) && format == schemas.XML {
		t.Errorf("%s %s: no %s but %s", p.Name, call.Action, format, got)
	}
}

// Policies and scripts have several lines and are long. What no text has is refused.
func TestParametersMayBeTexts(t *testing.T) {
	m, _ := library(t)
	for name, c := range map[string]struct {
		params map[string]string
		served bool
	}{
		"lines":              {map[string]string{"ShelfName": "old\r\n\tpoems"}, true},
		"8 KiB":              {map[string]string{"ShelfName": strings.Repeat("poem ", 1<<11)}, true},
		"a control":          {map[string]string{"ShelfName": "old\x00poems"}, false},
		"a line in a public": {map[string]string{"ShelfName": "poems", "SignatureType": "a\nb"}, false},
	} {
		c.params["PageSize"] = "1"
		for _, format := range []string{"JSON", "XML"} {
			c.params["Format"] = format
			w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBooks", Method: http.MethodPost, Params: c.params})
			if (w.Code == http.StatusOK) != c.served {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		}
	}
}
