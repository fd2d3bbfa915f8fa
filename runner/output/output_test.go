package output_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/output"
)

// write writes the form and, for a file, its name.
func write(out io.Writer, t output.Target) error {
	_, err := io.WriteString(out, t.Form+" "+filepath.Base(t.File)+"\n")
	return err
}

func TestResultsGoWhereTheyAreNamed(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		words []string
		to    string
		out   string
		files map[string]string
	}{
		{[]string{"text"}, "", "text .\n", nil},
		{[]string{"json=" + at("a=b")}, "", "", map[string]string{"a=b": "json a=b\n"}},
		{[]string{"markdown", "json=" + at("x")}, "", "markdown .\n", map[string]string{"x": "json x\n"}},
		{[]string{at("R.MD"), "text"}, "", "text .\n", map[string]string{"R.MD": "markdown R.MD\n"}},
		{[]string{"json"}, at("old"), "", map[string]string{"old": "json old\n"}},
	} {
		f := output.Flags{Output: c.words, To: c.to}
		if err := f.Settle(output.Text, output.JSON, output.Markdown); err != nil {
			t.Errorf("%q: %v", c.words, err)
			continue
		}
		var out strings.Builder
		if err := f.Put(&out, write); err != nil || out.String() != c.out {
			t.Errorf("%q: %v, got %q, want %q", c.words, err, out.String(), c.out)
		}
		for name, want := range c.files {
			if text, err := os.ReadFile(at(name)); err != nil || string(text) != want {
				t.Errorf("%q: %s: %q, %v, want %q", c.words, name, text, err, want)
			}
		}
	}
}

func TestWhatOutputCannotMean(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		words []string
		to    string
		want  string
	}{
		{[]string{"pdf"}, "", "want text or json"},
		{[]string{"json="}, "", "want text or json"},
		{[]string{"html=" + filepath.Join(dir, "x")}, "", "want text or json"},
		{[]string{filepath.Join(dir, "x.md")}, "", "want text or json"},
		{[]string{"json=" + dir}, "", "is a folder"},
		{[]string{"json=" + filepath.Join(dir, "none", "x")}, "", "there is no folder"},
		{[]string{"text", "json"}, "", "standard output"},
		{[]string{"text=" + filepath.Join(dir, "x"), "json=" + filepath.Join(dir, "x")}, "", "two results go to"},
		{[]string{"text", "json=" + filepath.Join(dir, "x")}, filepath.Join(dir, "y"), "leave --to out"},
	} {
		f := output.Flags{Output: c.words, To: c.to}
		if err := f.Settle(output.Text, output.JSON); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q, --to %q: got %v, want one line with %q", c.words, c.to, err, c.want)
		}
	}
}

// A text that is printed in part is put, with the fault; one of which nothing is printed leaves the file as it was.
func TestFaultsOfPrintedTexts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	f := output.Flags{Output: []string{"text=" + file, "text"}}
	if err := f.Settle(output.Text); err != nil {
		t.Fatal(err)
	}
	fault := errors.New("a fault")
	for _, c := range []struct{ printed, want string }{{"before", "before"}, {"", "before"}, {"after", "after"}} {
		var out strings.Builder
		err := f.Print(&out, func(w io.Writer) error {
			_, _ = io.WriteString(w, c.printed)
			return fault
		})
		if text, _ := os.ReadFile(file); !errors.Is(err, fault) || string(text) != c.want || out.String() != c.printed {
			t.Errorf("%q: %v, file %q, standard output %q", c.printed, err, text, out.String())
		}
	}
}
