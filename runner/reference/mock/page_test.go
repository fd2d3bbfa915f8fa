package mock_test

import (
	"crypto/sha1"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

func pageOf(t *testing.T, m *mock.Mock) string {
	t.Helper()
	w := plain(m, http.MethodGet, mock.PagePath)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || !strings.Contains(w.Body.String(), `default-src &#39;none&#39;`) {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	return w.Body.String()
}

// signedBy changes how a call is signed: the string to sign is the one that change makes of the right one.
func signedBy(change func(text string) string) func(*http.Request) {
	return func(r *http.Request) {
		params := r.URL.Query()
		params.Del("Signature")
		text, _ := sign.RPC(r.Method, pairs(params), "")
		params.Set("Signature", sign.Algorithm{Hash: sha1.New}.Sign(schemas.RPC, change(text), server.Keys[schemas.DefaultKey].AccessKeySecret))
		r.URL.RawQuery = params.Encode()
		r.RequestURI = "/?" + r.URL.RawQuery
	}
}

func TestThePageHasTheStringsToSignBesideEachOther(t *testing.T) {
	m, _ := library(t)
	call := schemas.SoundRequest{Action: "ListBooks", Params: map[string]string{"ShelfName": "old poems", "AdminPassword": "a-word-that-nobody-may-see"}}
	ask(t, m, lendingVersion, call, signedBy(func(text string) string { return strings.ReplaceAll(text, "%2520", "%2B") }))
	ask(t, m, lendingVersion, call, signedBy(func(text string) string { return text + "?" }))
	page := pageOf(t, m)
	for _, want := range []string{
		"GET&amp;%2F&amp;", "ShelfName%3Dold%2520poems", "ShelfName%3Dold%2Bpoems", "a blank is written as &#43;, and has to be %20",
		"no known mistake leads to it", "wrong-signature: Signature", "2 calls, 0 calls of no operation",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, secret := range []string{call.Params["AdminPassword"], server.Keys[schemas.DefaultKey].AccessKeySecret} {
		if ways := leaktest.Find(page, secret); len(ways) > 0 {
			t.Errorf("a secret is in the page (%s)", ways)
		}
		if len(leaktest.Find(page+url.QueryEscape(secret), secret)) == 0 {
			t.Error("a secret planted in the page is not found")
		}
	}
}

func TestThePageEscapesAndIsBounded(t *testing.T) {
	m, _ := library(t)
	const hostile = `"><script>alert(1)</script>`
	for range 60 {
		plain(m, "GET", "/?Version="+lendingVersion+"&Format="+url.QueryEscape(hostile)+"&Action="+url.QueryEscape(hostile)+strings.Repeat("&A=b", 50))
		ask(t, m, lendingVersion, schemas.SoundRequest{Action: "GetBook", Params: map[string]string{"BookId": hostile + strings.Repeat("x", 400)}}, signedBy(func(text string) string { return text + "?" }))
	}
	page := pageOf(t, m)
	if strings.Contains(page, "<script") {
		t.Error("markup of a client is in the page")
	}
	articles, texts := strings.Count(page, "<article"), strings.Count(page, "of the client</h4>")
	if articles != 50 || texts != 10 || len(page) > 1<<20 {
		t.Errorf("%d refusals and %d texts in %d bytes", articles, texts, len(page))
	}
	if plain(m, http.MethodPost, mock.ResetPath); strings.Contains(pageOf(t, m), "<article") {
		t.Error("a reset leaves refusals")
	}
}

func TestThePageListsOperationsByTheirCalls(t *testing.T) {
	m := scripted(t, "answers:\n- {operation: GetBook, replies: [{}]}\n")
	ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBooks", Params: map[string]string{"ShelfName": "poems"}})
	page := pageOf(t, m)
	_, operations, _ := strings.Cut(page, `id="operations"`)
	_, operations, _ = strings.Cut(operations, "lending-2020-02-02")
	if first, other := strings.Index(operations, "ListBooks"), strings.Index(operations, "GetBook"); first < 0 || other < first {
		t.Errorf("ListBooks is at %d, GetBook at %d of\n%s", first, other, operations)
	}
	if !strings.Contains(page, "answers.yaml:2: GetBook") {
		t.Error("the page lacks an answer that was not used")
	}
}
