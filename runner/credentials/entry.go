package credentials

import (
	"strings"
	"time"
)

// entry is what a file says of one profile, by the keys of ~/.aliyun/config.json.
type entry struct {
	Name            string `json:"name"`
	Mode            string `json:"mode"`
	AccessKeyID     string `json:"access_key_id"`
	AccessKeySecret string `json:"access_key_secret"`
	SecurityToken   string `json:"sts_token"`
	Expires         int64  `json:"sts_expiration"` // seconds since 1970; 0 when nobody knows
	RoleARN         string `json:"ram_role_arn"`
	SessionName     string `json:"ram_session_name"`
	Seconds         int    `json:"expired_seconds"`
	STSRegion       string `json:"sts_region"`
	VPC             bool   `json:"enable_vpc"`
	Policy          string `json:"policy"`
	ExternalID      string `json:"external_id"`
	SourceProfile   string `json:"source_profile"`
	RoleName        string `json:"ram_role_name"`
	OIDCTokenFile   string `json:"oidc_token_file"`
	OIDCProviderARN string `json:"oidc_provider_arn"`
	URI             string `json:"credentials_uri"`
	Command         string `json:"process_command"`
}

// needs lists what each mode has to have, by the keys of the file.
var needs = map[string][]string{
	"AK":                  {"access_key_id", "access_key_secret"},
	"StsToken":            {"access_key_id", "access_key_secret", "sts_token"},
	"RamRoleArn":          {"access_key_id", "access_key_secret", "ram_role_arn"},
	"ChainableRamRoleArn": {"source_profile", "ram_role_arn"},
	"EcsRamRole":          {},
	"OIDC":                {"oidc_token_file", "oidc_provider_arn", "ram_role_arn"},
	"CredentialsURI":      {"credentials_uri"},
	"External":            {"process_command"},
}

// check finds what is missing, or out of reach here.
func (p *Profile) check() error {
	wanted, known := needs[p.Mode]
	switch {
	case p.Mode == "CloudSSO", p.Mode == "OAuth":
		return p.errorf("needs a login that would be written back into the file, which this command does not do (name a profile of another mode, or set ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN)")
	case !known:
		return p.errorf("has an unknown mode (want AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC, CredentialsURI or External)")
	}
	held := map[string]string{
		"access_key_id": p.entry.AccessKeyID, "access_key_secret": p.entry.AccessKeySecret, "sts_token": p.entry.SecurityToken,
		"ram_role_arn": p.entry.RoleARN, "source_profile": p.entry.SourceProfile, "oidc_token_file": p.entry.OIDCTokenFile,
		"oidc_provider_arn": p.entry.OIDCProviderARN, "credentials_uri": p.entry.URI, "process_command": p.entry.Command,
	}
	for _, key := range wanted {
		if strings.TrimSpace(held[key]) == "" {
			return p.errorf("has no %s (add it: aliyun configure --profile %s)", key, p.Name)
		}
	}
	if ends := time.Unix(p.entry.Expires, 0); p.Mode == "StsToken" && p.entry.Expires > 0 && time.Now().After(ends) {
		return p.errorf("ran out at %s (get a new one)", ends.UTC().Format(time.RFC3339))
	}
	return nil
}
