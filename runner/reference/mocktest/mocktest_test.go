package mocktest_test

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mocktest"
)

const lending = "../../../fixtures/examples/lending.metadata.json"

// told is a test that is told of faults, and does not end by them.
type told struct {
	*testing.T
	texts   []string
	cleanup []func()
}

func (t *told) Error(args ...any) { t.texts = append(t.texts, fmt.Sprint(args...)) }
func (t *told) Fatal(args ...any) { t.Error(args...) }
func (t *told) Cleanup(f func())  { t.cleanup = append(t.cleanup, f) }
func (t *told) end() []string {
	for _, f := range t.cleanup {
		f()
	}
	return t.texts
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "answers.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAMockServesAsLongAsItsTest(t *testing.T) {
	of := &told{T: t}
	m := mocktest.Start(of, mocktest.Options{Profiles: []string{"ecs"}, Metadata: []string{lending}, Answers: write(t, "answers:\n- {operation: GetBook, replies: [{}]}\n"), AnyKey: true, Strict: true})
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: m.CA}, DisableKeepAlives: true}}
	for _, url := range []string{m.URL(), "https://" + m.Endpoint} {
		answer, err := client.Get(url + "/?Action=DescribeRegions&Version=2014-05-26")
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	if j := m.Journal(); j.Total != 2 || m.Key.AccessKeySecret == "" || !strings.Contains(string(m.CAPEM), "CERTIFICATE") {
		t.Errorf("%+v %+v", j, m)
	}
	if texts := of.end(); len(texts) != 1 || !strings.HasSuffix(texts[0], "answers.yaml:2: GetBook has answered no call") {
		t.Errorf("the test is told %q", texts)
	}
	if answer, err := client.Get(m.URL()); err == nil {
		_ = answer.Body.Close()
		t.Error("the mock outlives its test")
	}
	if m.Reset(); m.Journal().Total != 0 {
		t.Error("a reset leaves calls")
	}
}

func TestWhatCannotBeServedEndsTheTest(t *testing.T) {
	answers := write(t, "answers:\n- {operation: GetBok, replies: [{}]}\n")
	for _, c := range []struct {
		o    mocktest.Options
		want string
	}{
		{mocktest.Options{}, "acsconform: nothing says what to answer; set Profiles (gateway"},
		{mocktest.Options{Profiles: []string{"none"}}, "none"},
		{mocktest.Options{Metadata: []string{"none.json"}}, "acsconform: none.json: no such file or directory"},
		{mocktest.Options{Metadata: []string{lending}, Answers: answers}, "answers.yaml:2:15: answers[0].operation: no operation is called \"GetBok\" (did you mean GetBook?)"},
		{mocktest.Options{Metadata: []string{lending}, Answers: answers, Recorded: answers}, "acsconform: both Answers and Recorded are set; leave one out"},
		{mocktest.Options{Metadata: []string{lending}, Recorded: "none.yaml"}, "the recorded answers cannot be read"},
	} {
		of := &told{T: t}
		if m := mocktest.Start(of, c.o); m != nil || !slices.ContainsFunc(of.texts, func(text string) bool { return strings.Contains(text, c.want) }) {
			t.Errorf("%+v: told %q, want %s", c.o, of.texts, c.want)
		}
	}
}
