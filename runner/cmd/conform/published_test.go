package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// published are secret-shaped texts that are no secrets: the documents show them to everybody, or they are of this
// repository's own making and no account was ever behind them.
var published = []string{
	"CAISreferenceTokenThatIsGood01", "CAISreferenceTokenThatIsOver01", // the reference server's
	"LTAIlaboratory01", "CAISlab/token+very=secret==", // of the tests of the runner
	"LTAInosuchkeycc79efe8c50", // made up by the suite, for the AccessKey that nobody knows
}

// shapes are what real keys look like.
var shapes = map[string]*regexp.Regexp{
	"an AccessKey id":          regexp.MustCompile(`\bLTAI[A-Za-z0-9]{12,26}\b`),
	"a temporary AccessKey id": regexp.MustCompile(`\bSTS\.[A-Za-z0-9]{16,}`),
	"a SecurityToken":          regexp.MustCompile(`\bCAIS[A-Za-z0-9+/=]{16,}`),
	"an AccessKeySecret":       regexp.MustCompile(`(?:^|[^A-Za-z0-9+/=_.-])([A-Za-z0-9]{30})(?:$|[^A-Za-z0-9+/=_-])`),
	"a private key":            regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16,}`),
}

// secretShaped finds what has the shape of a key in a text, and is not published.
func secretShaped(text []byte) (found []string) {
	for what, shape := range shapes {
		if !mayHold(text, what) {
			continue
		}
		for _, m := range shape.FindAllSubmatchIndex(text, -1) {
			word := text[m[len(m)-2]:m[len(m)-1]]
			if what == "an AccessKeySecret" && !mixed(word) || slices.Contains(published, string(word)) {
				continue
			}
			found = append(found, fmt.Sprintf("line %d holds what looks like %s: %.12s…", 1+bytes.Count(text[:m[0]], []byte("\n")), what, word))
		}
	}
	slices.Sort(found)
	return found
}

// mayHold looks for what every match of a shape holds, which takes far less time than the match: a word, or a run of 30
// letters and digits.
func mayHold(text []byte, what string) bool {
	word, ok := map[string]string{
		"an AccessKey id": "LTAI", "a temporary AccessKey id": "STS.", "a SecurityToken": "CAIS", "a private key": "PRIVATE KEY-----",
	}[what]
	if ok {
		return bytes.Contains(text, []byte(word))
	}
	run := 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z':
			run++
			continue
		case run == 30:
			return true
		}
		run = 0
	}
	return run == 30
}

// mixed distinguishes what was drawn by lot from a name: there are digits and letters of both cases in it.
func mixed(word []byte) bool {
	return bytes.ContainsAny(word, "0123456789") && bytes.ContainsFunc(word, func(r rune) bool { return 'a' <= r && r <= 'z' }) &&
		bytes.ContainsFunc(word, func(r rune) bool { return 'A' <= r && r <= 'Z' })
}

func TestSecretShapesAreSeen(t *testing.T) {
	lots := strings.Repeat("aB3", 10)
	for what, text := range map[string]string{
		"an AccessKey id":          "id: LTAI" + "5tDrawnByLot0001",
		"a temporary AccessKey id": `"STS.` + `NTdrawnByLot00000001"`,
		"a SecurityToken":          "token=CAIS" + "drawn/by+lot/000000==",
		"an AccessKeySecret":       "x\nsecret: '" + lots + "'\n",
		"a private key":            "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEdrawnbylot0000\n",
	} {
		if found := secretShaped([]byte(text)); len(found) != 1 || !strings.Contains(found[0], what) {
			t.Errorf("%s: found %q in %q", what, found, text)
		}
	}
	for _, text := range []string{"TestRunsAndTestsAndReports30Days", "h1:" + lots + "/+abc=", published[0], "LTAI5tshort", lots + "1"} {
		if found := secretShaped([]byte(text)); found != nil {
			t.Errorf("found %q in %q", found, text)
		}
	}
}

func TestTheRepositoryHoldsNoSecrets(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		switch {
		case d.IsDir() && slices.Contains([]string{".git", ".build", "conform-report", "node_modules"}, name):
			return fs.SkipDir
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, found := range secretShaped(text) {
			t.Errorf("%s: %s (take it out and revoke it; if everybody may know it, add it to published in published_test.go)", path, found)
		}
		return nil
	})
	if err != nil || files < 300 {
		t.Errorf("%d files were looked at, %v", files, err)
	}
}
