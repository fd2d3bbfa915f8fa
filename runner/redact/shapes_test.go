package redact_test

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/redact"
)

func TestWhatHasTheShapeOfASecretIsTakenOut(t *testing.T) {
	for _, secret := range []string{
		"LTAI" + "5tQ8example0example1", "STS." + "NUexampleExample12", "TMP.3KexampleExample", "CAIS" + "zgJ1q6Ft5B2yfSjIr5exampleExample/+=",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl", "Ab1" + strings.Repeat("x", 27),
		"-----BEGIN RSA PRIVATE KEY-----\nMIIExample\n-----END RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nMIIExample",
	} {
		if got := redact.Shapes("before " + secret + " "); strings.Contains(got, secret[5:12]) || !strings.HasPrefix(got, "before ***") {
			t.Errorf("%s: got %q", secret, got)
		}
	}
	for _, plain := range []string{
		"i-bp67acfmxazb4ph0", "4C467B38-3910-447D-87BC-AC049166F216", "arn:acs:ram::1234567890123456:role/aliyunserviceroleforexample", "describeinstancesofawholeregion",
		"LTAI", strings.Repeat("aB1", 20), "",
	} {
		if got := redact.Shapes(plain); got != plain {
			t.Errorf("%q becomes %q", plain, got)
		}
	}
}
