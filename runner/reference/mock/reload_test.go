package mock_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
)

// loaded is a mock under load: clients that ask it without a pause, and count what they were answered with.
type loaded struct {
	path   string
	url    string
	logged *lines
	ended  atomic.Bool
	all    sync.WaitGroup

	mu      sync.Mutex
	arrived *sync.Cond
	served  map[string]int // calls by the word that they were answered with
	faults  []string
}

// word is a file of answers whose every answer has one word.
func word(text string) string {
	return "answers:\n- {operation: DescribeRegions, replies: [{body: {Word: " + text + "}}]}\n"
}

func underLoad(t *testing.T, clients int) *loaded {
	t.Helper()
	l := &loaded{path: filepath.Join(t.TempDir(), "answers.yaml"), logged: &lines{}, served: map[string]int{}}
	l.arrived = sync.NewCond(&l.mu)
	l.write(t, word("first"))
	m := mock.New([]*schemas.Profile{builtIn(t, "ecs")}, l.logged.add)
	if _, err := m.Follow(l.path); err != nil {
		t.Fatal(err)
	}
	listening, err := m.Start("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	l.url = listening.URL()
	for range clients {
		l.all.Go(l.ask)
	}
	t.Cleanup(func() {
		l.end()
		_ = listening.Close()
	})
	return l
}

// ask asks until the load ends, over one connection.
func (l *loaded) ask() {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
	defer client.CloseIdleConnections()
	for !l.ended.Load() {
		word, err := l.once(client)
		l.mu.Lock()
		if l.served[word]++; err != nil {
			l.faults = append(l.faults, err.Error())
		}
		l.mu.Unlock()
		l.arrived.Broadcast()
	}
}

func (l *loaded) once(client *http.Client) (string, error) {
	r := byName("2014-05-26", schemas.SoundRequest{Action: "DescribeRegions", Params: map[string]string{"Format": "JSON"}})
	r.URL.Host, r.RequestURI = strings.TrimPrefix(l.url, "http://"), ""
	answer, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	var object struct{ Word string }
	if answer.StatusCode != http.StatusOK || json.Unmarshal(text, &object) != nil {
		return "", fmt.Errorf("%s %s", answer.Status, text)
	}
	return object.Word, nil
}

// until waits until so many more calls were answered with a word, or something went wrong.
func (l *loaded) until(word string, more int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for before := l.served[word]; l.served[word] < before+more && len(l.faults) == 0; {
		l.arrived.Wait()
	}
}

func (l *loaded) end() {
	l.ended.Store(true)
	l.all.Wait()
}

// write puts a file in the place of the one before in one step, as editors and deployments do.
func (l *loaded) write(t *testing.T, text string) {
	t.Helper()
	fresh := l.path + ".new"
	if err := os.WriteFile(fresh, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(fresh, l.path); err != nil {
		t.Fatal(err)
	}
}

// While clients ask without a pause, the file changes, becomes bad, is gone, and is good again. Every call is answered, and by
// the answers of one of the good files.
func TestAReloadDropsNoRequest(t *testing.T) {
	l := underLoad(t, 4)
	l.until("first", 8)
	l.write(t, word("second"))
	l.until("second", 8)
	l.write(t, "answers:\n- {operation: DescribeRegion, replies: [{}]}\n")
	l.until("second", 8)
	if err := os.Remove(l.path); err != nil {
		t.Fatal(err)
	}
	l.until("second", 8)
	l.write(t, word("third"))
	l.until("third", 8)
	l.end()
	if len(l.faults) > 0 {
		t.Errorf("%d calls were not answered: %s", len(l.faults), l.faults[0])
	}
	for word, n := range l.served {
		if word != "first" && word != "second" && word != "third" {
			t.Errorf("%d calls were answered with %q", n, word)
		}
	}
	for _, want := range []string{"answers.yaml is read again", `answers.yaml:2:15: answers[0].operation: no operation is called "DescribeRegion" (did you mean DescribeRegions?)`, "the answers of before are kept"} {
		if !strings.Contains(l.logged.text(), want) {
			t.Errorf("the log lacks %q:\n%s", want, l.logged.text())
		}
	}
}
