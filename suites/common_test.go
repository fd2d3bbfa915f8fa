package suites

import (
	"fmt"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// The codes of siblings are those of the five tables and their other spellings, families aside: no more and no less.
func TestSiblingCodesAreThoseOfTheTables(t *testing.T) {
	var want []string
	for _, p := range fixtures.Profiles() {
		for _, r := range p.Codes {
			if !isFamily(r) {
				want = append(want, r.Code)
			}
		}
		for alias := range p.Aliases {
			want = append(want, alias)
		}
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(siblingCodes, want) {
		t.Errorf("siblingCodes has %d codes, the tables have %d: write %q", len(siblingCodes), len(want), want)
	}
}

// Gateways write one sentence with a shared code, whatever the table of the service has; the table of gateways has it too.
func TestSharedCodesWithTheSentenceOfGateways(t *testing.T) {
	gateway, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	for code, sentence := range sharedSentences {
		if !slices.ContainsFunc(gateway.Codes, func(r schemas.Row) bool { return r.Code == code && r.Message == sentence }) {
			t.Errorf("%s is no row of gateway with %q", code, sentence)
		}
	}
	for _, row := range []struct {
		profile, code, message string
		status                 int
		want                   []string
	}{
		{"ecs", "SignatureNonceUsed", "Specified signature nonce was used already.", 400, nil},
		{"ecs", "SignatureNonceUsed", "The nonce is stale.", 400, []string{"ERROR-10"}},
		{"ecs", "IllegalTimestamp", "Specified time stamp or date value is expired.", 400, []string{"ERROR-10"}},
		{"kms", "InvalidAccessKeyId.NotFound", "Specified access key is not found.", 404, nil},
		{"kms", "InvalidAccessKeyId.NotFound", "The key is unknown.", 404, []string{"ERROR-10"}},
		{"ess", "SignatureDoesNotMatch", "Specified signature is not matched with our calculation. server string to sign is:GET&%2F", 403, nil},
	} {
		p, err := fixtures.Profile(row.profile)
		if err != nil {
			t.Fatal(err)
		}
		body := fmt.Sprintf(`{"HttpStatus":%d,"RequestId":"2f1a37a5-93a5-4b0d-8f26-0000000000c1","HostId":"h.example.com","Code":%q,"Message":%q}`, row.status, row.code, row.message)
		x := &schemas.Exchange{Response: &schemas.Response{Status: row.status, Body: schemas.Body(body), Header: schemas.Header{{Name: "Content-Type", Value: "application/json;charset=utf-8"}}}}
		var got []string
		for _, f := range NewJudge(p, fixtures.Clauses()).See(x).Findings {
			got = append(got, f.Clause)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s %s %q: found %v, want %v", row.profile, row.code, row.message, got, row.want)
		}
	}
}

func TestWhatIsAMemberOfAFamily(t *testing.T) {
	gateway, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"MissingVersion": "Missing{ParameterName}", "InvalidRegionId": "Invalid{ParameterName}", "Invalidversion": "Invalid{ParameterName}",
		"Missing{ParameterName}": "", "Invalid{ParameterName}": "", "Missing%s": "", "Missing": "", "InvalidAction.NotFound": "",
		"InvalidAccessKeyId": "", "InvalidVersion": "", "MissingAccessKeyId": "", "InvalidOwner": "", "InvalidParamater": "", "InvalidKeyMaterial": "",
		"MissingParameter": "MissingParameter", "InvalidSignatureMethod": "InvalidSignatureMethod",
	} {
		got := ""
		for _, r := range rowsOf(gateway, gateway.Codes, code) {
			got = r.Code
		}
		if got != want {
			t.Errorf("%s is a code of the row %q, want %q", code, got, want)
		}
	}
}
