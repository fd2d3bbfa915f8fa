package body

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// kmsShape and essShape are shapes with all that a shape can ask for.
var (
	kmsShape = schemas.EnvelopeShape{
		ErrorRoot: "KMS", SuccessRoot: "{Action}Response", ToleratedSuccessRoot: "KMS",
		Mandatory: []string{"HttpStatus", "Code", "Message", "RequestId"}, Recommended: []string{"HostId"},
		Numeric: []string{"HttpStatus"}, Known: []string{"Recommend", "AccessDeniedDetail"},
	}
	essShape = schemas.EnvelopeShape{
		ErrorRoot: "Error", SuccessRoot: "{Action}Response", Mandatory: []string{"RequestId", "HostId", "Code", "Message"},
	}
	gatewayShape = schemas.EnvelopeShape{Mandatory: []string{"Code", "Message", "RequestId"}}
)

// errorBodies are JSON errors of the shape of kms with the kind and member of each violation.
var errorBodies = []struct {
	body string
	want string // "kind of Member, …"
}{
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1"}`, ""},
	{`{"RequestId":"1","Message":"m","Code":"X","HttpStatus":404,"HostId":"h","Further":[1]}`, ""},
	{`{"HttpStatus":-1,"Code":"X","Message":"m","RequestId":"1"}`, ""},
	{`{"HttpStatus":0,"Code":" x ","Message":"\u3000","RequestId":"1"}`, ""},
	{`{}`, "missing of HttpStatus, missing of Code, missing of Message, missing of RequestId"},
	{`{"HttpStatus":404,"Code":"X","Message":"m"}`, "missing of RequestId"},
	{`{"HttpStatus":404,"Code":"","Message":"m","RequestId":"1"}`, "empty of Code"},
	{`{"HttpStatus":404,"Code":" \n","Message":"m","RequestId":"1"}`, "empty of Code"},
	{`{"HttpStatus":404,"Code":404,"Message":"m","RequestId":"1"}`, "wrong type of Code"},
	{`{"HttpStatus":404,"Code":null,"Message":["m"],"RequestId":{"a":1}}`, "wrong type of Code, wrong type of Message, wrong type of RequestId"},
	{`{"HttpStatus":404,"Code":true,"Message":"m","RequestId":"1"}`, "wrong type of Code"},
	{`{"HttpStatus":"404","Code":"X","Message":"m","RequestId":"1"}`, "wrong type of HttpStatus"},
	{`{"HttpStatus":"","Code":"X","Message":"m","RequestId":"1"}`, "wrong type of HttpStatus"},
	{`{"HttpStatus":404.5,"Code":"X","Message":"m","RequestId":"1"}`, "wrong type of HttpStatus"},
	{`{"HttpStatus":null,"Code":"X","Message":"m","RequestId":"1"}`, "wrong type of HttpStatus"},
	{`{"httpStatus":404,"Code":"X","Message":"m","RequestId":"1"}`, "misspelt of HttpStatus"},
	{`{"HttpStatus":404,"code":"X","message":"m","requestId":"1"}`, "misspelt of Code, misspelt of Message, misspelt of RequestId"},
	{`{"HttpStatus":404,"errorCode":"X","Message":"m","RequestId":"1"}`, "misspelt of Code"},
	{`{"HttpStatus":404,"Code":"X","code":5,"Message":"m","RequestId":"1"}`, ""},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","HostId":""}`, ""},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","HostId":7}`, "wrong type of HostId"},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","HostId":null}`, "wrong type of HostId"},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","AccessDeniedDetail":{}}`, ""},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","AccessDeniedDetail":{"AuthAction":"a"}}`, ""},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","AccessDeniedDetail":"{}"}`, "wrong type of AccessDeniedDetail"},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","AccessDeniedDetail":[]}`, "wrong type of AccessDeniedDetail"},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","AccessDeniedDetail":null}`, "wrong type of AccessDeniedDetail"},
	{`{"HttpStatus":404,"Code":"X","Message":"m","RequestId":"1","Recommend":7}`, ""},
	{`[]`, "root of "},
	{`"X"`, "root of "},
	{`null`, "root of "},
}

// ownNumbers are what the schema lets pass, or chokes on, and we do not.
var ownNumbers = []string{"404.0", "4e2", "404E0", "1e10000000", "99999999999999999999"}

func violations(found []Violation) string {
	var words []string
	for _, v := range found {
		words = append(words, string(v.Kind)+" of "+v.Member)
	}
	return strings.Join(words, ", ")
}

// TestCheckErrorJSON also holds the verdict against another reader of the same schema.
func TestCheckErrorJSON(t *testing.T) {
	shapes, other := NewShapes(kmsShape), otherReader(t, ErrorSchema(kmsShape))
	for _, c := range errorBodies {
		found := shapes.CheckError(Open([]byte(c.body)))
		if got := violations(found); got != c.want {
			t.Errorf("%s: %s, want %s", c.body, got, c.want)
		}
		object, err := jsonschema.UnmarshalJSON(strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Validate(object); (err == nil) != (len(found) == 0) {
			t.Errorf("%s: violations %v, the other reader says %v", c.body, found, err)
		}
	}
	for _, number := range ownNumbers {
		body := `{"HttpStatus":` + number + `,"Code":"X","Message":"m","RequestId":"1"}`
		if got := violations(shapes.CheckError(Open([]byte(body)))); got != "wrong type of HttpStatus" {
			t.Errorf("%s: %s, want wrong type of HttpStatus", body, got)
		}
	}
}

func otherReader(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("envelope.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("envelope.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestCheckErrorOfOtherShapes(t *testing.T) {
	body := `{"Code":"X","Message":"m","RequestId":"1"}`
	for name, want := range map[string]string{
		"gateway": "", "ecs": "", "ess": "missing of HostId", "kms": "missing of HttpStatus", "kms-legacy": "missing of HttpStatus",
	} {
		p := profiles(t)[name]
		if p == nil {
			t.Fatalf("no profile %s", name)
		}
		if got := violations(NewShapes(p.Envelope).CheckError(Open([]byte(body)))); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestCheckSuccess(t *testing.T) {
	shapes, other := NewShapes(kmsShape), otherReader(t, SuccessSchema(kmsShape))
	for body, want := range map[string]string{
		`{"RequestId":"1"}`:            "",
		`{"RequestId":"1","Code":200}`: "",
		`{}`:                           "missing of RequestId",
		`{"requestId":"1"}`:            "misspelt of RequestId",
		`{"RequestId":""}`:             "empty of RequestId",
		`{"RequestId":1}`:              "wrong type of RequestId",
		`[]`:                           "root of ",
	} {
		found := shapes.CheckSuccess(Open([]byte(body)))
		if got := violations(found); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
		object, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Validate(object); (err == nil) != (want == "") {
			t.Errorf("%s: want %q, the other reader says %v", body, want, err)
		}
	}
	for body, want := range map[string]string{
		`<R><RequestId>1</RequestId></R>`:        "",
		`<R><a/></R>`:                            "missing of RequestId",
		`<R><requestId>1</requestId></R>`:        "misspelt of RequestId",
		`<R><RequestId> </RequestId></R>`:        "empty of RequestId",
		`<R><RequestId><a>1</a></RequestId></R>`: "wrong type of RequestId",
	} {
		if got := violations(shapes.CheckSuccess(Open([]byte(body)))); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// TestSchemaLibraryPanics: what the library does with a bound and an absurd exponent comes back as an error.
func TestSchemaLibraryPanics(t *testing.T) {
	schema := compile([]byte(`{"properties":{"N":{"minimum":1}}}`))
	if wrong, err := failing(schema, map[string]any{"N": json.Number("1e10000000")}); err == nil {
		t.Errorf("got %v and no error, want an error", wrong)
	}
	if wrong, err := failing(schema, map[string]any{"N": json.Number("0")}); err != nil || len(wrong) != 1 || wrong[0] != "N" {
		t.Errorf("got %v, %v, want N and no error", wrong, err)
	}
}

// TestViolationsInWords: the words are ours, whatever the schema library prints.
func TestViolationsInWords(t *testing.T) {
	long := strings.Repeat("é", 100)
	for body, want := range map[string]string{
		`{"HttpStatus":"404","Code":"X","Message":"m","RequestId":"1"}`:                      `a string ("404"), want an integer`,
		`{"HttpStatus":4.5,"Code":"X","Message":"m","RequestId":"1"}`:                        `a number (4.5), want an integer`,
		`{"HttpStatus":404,"Code":404,"Message":"m","RequestId":"1"}`:                        `a number (404), want a non-empty string`,
		`{"HttpStatus":404,"Code":"","Message":"m","RequestId":"1"}`:                         `an empty string, want a non-empty string`,
		`{"HttpStatus":404,"Code":" ","Message":"m","RequestId":"1"}`:                        `a string of white space only, want a non-empty string`,
		`{"HttpStatus":404,"Code":null,"Message":"m","RequestId":"1"}`:                       `null, want a non-empty string`,
		`{"HttpStatus":404,"Code":[],"Message":"m","RequestId":"1"}`:                         `an array, want a non-empty string`,
		`{"HttpStatus":404,"Code":true,"Message":"m","RequestId":"1"}`:                       `a boolean (true), want a non-empty string`,
		`{"HttpStatus":404,"Message":"m","RequestId":"1"}`:                                   `nothing, want a non-empty string`,
		`{"HttpStatus":404,"code":"","Message":"m","RequestId":"1"}`:                         `"code", want "Code"`,
		`{"HttpStatus":"` + long + `","Code":"X","Message":"m","RequestId":"1"}`:             `a string ("` + long[:40] + `…"), want an integer`,
		`{"HttpStatus":1,"Code":"X","Message":"m","RequestId":"1","AccessDeniedDetail":"a"}`: `a string ("a"), want an object`,
		`{"HttpStatus":1,"Code":"X","Message":"m","RequestId":"1","HostId":{}}`:              `an object, want a string`,
		`[]`: `the top is an array, not an object, want one JSON object`,
		`<Error><HttpStatus>x</HttpStatus><Code>X</Code><Message>m</Message><RequestId>1</RequestId></Error>`: `the root <Error>, want the root <KMS>; text ("x"), want digits`,
		`<KMS><HttpStatus>1</HttpStatus><Code></Code><Message>m</Message><RequestId>1</RequestId></KMS>`:      `no text, want non-empty text`,
		`<KMS><HttpStatus>1</HttpStatus><Code><a/></Code><Message>m</Message><RequestId>1</RequestId></KMS>`:  `an element that holds elements, want non-empty text`,
	} {
		var words []string
		for _, v := range NewShapes(kmsShape).CheckError(Open([]byte(body))) {
			words = append(words, v.Got+", want "+v.Want)
		}
		if got := strings.Join(words, "; "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
	if got := NewShapes(gatewayShape).CheckError(Open([]byte(`<Error><Code>X</Code><Message>m</Message><RequestId>1</RequestId></Error>`))); len(got) != 1 || got[0].Got != "XML" {
		t.Errorf("XML where the shape has none: %v, want one violation of the root", got)
	}
}
