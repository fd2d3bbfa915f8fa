package credentials

import (
	"cmp"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/aliyun/credentials-go/credentials/providers"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites/wording"
)

// Asks names who has to be asked for the key: over the network, or a program. It is empty where the file holds the key.
func (p *Profile) Asks() string {
	switch p.Mode {
	case "RamRoleArn", "ChainableRamRoleArn", "OIDC":
		return "STS"
	case "EcsRamRole":
		return "the metadata server of ECS"
	case "CredentialsURI":
		return place(p.entry.URI)
	case "External":
		return "the program of process_command"
	}
	return ""
}

// place returns of a URL what can be shown: not its query, which may hold a token.
func place(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "the credentials URI"
	}
	return u.Scheme + "://" + u.Host + u.Path
}

// Key returns the key, and asks for it where the file does not hold it. It takes a quarter of a minute at most for each
// who is asked, a program a minute. The error is one line without anything of what came back but an error code.
func (p *Profile) Key() (schemas.Credential, error) {
	if p.Asks() == "" {
		return p.key(), nil
	}
	provider, err := p.provider()
	if err != nil { // made before anything is asked: the library names the parameters it was given
		return schemas.Credential{}, p.errorf("cannot be asked for a key: %s", wording.Clip(wording.Plain(err.Error()), 120))
	}
	ask := provider.GetCredentials
	if p.Mode == "CredentialsURI" {
		ask = func() (*providers.Credentials, error) { return askURI(p.entry.URI) }
	}
	found, err := quietly(func() (*providers.Credentials, error) { return within(programPatience, ask) })
	if err != nil {
		return schemas.Credential{}, p.errorf("got no key from %s: %s", p.Asks(), reason(err))
	}
	return schemas.Credential{AccessKeyID: found.AccessKeyId, AccessKeySecret: found.AccessKeySecret, SecurityToken: found.SecurityToken}, nil
}

// provider makes what the library asks with.
func (p *Profile) provider() (providers.CredentialsProvider, error) {
	e := p.entry
	switch p.Mode {
	case "RamRoleArn", "ChainableRamRoleArn":
		with, err := p.lender()
		if err != nil {
			return nil, err
		}
		return providers.NewRAMRoleARNCredentialsProviderBuilder().WithCredentialsProvider(with).WithRoleArn(e.RoleARN).
			WithRoleSessionName(cmp.Or(e.SessionName, "acsconform")).WithDurationSeconds(e.Seconds).WithStsRegionId(e.STSRegion).
			WithEnableVpc(e.VPC).WithPolicy(e.Policy).WithExternalId(e.ExternalID).WithStsEndpoint(stsEndpoint).Build()
	case "OIDC":
		return providers.NewOIDCCredentialsProviderBuilder().WithOIDCTokenFilePath(e.OIDCTokenFile).WithOIDCProviderARN(e.OIDCProviderARN).
			WithRoleArn(e.RoleARN).WithRoleSessionName(cmp.Or(e.SessionName, "acsconform")).WithDurationSeconds(e.Seconds).
			WithStsRegionId(e.STSRegion).WithEnableVpc(e.VPC).WithPolicy(e.Policy).WithSTSEndpoint(stsEndpoint).Build()
	case "EcsRamRole":
		return providers.NewECSRAMRoleCredentialsProviderBuilder().WithRoleName(e.RoleName).Build()
	case "CredentialsURI":
		return providers.NewURLCredentialsProviderBuilder().WithUrl(e.URI).Build()
	case "External":
		return providers.NewExternalCredentialsProviderBuilder().WithProcessCommand(e.Command).Build()
	}
	if e.SecurityToken != "" {
		return providers.NewStaticSTSCredentialsProviderBuilder().WithAccessKeyId(e.AccessKeyID).
			WithAccessKeySecret(e.AccessKeySecret).WithSecurityToken(e.SecurityToken).Build()
	}
	return providers.NewStaticAKCredentialsProviderBuilder().WithAccessKeyId(e.AccessKeyID).WithAccessKeySecret(e.AccessKeySecret).Build()
}

// lender returns whose key a role is asked for with.
func (p *Profile) lender() (providers.CredentialsProvider, error) {
	if p.source != nil {
		return p.source.provider()
	}
	return (&Profile{entry: p.entry}).provider()
}

// stsEndpoint is empty, for the library to choose, but in tests.
var stsEndpoint string

// reason words why nobody gave a key: by the error code of an answer, or by what was wrong on the way. The library's own
// words hold answers and URLs as they are.
func reason(err error) string {
	var way *url.Error
	if errors.Is(err, errPatience) {
		return "no answer within a minute"
	}
	if errors.As(err, &way) {
		return wording.Clip(wording.Plain(way.Err.Error()), 120) + " (is it there, and reached from here?)"
	}
	text := err.Error()
	if i := strings.IndexByte(text, '{'); i >= 0 {
		if e := body.Open([]byte(text[i:])); e != nil && e.Text("Code") != "" {
			return "refused with " + wording.Clip(wording.Plain(e.Text("Code")), 60) + " (check the role, and whose key asks for it)"
		}
	}
	return "what came back holds no key (want AccessKeyId, AccessKeySecret, SecurityToken and Expiration)"
}

var output sync.Mutex

// quietly keeps the library from printing what a program answered, key included, when it cannot read that.
func quietly(ask func() (*providers.Credentials, error)) (*providers.Credentials, error) {
	output.Lock()
	defer output.Unlock()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	stdout := os.Stdout
	os.Stdout = null
	defer func() {
		os.Stdout = stdout
		_ = null.Close()
	}()
	return ask()
}
