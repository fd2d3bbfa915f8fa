package metadata_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/schemas"
)

const example = "../../fixtures/examples/lending.metadata.json"

func read(t testing.TB, text []byte) *metadata.Product {
	t.Helper()
	p, err := metadata.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// load writes what was made of metadata into a folder, and loads it as every command does.
func load(t testing.TB, p *metadata.Product) *schemas.Profile {
	t.Helper()
	dir := t.TempDir()
	list, err := p.List()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "p.yaml")
	for name, text := range map[string][]byte{p.OperationsFile(): list, "p.yaml": p.Profile(fixtures.Observed)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := fixtures.LoadProfile(path)
	if err != nil {
		t.Fatalf("%v\n%s", err, p.Profile(fixtures.Observed))
	}
	return loaded
}

func text(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestProductOfTheExample(t *testing.T) {
	p := load(t, read(t, text(t, example)))
	var rows []string
	for _, r := range p.Codes {
		rows = append(rows, fmt.Sprintf("%s %s %s", r.Status, r.Code, r.Message))
	}
	want := []string{
		"409 Conflict.Loan The book is lent already.",
		"400 Duplicated.{ParameterName} The parameter {ParameterName} is given twice.",
		`403 Forbidden.Lent The book "{ParameterName}" is lent.`,
		"500 InternalError The request processing has failed.",
		"400 InvalidPageSize The value of {ParameterName} is not valid.",
		"400 InvalidPageSize The value of {ParameterName} is not valid.",
		"404 InvalidShelf.NotFound The shelf {ParameterName} does not exist.",
		"400 MissingShelfName ShelfName is mandatory for this action.",
		"503 ServiceBusy Come again later.",
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	if p.Name != "lending-2020-02-02" || p.Request.Action != "DescribeRegions" || p.Request.Version != "2020-02-02" {
		t.Errorf("name %s, request %+v", p.Name, p.Request)
	}
	if len(p.Operations.List) != 5 || len(p.Observed) == 0 || p.DefaultFormat != "" {
		t.Errorf("%d operations, %d observed rows, default format %q", len(p.Operations.List), len(p.Observed), p.DefaultFormat)
	}
	books := p.Operations.Named("ListBooks")
	if !books.ReadOnly || len(books.Required) != 2 || books.Result.Members["PageNumber"].Name != "" || books.Result.Members["Shelf"].Ref != "Shelf" {
		t.Errorf("ListBooks is %+v", books)
	}
	if len(p.Operations.Named("GetBook").Sample) == 0 || p.Operations.Named("CreateLoan").ReadOnly {
		t.Error("the samples or the kinds of operations are not read")
	}
}

// An operation is called without a key where proofs are published and none of them is one.
func TestProofsOfTheCaller(t *testing.T) {
	for security, want := range map[string]bool{
		`[{"AK":[]}]`: false, `[{"AK":[]},{"APP":[]}]`: false, `[{"Anonymous":[]}]`: true, `[{"ARS_OIDC":[]}]`: true, `[{"APP":[]},{"AK":[]}]`: false,
		`[]`: false, `null`: false, `{}`: false, `"Anonymous"`: false, `[1]`: false, `[null]`: false, `[{}]`: false,
	} {
		p := load(t, read(t, []byte(`{"info":{"style":"RPC","product":"P","version":"1"},"apis":{
			"DescribeRegions":{"operationType":"read","security":`+security+`},"ListBooks":{"operationType":"read"}}}`)))
		wanted := map[bool]string{false: "DescribeRegions", true: "ListBooks"}[want]
		if got := p.Operations.Named("DescribeRegions").Unsigned; got != want || p.Request.Action != wanted {
			t.Errorf("%s: unsigned is %t, and the sound request %s", security, got, p.Request.Action)
		}
	}
}

func TestWhatMakesNoSenseIsListed(t *testing.T) {
	p := read(t, text(t, example))
	file := string(p.Profile(fixtures.Observed))
	for _, want := range []string{
		"# Rows left out, since they make no sense: 2.\n", `#   "400" "" "Nobody knows." (no code)`,
		`#   "4003" "InvalidDays" "So many days\nare too many." (no status of an error)`, "held against nobody: 1.\n",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("no %q in\n%s", want, file)
		}
	}
}

func TestSameMetadataSameBytes(t *testing.T) {
	plain := text(t, example)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(plain)
	z.Close()
	first, second := read(t, plain), read(t, packed.Bytes())
	one, _ := first.List()
	other, _ := second.List()
	if !bytes.Equal(one, other) || !bytes.Equal(first.Profile("pop"), second.Profile("pop")) {
		t.Error("two readings of one document differ")
	}
}

// What is published by many hands is read as far as it goes, and what was made of it loads.
func TestOddMetadata(t *testing.T) {
	api := func(member string) string {
		return `{"info":{"style":"RPC","product":"P","version":"1"},"apis":{"A":{` + member + `}}}`
	}
	row := func(code, message string) string {
		return api(`"errorCodes":{"400":[{"errorCode":` + code + `,"errorMessage":` + message + `}]}`)
	}
	for name, c := range map[string]struct {
		text string
		rows int
	}{
		"nothing in it":          {`{"info":{"product":"P"}}`, 0},
		"no version":             {`{"info":{"product":"Ecs"},"apis":{"A":{"operationType":"read"}}}`, 0},
		"nulls":                  {`{"info":{"product":"P"},"apis":{"A":null,"B":{"parameters":null,"responses":{"200":null},"errorCodes":null}},"components":null}`, 0},
		"other types":            {api(`"methods":"get","parameters":{"a":1},"responses":[],"responseDemo":{},"errorCodes":{"404":[{"errorCode":404,"errorMessage":true}],"500":"x"}`), 1},
		"status of a class":      {api(`"errorCodes":{"5XX":[{"errorCode":"A","errorMessage":""}]," 503 ":[{"errorCode":"B","errorMessage":""}]}`), 1},
		"control characters":     {row(`"A\u0000B\u007f\u0085\ufeff\ufffe"`, `"\u2028 # : - \" \\ ' \n\t{}[]&*!|>%@"`), 1},
		"surrogates":             {row(`"\ud83d\ude00"`, `"\ud800"`), 1},
		"looks like YAML":        {row(`"null"`, `"2020-01-01"`), 1},
		"yes and numbers":        {row(`"yes"`, `"1e3"`), 1},
		"a hole and no more":     {row(`"%s"`, `"${x}"`), 1},
		"definition of itself":   {`{"info":{"product":"P"},"components":{"schemas":{"A":{"$ref":"#/components/schemas/A"}}},"apis":{"A":{"responses":{"200":{"schema":{"$ref":"#/components/schemas/A"}}},"responseDemo":"[{\"type\":\"json\",\"example\":\"{\\\"a\\\":1}\"}]"}}}`, 0},
		"reference to nothing":   {api(`"responses":{"200":{"schema":{"$ref":"#/x"}}}`), 0},
		"very deep":              {api(`"responses":{"200":{"schema":` + strings.Repeat(`{"type":"array","items":`, 3000) + `{}` + strings.Repeat("}", 3000) + `}}`), 0},
		"path without a slash":   {`{"info":{"style":"ROA","product":"P","version":"1"},"apis":{"A":{"path":"a/{b}/*","methods":["GET"],"operationType":"list"}}}`, 0},
		"a name of other script": {`{"info":{"style":"RPC","product":"产品","version":"1"},"apis":{"操作":{"operationType":"get"}}}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if p := load(t, read(t, []byte(c.text))); len(p.Codes) != c.rows {
				t.Errorf("%d rows, want %d", len(p.Codes), c.rows)
			}
		})
	}
}

func TestNoMetadata(t *testing.T) {
	for text, want := range map[string]string{
		"":                "line 1: is not JSON",
		"{\n\"info\": x}": "line 2: is not JSON",
		"[]":              "is not API metadata",
		`{"a":1}`:         "is not API metadata",
		"\x1f\x8bgarbage": "cannot be unpacked",
		`{"info":{"style":"OSS","product":"Oss"},"apis":{"A":{}}}`: `style "OSS", which is not of this convention`,
	} {
		_, err := metadata.Read(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

// endless is a document that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestEndlessMetadata(t *testing.T) {
	if _, err := metadata.Read(endless{}); err == nil || !strings.Contains(err.Error(), "is longer than 64 MiB") {
		t.Errorf("got %v", err)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	io.Copy(z, io.LimitReader(endless{}, metadata.MaxBytes+2))
	z.Close()
	if _, err := metadata.Read(&packed); err == nil || !strings.Contains(err.Error(), "is longer than 64 MiB") {
		t.Errorf("packed: got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	plain := text(f, example)
	f.Add(plain)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		cut := slices.Clone(plain)
		for range 5 {
			cut[random.IntN(len(cut))] = byte(random.IntN(256))
		}
		f.Add(cut)
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		if p, err := metadata.Read(bytes.NewReader(document)); err == nil {
			load(t, p)
		}
	})
}

// TestPublishedMetadata reads the files of a folder of published metadata; the numbers are those of its README.
func TestPublishedMetadata(t *testing.T) {
	folder := os.Getenv("ACSCONFORM_METADATA")
	if folder == "" {
		t.Skip("ACSCONFORM_METADATA names no folder of published metadata")
	}
	rows := map[string]int{"ecs": 2965, "slb": 338, "sae": 135, "kms": 54, "sts": 14, "alidns": 13, "ess": 6, "ram": 6, "cs": 0}
	files, err := filepath.Glob(filepath.Join(folder, "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no metadata in %s (%v)", folder, err)
	}
	for _, path := range files {
		product, _, _ := strings.Cut(filepath.Base(path), "_")
		p := load(t, read(t, text(t, path)))
		if want, known := rows[product]; known && len(p.Codes) != want {
			t.Errorf("%s: %d rows, want %d", product, len(p.Codes), want)
		}
		if p.Request.Action == "" || len(p.Operations.List) == 0 {
			t.Errorf("%s: %+v, %d operations", product, p.Request, len(p.Operations.List))
		}
	}
}
