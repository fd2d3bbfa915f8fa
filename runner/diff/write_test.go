package diff

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites/wording"
)

const hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>|`x` @all [a](http://evil.test/)\x1b[31m"

// hostileDiff has what a target says in every place that shows it.
func hostileDiff() *schemas.Diff {
	gone := was("c", schemas.NotJudged)
	gone.Why = hostile
	broken := was("a", schemas.Broken, "NONCE-1")
	broken.Findings[0].Got = hostile
	behind := was("d", schemas.NotJudged)
	behind.Behind, behind.Why = "a", hostile
	return Of(sideWith(was("a", schemas.Kept), answered("b", "fine", "nginx"), was("c", schemas.Kept), was("d", schemas.Kept), was("e", schemas.Broken, "ERROR-1")),
		sideWith(broken, answered("b", hostile, hostile), gone, behind, was("e", schemas.Kept), was("f", schemas.Kept)), nil)
}

func written(t *testing.T, d *schemas.Diff, format string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteIn(&b, d, format, 0, lang.English); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextTellsEverything(t *testing.T) {
	text := written(t, hostileDiff(), "text")
	for _, want := range []string{
		"BASE  x  ecs/rpc http://x/\n", "× NONCE-1 MUST regressed on 1 case  ecs/rpc\n", "    a [JSON, GET]\n", "1 case behind it can no longer be judged:\n    d [JSON, GET]\n",
		"! 1 case gone", "~ message of Bad in 1 case", "~ header server in 1 case", "✓ ERROR-1 fixed on 1 case", "+ 1 case new\n    f [JSON, GET]\n",
		"\nregressed  ·  3 cases compared, 1 regressed, 2 gone, 1 fixed, 1 new, 2 drifts\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if len([]rune(line)) > usualColumns+1 || strings.ContainsRune(line, '\x1b') {
			t.Errorf("a line that is too long or not plain: %q", line)
		}
	}
	if last := strings.TrimSpace(text[strings.LastIndex(strings.TrimSpace(text), "\n"):]); !strings.HasPrefix(last, "regressed  ·  ") {
		t.Errorf("the last line is %q, want the verdict", last)
	}
}

func TestTextOfManyStaysShort(t *testing.T) {
	var base, fresh []schemas.CaseResult
	for i := range 500 {
		base = append(base, was(fmt.Sprintf("case-%d", i), schemas.Kept))
		fresh = append(fresh, was(fmt.Sprintf("case-%d", i), schemas.Broken, "NONCE-1"))
	}
	text := written(t, Of(sideWith(base...), sideWith(fresh...), nil), "text")
	if n := strings.Count(text, "\n"); n > shown+15 || !strings.Contains(text, "… and 460 more") {
		t.Errorf("%d lines:\n%s", n, text)
	}
}

func TestNothingHostileIsMarkup(t *testing.T) {
	page := written(t, hostileDiff(), "html")
	policy := regexp.MustCompile(`Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/&#;]+=*'; base-uri 'none'; form-action 'none'"`)
	if !policy.MatchString(strings.ReplaceAll(page, "&#39;", "'")) {
		t.Errorf("no strict policy in\n%.600s", page)
	}
	markdown := written(t, hostileDiff(), "markdown")
	for format, text := range map[string]string{"html": page, "markdown": markdown} {
		for _, bad := range []string{"<script", "<img", "\x1b", "ZgotmplZ"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s holds %q", format, bad)
			}
		}
		for _, want := range []string{"alert", "NONCE-1", "regressed", "nginx", "f "} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", format, want)
			}
		}
	}
	for _, bad := range []string{"http://", "`x`", "@all", "[a]("} {
		if strings.Contains(markdown, bad) {
			t.Errorf("markdown holds %q:\n%s", bad, markdown)
		}
	}
	for _, row := range regexp.MustCompile(`(?m)^\| .*$`).FindAllString(markdown, -1) {
		if n := len(regexp.MustCompile(`(^|[^\\])\|`).FindAllString(row, -1)); n != 6 {
			t.Errorf("%d bars in the row %s", n, row)
		}
	}
}

func TestJSONFitsItsSchema(t *testing.T) {
	if err := file.CheckJSON(file.Diff, []byte(written(t, hostileDiff(), "json"))); err != nil {
		t.Error(err)
	}
}

// The page says of a clause what breaking it does to clients, and how it is fixed.
func TestThePageHasImpactAndFix(t *testing.T) {
	page := written(t, hostileDiff(), "html")
	for _, c := range fixtures.Clauses() {
		shown := strings.Contains(page, "<dt>impact</dt><dd>"+html.EscapeString(c.Impact)+"</dd><dt>fix</dt><dd>"+html.EscapeString(c.Fix)+"</dd>")
		if shown != (c.ID == "NONCE-1") {
			t.Errorf("%s: shown is %t", c.ID, shown)
		}
	}
}

// Whatever the terminal, no word is cut, and no line is wider that has two.
func TestWidthsOfTheText(t *testing.T) {
	const host, id = "a-rather-long-host-name.of-the.product.example.test", "4C467B38-3910-447D-87BC-AC049166F216"
	got := "200 with RequestId " + id + " from " + host + " instead of a refusal"
	broken := was("a-case-with-a-rather-long-name-of-several-words", schemas.Broken, "NONCE-1")
	broken.Findings[0].Got = got
	kept := was(broken.Name, schemas.Kept)
	d := Of(sideWith(kept, answered("b", "fine", "nginx")), sideWith(broken, answered("b", got, host)), nil)
	for _, columns := range []int{0, 60, 80, 160} {
		var b strings.Builder
		if err := textIn(&b, d, columns, lang.English); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if line = strings.TrimRight(line, "\n"); wording.Width(line) > cmp.Or(columns, 80) && len(strings.Fields(line)) > 1 && !strings.HasPrefix(line, "    a-case-with") {
				t.Errorf("%d columns: %q", columns, line)
			}
		}
		for _, whole := range []string{host, id, "a-case-with-a-rather-long-name-of-several-words [JSON, GET]"} {
			if !strings.Contains(b.String(), whole) {
				t.Errorf("%d columns: %s is cut:\n%s", columns, whole, b.String())
			}
		}
	}
}
