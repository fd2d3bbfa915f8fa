package leaktest

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
)

// Reflector passes requests on to a server, and works texts into its answers, one after another: as an attacker would who
// knows a secret and wants it written down.
type Reflector struct {
	Server http.Handler
	Texts  []string
	Faults bool // works them into codes, messages and request ids too; otherwise only where nothing is wrong with them
	served atomic.Int64
}

var (
	inJSON = regexp.MustCompile(`"(Message|Code|RequestId)":"[^"]*"`)
	inXML  = regexp.MustCompile(`<(Message|Code|RequestId)>[^<]*<`)
)

// ServeHTTP answers as the server does, and says more. The first answers are the server's own, so that it is tested at all.
func (f *Reflector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	const untouched = 8
	answer := httptest.NewRecorder()
	f.Server.ServeHTTP(answer, r)
	n := int(f.served.Add(1))
	text, raw := f.Texts[n%len(f.Texts)], n/len(f.Texts)%2 == 1
	body := answer.Body.String()
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	if !strings.Contains(text, "\x00") {
		w.Header().Set("X-Echo", strings.NewReplacer("\r", " ", "\n", " ").Replace(text))
	}
	if f.Faults && n > untouched {
		body = worked(body, text, n, raw)
	} else if rest, ok := strings.CutPrefix(body, `{"RequestId"`); ok && answer.Code == http.StatusOK {
		said, _ := json.Marshal(text)
		body = `{"Said":` + string(said) + `,"RequestId"` + rest
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(answer.Code)
	_, _ = w.Write([]byte(body))
}

// worked puts a text into the members of a body: into one of every three the code, into another the id.
func worked(body, text string, n int, raw bool) string {
	inside, member := text, text
	if !raw {
		coded, _ := json.Marshal(text)
		inside, member = strings.Trim(string(coded), `"`), html.EscapeString(text)
	}
	chosen := func(match string) bool {
		switch {
		case strings.Contains(match[:5], "Code"):
			return n%3 == 1
		case strings.Contains(match[:8], "Request"):
			return n%3 == 2
		}
		return true
	}
	body = inJSON.ReplaceAllStringFunc(body, func(match string) string {
		if !chosen(match) {
			return match
		}
		name, _, _ := strings.Cut(match, ":")
		return name + `:"` + inside + `"`
	})
	return inXML.ReplaceAllStringFunc(body, func(match string) string {
		if !chosen(match) {
			return match
		}
		name, _, _ := strings.Cut(match, ">")
		return name + ">" + member + "<"
	})
}
