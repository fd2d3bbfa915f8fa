package targetfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong with an address is told without what it holds of secrets, whichever fault is found first.
func TestAnAddressIsRefusedWithoutItsSecrets(t *testing.T) {
	const secret = "sEcReT/1x"
	for _, address := range []string{
		"http://h/?AccessKeySecret=SECRET", "http://h/?Access%4beySecret=SECRET&a=b", "http://h/#access_token=SECRET", "http://h:99999/?Password=SECRET", "ftp://h/?sk=SECRET",
		"http://me:SECRET@h/", "ftp://me:SECRET@h/", "http://me:SECRET @h/", "me:SECRET@h", "http:///?pwd=SECRET", "http://h:port/?Tag.1.Key=Password&Tag.1.Value=SECRET",
		"http://h/SecurityToken/?x=Authorization: Bearer SECRET", "http://h/\x7f?jwt=SECRET",
	} {
		for _, secret := range []string{secret, strings.ReplaceAll(secret, "/", "")} {
			if strings.Contains(secret, "/") && strings.Contains(address, "@") {
				continue // a password in a URL cannot have one
			}
			err := CheckURL(strings.ReplaceAll(address, "SECRET", secret))
			if err == nil || strings.Contains(err.Error(), secret) {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
}

func TestAPathIsRefusedWithoutItsSecrets(t *testing.T) {
	for _, path := range []string{"/a?AccessKeySecret=sEcReT1x", "/a?b=c&Tag.1.Key=pwd&Tag.1.Value=sEcReT1x"} {
		name := filepath.Join(t.TempDir(), "target.yaml")
		if err := os.WriteFile(name, []byte("url: http://h/\nstyle: roa\nrequest:\n  path: \""+path+"\"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(name, func(string) string { return "" })
		if err == nil || !strings.Contains(err.Error(), "want a path") || strings.Contains(err.Error(), "sEcReT1x") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
