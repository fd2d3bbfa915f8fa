package credentials

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/acsconform/acsconform/schemas/file"
	"io/fs"

	"gopkg.in/ini.v1"
)

// store is a file with profiles.
type store struct {
	path string
	read func(path string, text []byte) ([]entry, error)
}

// entries reads the file. That it is not there is no error.
func (s store) entries() (entries []entry, there bool, err error) {
	text, err := file.Read(s.path, file.MaxFileBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("%s: the profiles cannot be read: %w", s.path, err)
	}
	entries, err = s.read(s.path, text)
	return entries, true, err
}

// readConfig reads ~/.aliyun/config.json. Keys that concern no credentials are passed over.
func readConfig(path string, text []byte) ([]entry, error) {
	var file struct {
		Profiles []entry `json:"profiles"`
	}
	err := json.Unmarshal(text, &file)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("%s:%d: the profiles are not JSON (%w; aliyun configure list shows whether the tool reads them)", path, lineAt(text, syntax.Offset), syntax)
	case errors.As(err, &kind):
		return nil, fmt.Errorf("%s:%d: %s is a %s (want a %s)", path, lineAt(text, kind.Offset), kind.Field, kind.Value, kind.Type)
	case err != nil:
		return nil, fmt.Errorf("%s: the profiles cannot be read", path)
	}
	return file.Profiles, nil
}

func lineAt(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(max(offset-1, 0), int64(len(text)))], []byte("\n"))
}

// modes translates the modes of the SDKs' credentials file into those of the command line tool.
var modes = map[string]string{"access_key": "AK", "sts": "StsToken", "ram_role_arn": "RamRoleArn", "ecs_ram_role": "EcsRamRole", "oidc_role_arn": "OIDC"}

// readShared reads ~/.alibabacloud/credentials, an INI file with a section for each profile.
func readShared(path string, text []byte) ([]entry, error) {
	file, err := ini.Load(text)
	if err != nil { // whose words quote the line at fault
		return nil, fmt.Errorf("%s: the profiles are not an INI file (want [NAME] and below it type = access_key, …)", path)
	}
	var entries []entry
	for _, section := range file.Sections() {
		if section.Name() == ini.DefaultSection && len(section.Keys()) == 0 {
			continue
		}
		word := func(name string) string { return section.Key(name).String() }
		e := entry{
			Name: section.Name(), Mode: modes[word("type")],
			AccessKeyID: word("access_key_id"), AccessKeySecret: word("access_key_secret"), SecurityToken: word("security_token"),
			RoleARN: word("role_arn"), SessionName: word("role_session_name"), Policy: word("policy"), RoleName: word("role_name"),
			OIDCTokenFile: word("oidc_token_file_path"), OIDCProviderARN: word("oidc_provider_arn"),
		}
		if e.Mode == "" && word("type") != "" {
			e.Mode = word("type") // said to be unknown when somebody asks for it
		}
		if word("enable") == "false" {
			e.Mode = "disabled by enable = false"
		}
		entries = append(entries, e)
	}
	return entries, nil
}
