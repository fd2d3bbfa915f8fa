package credentials

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// An answer without an end is read to its bound, and nothing of it is shown.
func TestAnEndlessURIIsLeft(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write([]byte(strings.Repeat("never-told ", 1000))); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	env := home(t, profiles(`{"name": "uri", "mode": "CredentialsURI", "credentials_uri": "`+srv.URL+`/"}`))
	p, err := Find("uri", env)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Key(); err == nil || strings.Contains(err.Error(), neverTold) || strings.Contains(err.Error(), "\n") {
		t.Errorf("an endless answer: %v", err)
	}
}
