package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/acsconform/acsconform/suites/sign"
)

// weather is a third party's mock as somebody might write it, on net/http alone: it knows nothing of this suite but how
// requests are signed. Its table is fixtures/examples/weather.yaml.
type weather struct {
	secret string
	served bool // a nonce is served again: what the mock must not do
	status int  // of a reused nonce
	silent bool // it leaves out ErrorNumber

	mu     sync.Mutex
	nonces map[string]bool
}

// refusal is a row of the mock's table.
type refusal struct {
	status, number int
	code, message  string
}

func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func missing(name string) *refusal {
	return &refusal{400, 1, "Weather.ParameterMissing", "The parameter " + name + " is missing."}
}

func invalid(name string) *refusal {
	return &refusal{400, 2, "Weather.ParameterInvalid", "The parameter " + name + " is not valid."}
}

var public = []string{"Action", "Version", "AccessKeyId", "Signature", "Timestamp", "SignatureMethod", "SignatureVersion", "SignatureNonce"}

func (m *weather) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := map[string]any{"RequestId": newUUID()}
	status := http.StatusOK
	if no := m.refuses(r); no != nil {
		status = no.status
		answer["Code"], answer["Message"], answer["Service"], answer["ErrorNumber"] = no.code, no.message, "weather", no.number
		if m.silent {
			delete(answer, "ErrorNumber")
		}
	} else {
		answer["Forecast"] = map[string]any{"City": r.URL.Query().Get("City"), "Sky": "clear"}
	}
	text, err := json.Marshal(answer)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

func (m *weather) refuses(r *http.Request) *refusal {
	query, err := url.ParseQuery(r.URL.RawQuery)
	switch {
	case r.Method != http.MethodGet:
		return &refusal{405, 8, "Weather.MethodNotAllowed", "Only GET is taken."}
	case err != nil || r.URL.Path != "/" || odd(query):
		return invalid("request")
	}
	for _, name := range public {
		if query.Get(name) == "" {
			return missing(name)
		}
	}
	for name, value := range map[string]string{"SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0"} {
		if query.Get(name) != value {
			return invalid(name)
		}
	}
	if f := query.Get("Format"); f != "" && f != "JSON" {
		return invalid("Format")
	}
	return m.refusesCall(query)
}

// refusesCall looks at who calls, when, and for what.
func (m *weather) refusesCall(query url.Values) *refusal {
	when, err := time.Parse(time.RFC3339, query.Get("Timestamp"))
	switch {
	case err != nil:
		return invalid("Timestamp")
	case time.Since(when).Abs() > 5*time.Minute:
		return &refusal{401, 3, "Weather.Expired", "The Timestamp is more than five minutes off."}
	case query.Get("AccessKeyId") != "weather-key":
		return &refusal{401, 4, "Weather.UnknownKey", "Nobody has this key."}
	}
	var params []sign.Param
	for name, values := range query {
		for _, value := range values {
			params = append(params, sign.Param{Name: name, Value: value})
		}
	}
	if _, right := sign.RPC(http.MethodGet, params, m.secret); right != query.Get("Signature") {
		return &refusal{401, 5, "Weather.BadSignature", "The signature does not fit."}
	}
	switch {
	case m.used(query.Get("SignatureNonce")) && !m.served:
		return &refusal{m.status, 6, "Weather.Replayed", "This nonce was used."}
	case query.Get("Action") != "GetForecast" || query.Get("Version") != "2025-10-01":
		return &refusal{404, 7, "Weather.NoSuchAction", "There is no such action."}
	case query.Get("City") == "Atlantis":
		return &refusal{404, 9, "Weather.NoSuchCity", "There is no such city."}
	}
	return nil
}

// used remembers a nonce, and reports whether it was remembered before.
func (m *weather) used(nonce string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.nonces == nil {
		m.nonces = map[string]bool{}
	}
	had := m.nonces[nonce]
	m.nonces[nonce] = true
	return had
}

// odd reports parameters that no client sends: too many or too long, given twice, or with control characters in them.
func odd(query url.Values) bool {
	for name, values := range query {
		text := fmt.Sprint(name, values)
		if len(values) > 1 || len(text) > 1024 || !utf8.ValidString(text) || slices.ContainsFunc([]rune(text), unicode.IsControl) {
			return true
		}
	}
	return len(query) > 100
}
