package main

import (
	"maps"

	"github.com/acsconform/acsconform/runner/credentials"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

// CredentialsFlags say where the default key comes from. No flag takes a secret: what is on a command line is for every
// user of the machine to see.
type CredentialsFlags struct {
	CredentialsProfile string `placeholder:"NAME" help:"Take the key from this profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials; credentials-uri asks $ALIBABA_CLOUD_CREDENTIALS_URI."`
}

// complete returns a target that has no default key one: that of the profile named, else that of the environment. The
// target file wins. With silent nobody is asked for it: a stand-in says that there is one.
func (c CredentialsFlags) complete(w *env, t *schemas.Target, silent bool) error {
	if c.CredentialsProfile == "" {
		targetfile.Complete(t, w.env)
		return nil
	}
	if _, ok := t.Credentials[schemas.DefaultKey]; ok {
		w.say("the target file has credentials.default, so credentials profile %q is not asked", c.CredentialsProfile)
		return nil
	}
	p, err := credentials.Find(c.CredentialsProfile, w.env)
	if err != nil {
		return wrong("%s", err)
	}
	key := schemas.Credential{AccessKeyID: "profile-" + p.Name, AccessKeySecret: "not asked for"}
	if !silent || p.Asks() == "" {
		if key, err = p.Key(); err != nil {
			return wrong("%s", err)
		}
	}
	keys := maps.Clone(t.Credentials)
	if keys == nil {
		keys = map[string]schemas.Credential{}
	}
	keys[schemas.DefaultKey] = key
	t.Credentials = keys
	return nil
}
