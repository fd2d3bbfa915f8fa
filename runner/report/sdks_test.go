package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// withSDKs is a run in which one SDK understood all, and another panicked once and was not asked of one kind.
func withSDKs() *schemas.Report {
	run := runOf("ecs", caseResult("kept", "SIGN-2", schemas.Kept))
	run.SDKs = &schemas.SDKs{
		Asked: []schemas.SDK{{Name: "good-sdk", Version: "v1.2.3"}, {Name: "bad-sdk", Version: "v0.1.0"}},
		Answers: []schemas.SDKsRead{
			{Kind: "a refusal (4xx) in JSON", Exchanges: 5, Read: []schemas.SDKRead{
				{SDK: "good-sdk", Given: 5, Understood: 5},
				{SDK: "bad-sdk", Given: 5, Understood: 4, Else: "panics (" + hostileText + ")", Case: "key-unknown"}}},
			{Kind: "a success in XML", Exchanges: 2, Read: []schemas.SDKRead{
				{SDK: "good-sdk", Given: 2, Understood: 2}, {SDK: "bad-sdk"}}},
		},
	}
	return reported(run)
}

const hostileText = "<script>|`\x1b[31m"

func TestSDKsAreInEveryReport(t *testing.T) {
	dir := t.TempDir()
	if err := (Files{}).Write(dir, withSDKs()); err != nil {
		t.Fatal(err)
	}
	for name, wants := range map[string][]string{
		JSONFile:     {`"sdks":{"asked":[{"name":"good-sdk","version":"v1.2.3"}`},
		HTMLFile:     {"which official SDK understands which answers", "<th>good-sdk <small>v1.2.3</small>", "<td>✓<td>4 of 5 understood; of key-unknown panics (&lt;script&gt;", "<td>✓<td>–"},
		MarkdownFile: {"| answer | exchanges | good-sdk v1.2.3 | bad-sdk v0.1.0 |", "| a success in XML | 2 | ✓ | – |"},
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		if name != JSONFile && (strings.Contains(string(text), "<script>|") || strings.Contains(string(text), "\x1b")) {
			t.Errorf("%s shows what the target sent as it was", name)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, JSONFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := file.CheckJSON(file.Report, text); err != nil {
		t.Error(err)
	}
	if got := shown(t, withSDKs()); !strings.Contains(got, "sdks         understood by good-sdk 7 of 7, bad-sdk 4 of 5") {
		t.Errorf("the summary has no line of them:\n%s", got)
	}
}

func TestNoSDKsNoSection(t *testing.T) {
	dir := t.TempDir()
	if err := (Files{}).Write(dir, sample()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{JSONFile, HTMLFile, MarkdownFile} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || strings.Contains(strings.ToLower(string(text)), "sdk") {
			t.Errorf("%s speaks of SDKs that nobody asked: %v", name, err)
		}
	}
	if got := shown(t, sample()); strings.Contains(got, "sdks") {
		t.Errorf("the summary speaks of SDKs:\n%s", got)
	}
}
