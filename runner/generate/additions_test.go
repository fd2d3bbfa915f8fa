package main

// An addition is what a section of the page on how to add describes, performed in a copy of the tree.
type addition struct {
	section string
	copies  []copying
	edits   []insertion
	then    [][]string // commands, which exit with 0; a line of them holds what shown says
	shown   string
}

// An insertion is a text put behind another one in a file.
type insertion struct{ file, behind, text string }

// A copying writes a file as another one, or as itself, with every occurrence of the old words replaced by the new.
type copying struct{ from, to, old, words string }

// The texts behind which several additions put theirs.
const (
	lastOfNonces          = "such as SET NX in Redis or a unique index.'}"
	lastOfNoncesInChinese = "例如 Redis 的 SET NX 或唯一索引。'"
	servesFresh           = "serves: [format-xml, fresh-nonces"
)

// additions are one for each section of the page that names files.
var additions = []addition{
	{"A case", nil, []insertion{
		{"suites/nonce.go", "Cases: []Case{", "\n\t\t" + `{Name: named("nonce-used-again-two-seconds-older"), Condition: NonceReused, Steps: []Step{sound, again(Age(2e9))}, Spread: Formats, KeepReason: "a test adds it"},`},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "ecs", "--case", "nonce-used-again-two-seconds-older"}}, "nothing broken"},
	{"A rule", nil, []insertion{
		{"fixtures/spec/clauses.yaml", lastOfNonces, "\n  - {id: NONCE-4, level: MUST, statement: 'a used nonce is not answered by a code of its own', source: 'a test', documents: [gateway, ecs], impact: 'A code of its own is none that clients know.', fix: 'Answer the published code.'}"},
		{"fixtures/spec/zh/clauses.yaml", lastOfNoncesInChinese, "\n  NONCE-4:\n    statement: '重复使用的随机数不以专有的错误码拒绝'\n    source: '测试'\n    impact: '客户端不认识专有的错误码。'\n    fix: '返回文档规定的错误码。'"},
		{"suites/nonce.go", "Rules: []Rule{", "\n\t\t" + `{Name: named("nonce-is-not-told"), Clause: "NONCE-4", One: func(e *Observation) Check { return passIf(e.Code != "NonceTold", e.Code, "another code") }},`},
		{"runner/reference/mutants/nonce.go", "func memoryMutants() []vary.Variant {\n\tprofiles := []string{\"gateway\", \"ecs\"}\n\treturn []vary.Variant{", "\n\t\t" + `{Name: "nonce-told", Clause: "NONCE-4", Profiles: profiles, Description: "answers a used nonce by a code of its own", Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Code", "NonceTold") })},`},
	}, [][]string{{"run", "./runner/cmd/conform", "explain", "NONCE-4"}, {"vet", "./..."}}, "A code of its own is none"},
	{"A clause", nil, []insertion{
		{"fixtures/spec/clauses.yaml", lastOfNonces, "\n  - {id: NONCE-4, level: MUST, statement: 'a used nonce is not answered by a code of its own', source: 'a test', untested: 'a test adds it', documents: [gateway, ecs], impact: 'A code of its own is none that clients know.', fix: 'Answer the published code.'}"},
		{"fixtures/spec/zh/clauses.yaml", lastOfNoncesInChinese, "\n  NONCE-4:\n    statement: '重复使用的随机数不以专有的错误码拒绝'\n    source: '测试'\n    untested: '测试所加'\n    impact: '客户端不认识专有的错误码。'\n    fix: '返回文档规定的错误码。'"},
	}, [][]string{{"run", "./runner/cmd/conform", "explain", "NONCE-4"}, {"test", "-run", "Clause", "./fixtures/...", "./suites"}}, "a test adds it"},
	{"A condition", nil, []insertion{
		{"suites/conditions.go", `FreshNonces             schemas.Condition = "fresh-nonces"`, "\n\tNonceOfLetters schemas.Condition = \"nonce-of-letters\""},
		{"suites/conditions.go", `{FreshNonces, "fresh nonces", "SignatureNonce", []string{"NONCE-3"}},`, "\n\t{NonceOfLetters, \"nonce of letters alone\", \"SignatureNonce\", []string{\"NONCE-3\"}},"},
		{"schemas/profile.schema.json", `"nonce-raced", "fresh-nonces"`, `, "nonce-of-letters"`},
		{"fixtures/spec/conditions.yaml", "that were never used, in shapes that clients make.',\n     wants: 'Each of them is served.'}", "\n  - {id: nonce-of-letters,\n     sends: 'A nonce that has no digits.',\n     wants: 'The call is served.'}"},
		{"fixtures/spec/zh/conditions.yaml", "随机数采用客户端常见的各种形式。'\n    wants: '每个请求都得到处理。'", "\n  nonce-of-letters:\n    sends: '不含数字的随机数。'\n    wants: '正常处理该调用。'"},
		{"runner/internal/lang/zh/suites.json", ` "fresh nonces": "新的随机数",`, "\n \"nonce of letters alone\": \"只含字母的随机数\","},
		{"fixtures/profiles/gateway.yaml", "content-md5-right, fresh-nonces", ", nonce-of-letters"},
		{"fixtures/profiles/ecs.yaml", servesFresh, ", nonce-of-letters"},
		{"fixtures/profiles/ess.yaml", servesFresh, ", nonce-of-letters"},
		{"fixtures/profiles/kms.yaml", servesFresh, ", nonce-of-letters"},
		{"fixtures/profiles/kms-legacy.yaml", servesFresh, ", nonce-of-letters"},
		{"fixtures/profiles/pop.yaml", servesFresh, ", nonce-of-letters"},
		{"fixtures/examples/weather.yaml", "serves: [timestamp-in-window, fresh-nonces", ", nonce-of-letters"},
		{"fixtures/conditions_test.go", `"content-md5-right", "fresh-nonces"`, `, "nonce-of-letters"`},
		{"suites/nonce.go", "Cases: []Case{", "\n\t\t" + `{Name: named("nonce-of-letters"), Condition: NonceOfLetters, Spread: Formats, Change: []Change{NonceLike("a nonce of letters", func(first string) string { return strings.Map(func(r rune) rune { if r < 'a' { r += 'g' - '-' }; return r }, first) })}, KeepReason: "a test adds it"},`},
	}, [][]string{
		{"run", "./runner/cmd/conform", "run", "--profile", "ecs", "--profile", "gateway", "--case", "nonce-of-letters"},
		{"run", "./runner/cmd/conform", "explain", "nonce-of-letters"},
		{"test", "-run", "Condition", "./fixtures", "./suites"},
	}, "nothing broken"},
	{"A mutant", nil, []insertion{
		{"runner/reference/mutants/nonce.go", "func memoryMutants() []vary.Variant {\n\tprofiles := []string{\"gateway\", \"ecs\"}\n\treturn []vary.Variant{", "\n\t\t" + `{Name: "nonces-kept-by-twos", Clause: "NONCE-1", Profiles: profiles, Description: "takes any nonce again and again", Apply: func(s *server.Server) { s.ClaimNonce = func(string, time.Time) bool { return true } }},`},
	}, [][]string{{"run", "./runner/cmd/conform", "selftest", "nonces-kept-by-twos"}}, "every mutant caught"},
	{"A profile", []copying{
		{"fixtures/profiles/gateway.yaml", "fixtures/profiles/alike.yaml", "name: gateway\n", "name: alike\n"},
		{"fixtures/spec/clauses.yaml", "fixtures/spec/clauses.yaml", "profiles: [gateway", "profiles: [alike, gateway"},
	}, []insertion{
		{"fixtures/load.go", `"kms-legacy", "ess"`, `, "alike"`},
		{"schemas/profile.schema.json", `"kms-legacy", "ess"`, `, "alike"`},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "alike"}}, "32 of 32 answered"},
	{"A report format", nil, []insertion{
		{"runner/report/words.go", "", "package report\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\n\t\"github.com/acsconform/acsconform/schemas\"\n)\n\n// WriteWords writes how many runs a report has.\nfunc WriteWords(w io.Writer, r *schemas.Report) error {\n\t_, err := fmt.Fprintln(w, len(r.Runs))\n\treturn err\n}\n"},
		{"runner/report/files.go", "{JUnitFile, JUnit{f.Language}.Write}, ", `{"words.txt", WriteWords}, `},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "ecs", "--case", "nonce-used-twice", "--report-dir", "report"}, {"run", "./runner/cmd/conform", "list", "clauses"}}, "nothing broken"},
	{"A part of report.html", nil, []insertion{
		{"runner/report/htmlcount.go", "", "package report\n\nimport \"github.com/acsconform/acsconform/schemas\"\n\n// runsIn counts the runs of a report.\nfunc runsIn(r *schemas.Report) int { return len(r.Runs) }\n"},
		{"runner/report/htmlpage.go", "Since    *htmlSince", "\n\tCounted  int"},
		{"runner/report/htmlpage.go", "since(h.Since, h, data.Runs)", "\n\tdata.Counted = runsIn(r)"},
		{"runner/report/page.html", "<main>\n", `<p class="counted">{{t (printf "%d runs in this report" .Counted)}}</p>` + "\n"},
		{"runner/report/page.css", "", ".counted { margin: 0 }\n"},
		{"runner/internal/lang/zh/page.json", ` "Find": "查找",`, "\n \"%d runs in this report\": \"本报告共 %d 次运行\","},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "ecs", "--case", "nonce-used-twice", "-o", "html"}, {"test", "-run", "Page", "./runner/internal/lang"}}, "本报告共 1 次运行"},
	{"A page", nil, []insertion{
		{"runner/hostile/README.md", "", "# Servers that behave badly\n\nThe package is described in [doc.go](doc.go).\n\n    make soak\n"},
		{"README.md", "| testing many targets in rounds, on one machine or many |", "\n| [runner/hostile/README.md](runner/hostile/README.md) | servers that behave badly |"},
		{"runner/docs/README.zh.md", "| [runner/fleet/README.md](../fleet/README.md) | 端点群：在一台或多台机器上对多个被测服务定期巡检 |", "\n| [runner/hostile/README.md](../hostile/README.md) | 行为异常的服务器 |"},
	}, [][]string{{"test", "-v", "-run", "Pages|FirstPage", "./runner/cmd/conform"}}, "PASS: TestTheChinesePageSaysWhatTheFirstPageSays"},
}
