package suites

import (
	"testing"

	"github.com/acsconform/acsconform/fixtures"
)

// FuzzScreened holds that text which is screened out does not match.
func FuzzScreened(f *testing.F) {
	for _, text := range []string{
		"at a.b.C(D.java:12)", "Traceback (most recent call", "goroutine 12 [running]", "panic: x", "Exception in thread", "see /usr/lib/app", `C:\x`, "main.py:3",
		"SeLect a from b", "\u017felect a from b", "INSERT INTO t", "syntax error at or near", "SQLSTATE", "ORA-00001", "You have an error in your SQL syntax near 'x'", "connect ECONNREFUSED 127.0.0.1:3306", "jdbc:mysql://db:3306/a", "redis://cache:6379/0", "10.1.2.3", "192.168.1.1", "172.16.1.1",
		"db.internal", "a.svc.cluster.local", "x.corp", "", "%s", "{ParameterName}", "<parameter name>", "< parameter name >",
	} {
		f.Add(text)
	}
	for _, p := range fixtures.Profiles() {
		for _, row := range p.Codes {
			f.Add(row.Message)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []screened{inside, placeholders} {
			if !s.may(text) && s.Regexp.MatchString(text) {
				t.Errorf("%q is screened out", text)
			}
		}
	})
}
