package main

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// chinesePage says in Chinese what README.md says.
const chinesePage = "runner/docs/README.zh.md"

// A skeleton is what a page and its translation have in common, by what it is: each a list in the order of the page, where
// the order is the same in every language, and sorted where it is not.
type skeleton map[string][]string

// comment is the end of a line of a shell or of YAML that is for people.
var comment = regexp.MustCompile(`\s+# .*$`)

func skeletonOf(p page) skeleton {
	s := skeleton{}
	for _, found := range regexp.MustCompile(`(?m)^(#+) `).FindAllStringSubmatch(p.prose, -1) {
		s["levels of headings"] = append(s["levels of headings"], found[1])
	}
	for _, line := range p.code {
		line = comment.ReplaceAllString(line, "")
		if words := shellCommands(line)[0]; isConform(words) || isMake(words) || len(words) > 0 && words[0] == "export" {
			s["command lines"] = append(s["command lines"], line)
		}
	}
	s["inline code"] = p.spans()
	for _, found := range link.FindAllStringSubmatch(p.prose, -1) {
		to := found[1]
		if !strings.Contains(to, "://") {
			to = path.Join(path.Dir(p.name), to)
		}
		s["links"] = append(s["links"], to)
	}
	for _, found := range regexp.MustCompile(`(?m)^\|.*$`).FindAllString(p.prose, -1) {
		s["rows of tables"] = append(s["rows of tables"], strings.Repeat("|", strings.Count(found, "|")))
	}
	for _, name := range []string{"inline code", "links"} { // which a sentence of another language may have in another order
		slices.Sort(s[name])
		s[name] = slices.Compact(s[name])
	}
	return s
}

// pageDifferences lists what is in one of the pages only, or in another order. Each page links to the other.
func pageDifferences(english, chinese page) (faults []string) {
	en, zh := skeletonOf(english), skeletonOf(chinese)
	for _, page := range []struct {
		of   skeleton
		to   string
		name string
	}{{en, chinesePage, english.name}, {zh, "README.md", chinese.name}} {
		at := slices.Index(page.of["links"], page.to)
		if at < 0 {
			faults = append(faults, page.name+" does not link to "+page.to)
			continue
		}
		page.of["links"] = slices.Delete(page.of["links"], at, at+1)
	}
	for _, what := range slices.Sorted(maps.Keys(en)) {
		if slices.Equal(en[what], zh[what]) {
			continue
		}
		for _, one := range en[what] {
			if !slices.Contains(zh[what], one) {
				faults = append(faults, what+": only in English: "+one)
			}
		}
		for _, one := range zh[what] {
			if !slices.Contains(en[what], one) {
				faults = append(faults, what+": only in Chinese: "+one)
			}
		}
		faults = append(faults, what+" differ")
	}
	return faults
}

func TestTheChinesePageSaysWhatTheFirstPageSays(t *testing.T) {
	var texts [2]page
	for i, name := range []string{"README.md", chinesePage} {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = readPage(name, string(text))
	}
	for _, fault := range pageDifferences(texts[0], texts[1]) {
		t.Errorf("README.md and %s: %s", chinesePage, fault)
	}
	if head, _, _ := strings.Cut(texts[0].text, "\n## "); !strings.Contains(head[:min(len(head), 200)], "]("+chinesePage+")") {
		t.Errorf("README.md does not link to %s in its first lines", chinesePage)
	}
	for _, begins := range []string{"url: https://api.example.test/\n", "- uses: actions/checkout@v4\n"} {
		var blocks [2]string
		for i, p := range texts {
			for line := range strings.Lines(shownBlock(t, p.name, begins)) {
				blocks[i] += comment.ReplaceAllString(strings.TrimRight(line, "\n"), "") + "\n"
			}
		}
		if blocks[0] != blocks[1] {
			t.Errorf("the blocks differ that begin with %q:\n%s\n%s", begins, blocks[0], blocks[1])
		}
	}
}

func TestDifferencesOfPagesAreFound(t *testing.T) {
	const text = "# A\n\n[other](runner/docs/README.zh.md) [lint](runner/lint/README.md#x)\n\n## B\n\nSay `make test`.\n\n| a | b |\n|---|---|\n\n    make test      # all\n    .build/conform run --plan\n"
	same := strings.NewReplacer("runner/docs/README.zh.md", "../../README.md", "runner/lint", "../lint", "Say", "运行", "all", "全部").Replace(text)
	for _, c := range []struct{ from, to, want string }{
		{"", "", ""},
		{"## B", "### B", "levels of headings: only in Chinese: ###"},
		{"make test      # 全部\n", "", "command lines: only in English: make test"},
		{"run --plan", "run", "command lines: only in Chinese: .build/conform run"},
		{"`make test`", "它", "inline code: only in English: make test"},
		{"#x", "#y", "links: only in English: runner/lint/README.md#x"},
		{"../../README.md", "../../suites/README.md", chinesePage + " does not link to README.md"},
		{"|---|---|\n", "|---|---|\n| c | d |\n", "rows of tables differ"},
	} {
		got := pageDifferences(readPage("README.md", text), readPage(chinesePage, strings.Replace(same, c.from, c.to, 1)))
		if (c.want == "") != (got == nil) || !strings.Contains(strings.Join(got, "\n"), c.want) {
			t.Errorf("%q for %q: got %q, want %q", c.to, c.from, got, c.want)
		}
	}
}
