package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/acsconform/acsconform/runner/fleet/made"
)

// sameInEveryLanguage are the words of pages that are the same in every language, or of what the pages show.
var sameInEveryLanguage = []string{"acsconform", "conform", "fleet", "CSV", "English", "Server", "url", "profile", "UTC", "made", "region", "product", "ecs", "rpc", "report", "diff", "json"}

// ours is a word of English in small letters.
var ours = regexp.MustCompile(`[A-Za-z]+[a-z]`)

// codes are names that are no words: with digits or marks in them.
var codes = regexp.MustCompile(`[\w.:/=%+,-]*[\d_.:/=%+-][\w.:/=%+,-]*|\b[A-Z][a-z]+[A-Z]\w*`)

func english(text string) []string {
	return slices.DeleteFunc(ours.FindAllString(codes.ReplaceAllString(text, " "), -1), func(word string) bool { return slices.Contains(sameInEveryLanguage, word) })
}

// No template holds a text that is not put into the language.
func TestTemplatesHoldNoTexts(t *testing.T) {
	for name, text := range map[string]string{"parts": parts, "state": stateText, "causes": causesText, "target": targetText, "rounds": roundsText, "diff": diffText, "logs": logsText, "heat": heatText, "clauses": clausesText} {
		bare := regexp.MustCompile(`{{.*?}}`).ReplaceAllString(text, " ")
		for _, label := range regexp.MustCompile(`(?:aria-label|placeholder|title)="([^"]*)"`).FindAllStringSubmatch(bare, -1) {
			if words := english(label[1]); len(words) > 0 {
				t.Errorf("%s: %q is said in %s", name, words, label[0])
			}
		}
		if words := english(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(bare, " ")); len(words) > 0 {
			t.Errorf("%s: %q is no text of a language", name, words)
		}
	}
}

// Every page is whole in Chinese: of English, names are left.
func TestPagesAreWholeInChinese(t *testing.T) {
	h, _ := siteOf(t, made.Fleet{Targets: 60, Rounds: 3, Breaks: 3, Outcome: func(round, target int) string {
		return [][]string{{"green", "red", "untested"}, {"red", "green", "green"}, {"green", "untested", "red"}}[round][target%3]
	}}, &Door{Loopback: true})
	for _, path := range append([]string{"/?round=1", "/?kind=none", "/?label=region%3Dregion-1&page=0", "/target?name=target-1", "/target?name=target-2", "/rounds?page=1"}, pagesOfAFleet[:8]...) {
		w := get(t, h, path, func(r *http.Request) { r.Header.Set("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8") })
		doc, err := html.Parse(strings.NewReader(w.Body.String()))
		if err != nil || w.Code != http.StatusOK {
			t.Fatal(w.Code, err)
		}
		for n := range doc.Descendants() {
			texts := []string{}
			switch {
			case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
				texts = append(texts, n.Data)
			case n.Type == html.ElementNode:
				for _, a := range n.Attr {
					if a.Key == "aria-label" || a.Key == "title" || a.Key == "lang" && n.Data == "html" && a.Val != "zh-CN" {
						texts = append(texts, a.Val)
					}
				}
			}
			for _, text := range texts {
				if words := english(text); len(words) > 0 {
					t.Errorf("%s: %q is left of %q", path, words, text)
				}
			}
		}
	}
}

// The language is that of the address, else that of the browser; links keep what the address chose.
func TestTheLanguageOfPages(t *testing.T) {
	h, _ := siteOf(t, made.Fleet{Targets: 2, Rounds: 2}, &Door{Loopback: true})
	for _, c := range []struct{ query, accept, want string }{
		{"", "", "en"}, {"", "zh", "zh-CN"}, {"", "zh-TW", "zh-CN"}, {"", "de,en;q=0.5", "en"}, {"", "en,zh;q=0.5", "en"}, {"", strings.Repeat("zh,", 5000), "en"},
		{"?lang=zh", "en", "zh-CN"}, {"?lang=en", "zh", "en"}, {"?lang=fr", "zh", "zh-CN"}, {"?lang=%00", "", "en"},
	} {
		w := get(t, h, "/"+c.query, func(r *http.Request) { r.Header.Set("Accept-Language", c.accept) })
		body := w.Body.String()
		if !strings.Contains(body, `<html lang="`+c.want+`">`) {
			t.Errorf("%+.60v: %.60s", c, body)
		}
		chosen := strings.HasSuffix(c.query, "=zh") || strings.HasSuffix(c.query, "=en")
		if kept := strings.Contains(body, "&amp;lang="+c.want[:2]+`"`); kept != chosen {
			t.Errorf("%+.60v: links keep the language: %v, want %v", c, kept, chosen)
		}
	}
	for _, path := range []string{"/?round=99", "/target?name=none"} {
		if w := get(t, h, path, func(r *http.Request) { r.Header.Set("Accept-Language", "zh") }); len(english(w.Body.String())) > 0 {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
}
