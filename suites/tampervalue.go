package suites

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// The values of this file are chosen so that little but the signature protects them: a known action, a
// time a second later, another key that the target has.

// otherValue returns another value for a parameter, whose value is that.
func (d *Draft) otherValue(name, value string) string {
	switch name {
	case "Action":
		if other := d.Setting.Other.Action; other != "" && other != value {
			return other
		}
	case "Format":
		for _, f := range d.Setting.Formats {
			if string(f) != value {
				return string(f)
			}
		}
		return strings.ToLower(value)
	case "AccessKeyId":
		if id := d.otherKey().AccessKeyID; id != "" {
			return id
		}
	case "SignatureMethod":
		if value == "HMAC-SHA1" {
			return "Hmac-SHA1" // as old samples spell it
		}
	case "Timestamp":
		return later(value)
	}
	return next(value)
}

// otherHeader returns another value for a header. A digest is that of another body, which takes the place of the
// request's own; where there was none, it is right.
func (d *Draft) otherHeader(r *schemas.Request, name, value string) string {
	digest := func(of func([]byte) string) string {
		switch {
		case value == "":
			return of(r.Body)
		case len(r.Body) == 0:
			return of([]byte("acsconform"))
		}
		r.Body = alteredBody(r.Body, changed)
		return of(r.Body)
	}
	switch strings.ToLower(name) {
	case "accept":
		return "application/json-rpc"
	case "content-type":
		if value == "" {
			return "application/json"
		}
		if media, _, parameters := strings.Cut(value, ";"); parameters {
			return media
		}
		return value + "; charset=utf-8"
	case "content-md5":
		return digest(sign.ContentMD5)
	case "x-acs-content-sha256":
		return digest(sign.ContentSHA256)
	case "date", "x-acs-date":
		return later(value)
	case "x-acs-action":
		return d.otherValue("Action", value)
	case "x-acs-signature-method":
		return d.otherValue("SignatureMethod", value)
	}
	return next(value)
}

// otherKey returns a key of the target file that needs no token and is not the draft's; the zero key where there is none.
// One that the file calls inactive is the last choice.
func (d *Draft) otherKey() schemas.Credential {
	var found schemas.Credential
	keys := d.Setting.Target.Credentials
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		k := keys[name]
		if k.AccessKeyID == "" || k.SecurityToken != "" || k.AccessKeyID == d.Key.AccessKeyID || k.AccessKeySecret == d.Key.AccessKeySecret {
			continue
		}
		if name != schemas.InactiveKey {
			return k
		}
		found = k
	}
	return found
}

// otherPath returns the path of another call that goes by the same method, and one that is a letter longer where the
// target file names none.
func (d *Draft) otherPath(path string) string {
	t := d.Setting.Target
	for _, c := range []schemas.SoundRequest{t.Request, t.BodyRequest, d.Setting.Other} {
		if other := under(t.URL, c.Path); c.Path != "" && other != path && pinned(c, d.Style) == d.Method {
			return other
		}
	}
	return path + "x"
}

// later returns a time a second later, in the notation of the time; other text is changed in its last character.
func later(value string) string {
	for _, layout := range []string{isoTime, httpTime} {
		if t, err := time.Parse(layout, value); err == nil {
			return t.Add(time.Second).Format(layout)
		}
	}
	return next(value)
}

// next returns the value with its last character changed, a letter to a letter and a digit to a digit; "1" for an empty
// one.
func next(value string) string {
	if value == "" {
		return "1"
	}
	last := value[len(value)-1]
	switch {
	case last == '9' || last == 'z' || last == 'Z':
		last--
	case '0' <= last && last < '9', 'a' <= last|0x20 && last|0x20 < 'z':
		last++
	default:
		return value + "1"
	}
	return value[:len(value)-1] + string(last)
}
