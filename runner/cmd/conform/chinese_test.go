package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is English in every language: commands to copy, what was given in quotes, and names.
var (
	copied  = regexp.MustCompile(`^conform: |<parameter name>|lint merge|profile [a-z-]+|(?:conform|make|aliyun)(?: (?:[a-z-]+|[A-Z]+)\b)+|"(?:[^"\\]|\\.)*"|'[^']*'|[\w./-]+\.(?:yaml|json|pem|html)`)
	english = regexp.MustCompile(`\b[a-z]{2,} [a-z]{2,}\b`)
)

// leftInEnglish returns the first words of a text that are left in English.
func leftInEnglish(text string) string {
	return english.FindString(copied.ReplaceAllString(text, "§"))
}

// Whatever a command line gets to see under --lang zh is Chinese but for names, also where it is wrong.
func TestFaultsAreShownInChinese(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{
		"keys.yaml": "url: ftp://x\nprofile: ecs\nrequst: {action: x}\nlimits: {rate: many}\n",
		"values.yaml": "url: http://127.0.0.1/\nprofile: ecs\nrequest: {action: A, params: 3, method: get it}\nrecipes: [{status: 700}]\nresolve: [x, y, z]\n" +
			"headers: {\"a b\": c, Host: x}\nidempotency: {}\nnot_applicable: [{code: X}]\nskip: nothing\n",
		"secrets.yaml": "url: http://127.0.0.1/\nprofile: ecs\ncredentials: {default: {access_key_id: \"${NOSUCH}\", access_key_secret: \"a b\"}}\n",
		"profile.yaml": "name: bad p\nextends: nosuch\nformats: [YAML]\ndefault_format: XML\ncodes: [{code: X, status: 999}, {code: X, status: 400}]\n",
		"known.yaml":   "failures: [{case: x}]\n",
		"tab.yaml":     "url: x\n\ttab: x\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(`
run --target nonsense
run --profile nosuch
run --nosuch
run extra
run --config missing.yaml
run --config keys.yaml
run --config values.yaml
run --config secrets.yaml
run --config tab.yaml
run --concurrency -1
run --timeout soon
run --timeout=-1s
run --rate fast
run --case nosuch --profile ecs
run --case nonce-used-twice[YAML] --profile ecs
run --label-filter NOSUCH --profile ecs
run --last-failed --report-dir nowhere
run --known missing.yaml --profile ecs
run --known known.yaml --profile ecs
run --max-requests=-1
run --insecure
run --ca missing.pem --target http://127.0.0.1:1/ --profile ecs
run --resolve zzz --target http://127.0.0.1:1/
run -o nosuch
run -o text -o text --profile ecs
run --base missing.json --profile ecs
run --plan --target http://127.0.0.1:1/
run --plan --profile ecs
serve
serve --profile ecs --mutant nosuch
serve --profile ess --mutant nonce-by-timestamp
serve --profile ecs --mutant a --oddity b
serve --profile ecs --tls-cert a --tls-key b
serve --profile ecs --answers missing.yaml
serve --profile ecs --answers-from missing.yaml
serve --profile ecs --record nowhere/x.yaml
serve --from-metadata missing.json
list
list nosuch
list clauses
list conditions
list profiles
explain
explain nosuch
explain X13
check missing.yaml
check keys.yaml values.yaml secrets.yaml profile.yaml known.yaml tab.yaml
sign --config missing.yaml
sign --config values.yaml
doctor
doctor --config missing.yaml
diff
diff a b
diff keys.yaml missing.yaml
certify --config keys.yaml --key missing.pem
certify --config keys.yaml --key keys.yaml --level x
keygen --out nowhere
verify nowhere --key missing.pem
verify nowhere --key keys.yaml
statement missing.json
new-profile
new-profile x.txt
new-profile ecs.yaml
new-profile my.yaml --from-metadata missing.json
schema
schema nosuch
selftest nosuch
completion tcsh
lint
lint missing.har
lint keys.yaml
lint --only x keys.yaml
lint --only path=x keys.yaml
lint --only colour=x keys.yaml
lint --memory x keys.yaml
lint --map missing.yaml keys.yaml
lint --shard x keys.yaml
lint merge keys.yaml
proxy
proxy --upstream x --profile ecs
proxy --upstream http://127.0.0.1:1/ --profile ecs -o html
run --help
serve --help
certify --help
verify --help
lint --help
proxy --help
diff --help
sign --help
nosuch
--version
`), "\n") {
		_, out, errs := spoken("zh_CN.UTF-8", strings.Fields(line)...)
		if out+errs == "" {
			t.Errorf("conform %s shows nothing", line)
		}
		for shown := range strings.Lines(out + errs) {
			if left := leftInEnglish(shown); left != "" {
				t.Errorf("conform %s shows %q, with %q in English", line, strings.TrimSpace(shown), left)
			}
		}
	}
	if leftInEnglish("说明，see the note") == "" || leftInEnglish("conform explain 列出 `x`，\"left as it is\"") != "" {
		t.Error("what is left in English is not found, or what is to be copied is")
	}
}
