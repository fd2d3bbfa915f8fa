package signing_test

import (
	"crypto/sha1"
	"hash"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/signing"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
	"github.com/acsconform/acsconform/suites/wording"
)

const secret = "of-the-test"

// rpcMessage has a parameter for every mistake of encoding.
func rpcMessage(method string) sign.Message {
	return sign.Message{Method: method, Path: "/", Params: []sign.Param{
		{Name: "Action", Value: "CreateThing"}, {Name: "Name", Value: "a b"}, {Name: "Home", Value: "~x"}, {Name: "Star", Value: "1*2"},
		{Name: "bang", Value: "hey!"}, {Name: "Empty", Value: ""}, {Name: "Timestamp", Value: "2026-11-27T09:30:00Z"}, {Name: "Zone", Value: "p/q"},
	}}
}

// withForm is the same request with some of its parameters in a form.
func withForm(form string) sign.Message {
	m := rpcMessage("POST")
	m.Body = []byte(form)
	return m
}

const rightRPC = "GET&%2F&Action%3DCreateThing%26Empty%3D%26Home%3D~x%26Name%3Da%2520b%26Star%3D1%252A2%26Timestamp%3D2026-11-27T09%253A30%253A00Z%26Zone%3Dp%252Fq%26bang%3Dhey%2521"

func acsMessage() sign.Message {
	return sign.Message{Method: "POST", Path: "/", Params: []sign.Param{{Name: "RegionId", Value: "cn-a"}}, Body: []byte(`{"a":1}`), Header: schemas.Header{
		{Name: "Host", Value: "api.example.test"}, {Name: "x-acs-action", Value: "Run"}, {Name: "x-acs-date", Value: "2026-11-27T09:30:00Z"},
		{Name: "x-acs-content-sha256", Value: sign.ContentSHA256([]byte(`{"a":1}`))},
	}}
}

const (
	hashOfBody = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
	hashOfNone = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	rightACS   = "POST\n/\nRegionId=cn-a\nhost:api.example.test\nx-acs-action:Run\nx-acs-content-sha256:" + hashOfBody + "\nx-acs-date:2026-11-27T09:30:00Z\n\nhost;x-acs-action;x-acs-content-sha256;x-acs-date\n" + hashOfBody
)

func roaMessage() sign.Message {
	return sign.Message{Method: "GET", Path: "/things", Params: []sign.Param{{Name: "b", Value: "1"}, {Name: "a", Value: ""}}, Header: schemas.Header{
		{Name: "Accept", Value: "application/json"}, {Name: "Date", Value: "Fri, 27 Nov 2026 09:30:00 GMT"}, {Name: "x-acs-version", Value: "2026-01-01"},
	}}
}

const rightROA = "GET\napplication/json\n\n\nFri, 27 Nov 2026 09:30:00 GMT\nx-acs-version:2026-01-01\n/things?a&b=1"

func TestRightTextsAreRight(t *testing.T) {
	for _, c := range []struct {
		style schemas.Style
		m     sign.Message
		told  string
	}{
		{schemas.RPC, rpcMessage("GET"), rightRPC},
		{schemas.ROA, roaMessage(), rightROA},
		{schemas.ACS3, acsMessage(), rightACS},
		{schemas.ACS3, acsMessage(), "ACS3-HMAC-SHA256\n" + sign.ContentSHA256([]byte(rightACS))},
		{schemas.RPC, rpcMessage("GET"), `{"RequestId":"1","Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched with our calculation. server string to sign is:` + strings.ReplaceAll(rightRPC, "&", `\u0026`) + `"}`},
		{schemas.RPC, rpcMessage("GET"), "<Error><Code>SignatureDoesNotMatch</Code><Message>server string to sign is:" + strings.ReplaceAll(rightRPC, "&", "&amp;") + "</Message></Error>"},
		{schemas.ACS3, acsMessage(), `Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n` + sign.ContentSHA256([]byte(rightACS)) + `]`},
	} {
		got := compare(c.style, c.m, c.told)
		if !got.Same {
			t.Errorf("%s: %+v", c.told, got)
		}
	}
}

func compare(style schemas.Style, m sign.Message, told string) signing.Comparison {
	return signing.Compare(signing.Explain(style, m, secret), signing.ReadTold(style, told), secret)
}

// Each text is written by hand, with what a client or a gateway is known to do.
func TestKnownMistakesAreNamed(t *testing.T) {
	swap := func(text, old, other string) string {
		if !strings.Contains(text, old) {
			panic(old)
		}
		return strings.ReplaceAll(text, old, other)
	}
	for name, c := range map[string]struct {
		style schemas.Style
		m     sign.Message
		told  string
		want  string
		at    int
	}{
		"blank":        {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "a%2520b", "a%2Bb"), "blank as +", strings.Index(rightRPC, "520b")},
		"tilde":        {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "~", "%257E"), "~ as %7E", strings.Index(rightRPC, "~")},
		"star":         {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "1%252A2", "1%2A2"), "* bare", strings.Index(rightRPC, "52A2")},
		"bang":         {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "hey%2521", "hey%21"), "! bare", strings.Index(rightRPC, "hey%25") + 5},
		"sorting":      {schemas.RPC, rpcMessage("GET"), swap(swap(rightRPC, "%26bang%3Dhey%2521", ""), "Action%3DCreateThing", "Action%3DCreateThing%26bang%3Dhey%2521"), "sorting", strings.Index(rightRPC, "Empty")},
		"empty":        {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "%26Empty%3D", ""), "empty value left out", strings.Index(rightRPC, "Empty")},
		"host":         {schemas.ACS3, acsMessage(), swap(rightACS, "api.example.test", "10.0.0.1:8080"), "Host", strings.Index(rightACS, "api.")},
		"time":         {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "T09%253A30", "T17%253A30"), "time", strings.Index(rightRPC, "09%253A")},
		"twice":        {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "%25", "%2525"), "doubly encoded", strings.Index(rightRPC, "%2520") + 4},
		"lower case":   {schemas.RPC, rpcMessage("GET"), swap(swap(swap(rightRPC, "%252A", "%252a"), "%253A", "%253a"), "p%252Fq", "p%252fq"), "lower-case %2f", strings.Index(rightRPC, "%252A") + 4},
		"key":          {schemas.ROA, roaMessage(), rightROASignature("&"), "key with a trailing &", -1},
		"method":       {schemas.RPC, rpcMessage("POST"), rightRPC, "GET for POST", 0},
		"body":         {schemas.ACS3, acsMessage(), swap(rightACS, hashOfBody, hashOfNone), "body not hashed", strings.Index(rightACS, hashOfBody)},
		"host hashed":  {schemas.ACS3, acsMessage(), "ACS3-HMAC-SHA256\n" + sign.ContentSHA256([]byte(swap(rightACS, "example.test", "example.test:443"))), "Host", -1},
		"body as is":   {schemas.ACS3, acsMessage(), strings.TrimSuffix(rightACS, hashOfBody) + `{"a":1}`, "body not hashed", strings.LastIndex(rightACS, hashOfBody)},
		"roa encoded":  {schemas.ROA, roaMessage(), swap(rightROA, "?a&", "?a=&"), "empty value left out", strings.Index(rightROA, "?a") + 2},
		"no key mark":  {schemas.RPC, rpcMessage("GET"), signatureOfRPCWithoutMark(), "key without a trailing &", -1},
		"form":         {schemas.RPC, rpcMessage("GET"), swap(swap(swap(rightRPC, "a%2520b", "a%2Bb"), "~", "%257E"), "1%252A2", "1%2A2"), "blank as +, ~ as %7E, * bare", strings.Index(rightRPC, "~")},
		"form unread":  {schemas.RPC, withForm("Name=a+b&Zone=p%2Fq"), swap(swap("POST"+rightRPC[3:], "%26Name%3Da%2520b", ""), "%26Zone%3Dp%252Fq", ""), "form left out", strings.Index(rightRPC, "Name") + 1},
		"query unread": {schemas.RPC, withForm("Name=a+b&Zone=p/q"), "POST&%2F&Name%3Da%2520b%26Zone%3Dp%252Fq", "query left out", strings.Index(rightRPC, "Action") + 1},
		"unknown":      {schemas.RPC, rpcMessage("GET"), swap(rightRPC, "CreateThing", "DeleteThing"), "", strings.Index(rightRPC, "CreateThing")},
	} {
		got := compare(c.style, c.m, c.told)
		var names []string
		for _, m := range got.Mistakes {
			names = append(names, m.Name)
		}
		if text := strings.Join(names, ", "); got.Same || text != c.want || got.At != c.at {
			t.Errorf("%s: %q at %d, want %q at %d", name, text, got.At, c.want, c.at)
		}
	}
}

// The signatures were made with the key spoilt, by the signers themselves.
func rightROASignature(behind string) string {
	m := roaMessage()
	_, signature := sign.ROA(m.Method, m.Header, m.Path, m.Params, secret+behind)
	return "Authorization: acs testid:" + signature
}

func signatureOfRPCWithoutMark() string {
	// What style roa signs of such a message is another text; the key alone is borrowed from it.
	return sign.Algorithm{Hash: newSHA1}.Sign(schemas.ROA, rightRPC, secret)
}

func TestSecretsAreNotShown(t *testing.T) {
	const token = "token-of-the-request-0123456789"
	m := rpcMessage("GET")
	m.Params = append(m.Params, sign.Param{Name: "SecurityToken", Value: token})
	target := &schemas.Target{Credentials: map[string]schemas.Credential{"default": {AccessKeyID: "testid", AccessKeySecret: secret}}}
	steps := signing.Explain(schemas.RPC, m, secret)
	told := signing.Told{Form: signing.Text, Text: strings.Replace(steps.ToSign, "Action", "::error::"+secret+"\x1b", 1)}
	clean := signing.Cleaner(target, m, told)
	text := strings.Join(append(steps.Lines(clean, lang.English), signing.Compare(steps, told, secret).Lines(clean, lang.English)...), "\n")
	for _, bad := range []string{token, token[:20], secret, "\x1b", "::error::"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is shown in\n%s", bad, text)
		}
	}
	if !strings.Contains(text, steps.Signature) {
		t.Errorf("the signature is not shown in\n%s", text)
	}
}

// The mark is under the first byte that differs.
func TestTheDifferenceIsMarked(t *testing.T) {
	got := compare(schemas.RPC, rpcMessage("GET"), strings.Replace(rightRPC, "a%2520b", "a%2Bb", 1))
	lines := got.Lines(strings.Clone, lang.English)
	n := len(lines)
	column := strings.Index(lines[n-1], "^")
	if right, compared := []rune(lines[n-3])[column], []rune(lines[n-2])[column]; right != '5' || compared != 'B' || !strings.Contains(lines[n-4], "parameter Name") {
		t.Errorf("%c and %c are marked in\n%s", right, compared, strings.Join(lines, "\n"))
	}
}

func newSHA1() hash.Hash { return sha1.New() }

// Whatever is handed in to be compared with, nothing that is shown commands what shows it.
func TestWhatIsComparedIsDisarmed(t *testing.T) {
	steps := signing.Explain(schemas.RPC, sign.Message{Method: "GET"}, secret)
	for _, armed := range wording.Armed {
		for _, text := range []string{armed, "GET&%2F&" + armed, "server string to sign is:" + armed + rightRPC, "ACS3-HMAC-SHA256 Signature=0" + armed} {
			for _, style := range []schemas.Style{schemas.RPC, schemas.ACS3} {
				told := signing.ReadTold(style, text)
				clean := signing.Cleaner(&schemas.Target{}, steps.Message, told)
				for _, line := range signing.Compare(steps, told, secret).Lines(clean, lang.English) {
					if strings.Contains(line, armed) || strings.Contains(line, "\n") {
						t.Errorf("%q: %q", text, line)
					}
				}
			}
		}
	}
}
