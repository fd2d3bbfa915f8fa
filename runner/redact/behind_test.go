package redact

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/leaktest"
)

// What is behind a name is found by its looks: every one of these is drawn as keys, tokens and passwords are.
func TestAValueBehindItsNameIsFound(t *testing.T) {
	for _, value := range []string{"sEcReTsEcReT", "CAISabcdef12", "hunter2", "9f86d081884c7d65", "AbCdEfGhIjKlMnOpQrStUvWxYzAbCd", "a/b+c1==", "p@ss-W0rd", "kQzWvBxTqRmNpL", "4C467B38-3910-447D-87BC-AC049166F216"} {
		for place, text := range leaktest.Placements {
			if strings.HasPrefix(text, "http://me:") && strings.Contains(value, "/") {
				continue // a password in a URL cannot have one
			}
			text = strings.ReplaceAll(text, leaktest.Placeholder, value)
			if got := without(text, byName(text)); strings.Contains(got, value) {
				t.Errorf("%s: %q is shown as %q", place, text, got)
			}
		}
	}
}

// A name in a sentence that says something about it has no value.
func TestASentenceAboutASecretStays(t *testing.T) {
	for _, text := range []string{
		"The specified SecurityToken is malformed.", "Specified access key is not found.", "SecurityToken must be specified", "The AccessKeySecret is wrong",
		"The SecurityToken is invalid. RequestId: 4C467B38-3910-447D-87BC-AC049166F216", "Missing SecurityToken, RequestId 4C467B38-3910-447D-87BC-AC049166F216",
		"MissingSecurityToken\nRequestId: 4C467B38-3910", "the next token: AAAAAdDWBF2", "client token AAAAAdDWBF2 was used", "signature nonce 4C467B38-3910 was used",
		`{"Code":"MissingSecurityToken","RequestId":"4C467B38-3910"}`, "<Code>MissingSecurityToken</Code><RequestId>4C467B38-3910</RequestId>",
		"<SecurityToken/>\n<RequestId>4C467B38-3910</RequestId>", "<SecurityToken></SecurityToken><RequestId>4C467B38-3910</RequestId>",
		`{'SecurityToken': '', 'RequestId': '4C467B38-3910'}`, "SecurityToken=&RequestId=4C467B38-3910", "the token: see https://help.example.com/doc-1234567",
		"<Message>lacks a SecurityToken</Message><HostId>ecs1234.example.com</HostId>", "SecurityToken expired (InvalidParameter)", "Signature SignatureDoesNotMatch",
		`<Password code1="a" xsi2="b"/>`, `<SecurityToken Format2="none"></SecurityToken>`, `{"Passwords":[],"RequestId":"4C467B38-3910"}`, `{"a":"SecurityToken","b":"x1234567"}`,
		"Tag.1.Key=Owner&Tag.1.Value=abc1234567", "参数SecurityToken不正确", "SecurityToken为空", "SecurityToken AccessKeyId", "disk d-bp67acfmxazb4ph0", "task t-bp67acfmxazb4ph0",
	} {
		if got := without(text, byName(text)); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

// Names in camel case are words; what was drawn at random is none, though it has no digit.
func TestWordsWrittenTogether(t *testing.T) {
	for _, word := range []string{"AccessKeyId", "AccessKeyID", "InvalidAccessKeyId", "OSSBucket", "regionId", "RAMRole", "ServiceURL", "HTTPS", "VSwitchIds", "PublicIPs", "DescribeRegions", "Forbidden"} {
		if !isWord([]byte(word), false) {
			t.Errorf("%s is taken for a value", word)
		}
	}
	for _, value := range []string{"qRLvkxesYnrNkz", "kQzWvBxTqRmNpL", "AbCdEfGhIjKl", "sEcReTsEcReT", "aBcDeFgHiJ", "hunterHGFDSAQWERT"} {
		if isWord([]byte(value), false) {
			t.Errorf("%s is taken for a word", value)
		}
	}
}
