package credentials

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// The environment's names for where keys are kept, as the official tools read them.
const (
	envConfigFile = "ALIBABA_CLOUD_CONFIG_FILE"
	envSharedFile = "ALIBABA_CLOUD_CREDENTIALS_FILE"
	envURI        = "ALIBABA_CLOUD_CREDENTIALS_URI"
)

// URIProfile is the name under which the URI of ALIBABA_CLOUD_CREDENTIALS_URI is asked, like a profile.
const URIProfile = "credentials-uri"

// A Profile is where a key comes from.
type Profile struct {
	Name string
	File string // where it is, or the environment's name for it
	Mode string // AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC, CredentialsURI or External

	entry  entry
	source *Profile // of ChainableRamRoleArn: whose key the role is asked for with
}

// Find finds a profile by its name: among those of the command line tool, then in the SDKs' credentials file. Nothing is
// asked yet. env is os.Getenv, or a stand-in. The error is one line that names file, profile and remedy, and holds no
// secret.
func Find(name string, env func(string) string) (*Profile, error) {
	if name == URIProfile {
		uri := env(envURI)
		if uri == "" {
			return nil, fmt.Errorf("credentials profile %q asks the URI of %s, which is not set (set it, or name another profile)", name, envURI)
		}
		return &Profile{Name: name, File: envURI, Mode: "CredentialsURI", entry: entry{URI: uri}}, nil
	}
	stores := []store{
		{path: pathOf(env, envConfigFile, ".aliyun", "config.json"), read: readConfig},
		{path: pathOf(env, envSharedFile, ".alibabacloud", "credentials"), read: readShared},
	}
	var places []string
	for _, s := range stores {
		entries, there, err := s.entries()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(entries, func(e entry) bool { return e.Name == name }) {
			return resolve(name, s.path, entries, nil)
		}
		places = append(places, s.path+" "+holds(entries, there))
	}
	return nil, fmt.Errorf("there is no credentials profile %q: %s (aliyun configure --profile NAME makes one)", name, strings.Join(places, ", "))
}

// pathOf returns the path of a file that the environment may name, or that is in the home folder.
func pathOf(env func(string) string, name string, parts ...string) string {
	if path := env(name); path != "" {
		return path
	}
	home := cmp.Or(env("HOME"), env("USERPROFILE"))
	return filepath.Join(append([]string{home}, parts...)...)
}

// holds names the profiles of a file.
func holds(entries []entry, there bool) string {
	if !there {
		return "is not there"
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name
	}
	if len(names) == 0 {
		return "holds none"
	}
	return "holds " + strings.Join(names, ", ")
}

// resolve makes a profile of an entry, and before it those that it borrows its key from.
func resolve(name, path string, entries []entry, through []string) (*Profile, error) {
	i := slices.IndexFunc(entries, func(e entry) bool { return e.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("%s: profile %q names source_profile %q, which is not there (%s)", path, through[len(through)-1], name, holds(entries, true))
	}
	p := &Profile{Name: name, File: path, Mode: cmp.Or(entries[i].Mode, "AK"), entry: entries[i]}
	if slices.Contains(through, name) {
		return nil, p.errorf("is its own source by way of %s (correct source_profile)", strings.Join(through, ", "))
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	if p.Mode != "ChainableRamRoleArn" {
		return p, nil
	}
	var err error
	p.source, err = resolve(p.entry.SourceProfile, path, entries, append(through, name))
	return p, err
}

// errorf begins an error with the place of the profile.
func (p *Profile) errorf(format string, args ...any) error {
	return fmt.Errorf("%s: credentials profile %q (%s) %s", p.File, p.Name, p.Mode, fmt.Sprintf(format, args...))
}

// key is what is in the file itself.
func (p *Profile) key() schemas.Credential {
	return schemas.Credential{AccessKeyID: p.entry.AccessKeyID, AccessKeySecret: p.entry.AccessKeySecret, SecurityToken: p.entry.SecurityToken}
}
