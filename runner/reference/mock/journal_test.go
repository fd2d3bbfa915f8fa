package mock_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
)

// plain asks for a path without a signature.
func plain(m *mock.Mock, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(method, "http://127.0.0.1:8080"+path, nil))
	return w
}

func journalOf(t *testing.T, m *mock.Mock) mock.Journal {
	t.Helper()
	var j mock.Journal
	if w := plain(m, http.MethodGet, mock.JournalPath); w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &j) != nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return j
}

func TestTheJournalHasEveryCall(t *testing.T) {
	m := scripted(t, "answers:\n- {operation: DescribeRegions, profile: ecs, first: 1, replies: [{error: Throttling}]}\n- {operation: GetBook, replies: [{}]}\n")
	for range 2 {
		ask(t, m, "2014-05-26", schemas.SoundRequest{Action: "DescribeRegions"})
	}
	ask(t, m, lendingVersion, schemas.SoundRequest{Action: "Nothing"})
	plain(m, http.MethodGet, "/")
	j := journalOf(t, m)
	var got []string
	for _, e := range j.Calls {
		got = append(got, strings.Join([]string{e.Profile, e.Operation, http.StatusText(e.Status), e.Code}, "/"))
		if !uuid.MatchString(e.RequestID) || e.Time.IsZero() || e.Method != http.MethodGet {
			t.Errorf("%+v", e)
		}
	}
	want := []string{"ecs/DescribeRegions/Bad Request/Throttling", "ecs/DescribeRegions/OK/", "lending-2020-02-02//Not Found/InvalidAction.NotFound", "ecs//Bad Request/MissingParameter"}
	if !slices.Equal(got, want) || !j.Calls[0].Scripted || j.Calls[1].Scripted || j.Total != 4 || j.Unserved != 1 || j.Counts["ecs DescribeRegions"] != 2 || len(j.Counts) != 1 {
		t.Errorf("got %q\n%+v", got, j)
	}
	if unused := m.Unused(); len(unused) != 1 || !strings.HasSuffix(unused[0], "answers.yaml:3: GetBook") {
		t.Errorf("unused: %q", unused)
	}
	if w := plain(m, http.MethodPost, mock.ResetPath); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if j := journalOf(t, m); len(j.Calls)+j.Total+j.Unserved+len(j.Counts) != 0 || len(m.Unused()) != 2 {
		t.Errorf("after a reset: %+v, unused %q", j, m.Unused())
	}
	if w := ask(t, m, "2014-05-26", schemas.SoundRequest{Action: "DescribeRegions"}); w.Code == http.StatusOK {
		t.Error("the answers of the file do not begin anew")
	}
}

func TestTheJournalIsBounded(t *testing.T) {
	m, _ := library(t)
	for range 1001 {
		plain(m, http.MethodGet, "/?Version="+lendingVersion)
	}
	plain(m, http.MethodPost, "/?Version=2016-01-20")
	j := m.Journal()
	if len(j.Calls) != 1000 || j.Total != 1002 || j.Calls[999].Profile != "kms" || j.Calls[999].Method != http.MethodPost || j.Calls[0].Profile == "kms" {
		t.Errorf("%d calls of %d, the last %+v", len(j.Calls), j.Total, j.Calls[len(j.Calls)-1])
	}
}

func TestPathsForTests(t *testing.T) {
	m, _ := library(t)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", mock.HealthPath, 200}, {"POST", mock.HealthPath, 405}, {"GET", mock.ResetPath, 405}, {"GET", "/_conform/nothing", 404}, {"GET", "/_conform", 400},
	} {
		if w := plain(m, c.method, c.path); w.Code/100 != c.status/100 {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Body)
		}
	}
	if j := m.Journal(); j.Total != 1 {
		t.Errorf("%d calls, want that of no path for tests alone", j.Total)
	}
}
