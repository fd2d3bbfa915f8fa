package suites

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// Call returns the request that the case starts from, as the target file describes it.
func (p *Planned) Call() schemas.SoundRequest {
	if p.Operation != nil {
		return operationCall(p.Target, p.Style, p.Operation)
	}
	return described(p.Target, p.Style, p.Case.Base, p.Recipe)
}

// described is the function of that name for the target in its style.
func (b Brief) described(base Base, r *schemas.Recipe) schemas.SoundRequest {
	return described(b.Target, b.style(), base, r)
}

// described returns the call that a case starts from: what a recipe or the case's part of the target file describes,
// with what it leaves out taken from the sound request.
func described(t *schemas.Target, style schemas.Style, base Base, r *schemas.Recipe) schemas.SoundRequest {
	sound := t.Request
	call := sound
	switch {
	case r != nil:
		call = r.Call()
		if call.Action == "" && call.Path == "" {
			call = like(pathsOwn(sound, style), call)
		}
	case base == BaseBody && (style == schemas.ROA || style == schemas.ACS3 && names(t.BodyRequest, style)):
		call = t.BodyRequest
		call.Method = cmp.Or(call.Method, "POST")
	case base == BaseTLSOnly && t.TLSOnly != nil:
		call = *t.TLSOnly
	case base == BaseThrottle && t.Limits.Throttle != nil:
		call = t.Limits.Throttle.Call()
	case base == BaseIdempotency && t.Idempotency != nil:
		call = t.Idempotency.Call()
	default:
		call = pathsOwn(call, style)
	}
	call.Version = cmp.Or(call.Version, sound.Version)
	call.Credentials = cmp.Or(call.Credentials, sound.Credentials, schemas.DefaultKey)
	return inStyle(call, style)
}

// like returns the sound request with what the call says laid over it.
func like(sound, call schemas.SoundRequest) schemas.SoundRequest {
	call.Action, call.Path = sound.Action, sound.Path
	if call.Params == nil {
		call.Params = sound.Params
	}
	call.Method = cmp.Or(call.Method, sound.Method)
	if call.Body == "" {
		call.Body = sound.Body
		call.ContentType = cmp.Or(call.ContentType, sound.ContentType)
	}
	return call
}

// pathsOwn leaves the method out of a sound request that is called by its action though it has a path too: the method
// is the path's, and the book asks by every method of the profile.
func pathsOwn(call schemas.SoundRequest, style schemas.Style) schemas.SoundRequest {
	if style != schemas.ROA && call.Action != "" && call.Path != "" {
		call.Method = ""
	}
	return call
}

// inStyle keeps, of a call that states both, what the style names a call by: the path in roa, the action elsewhere.
func inStyle(c schemas.SoundRequest, style schemas.Style) schemas.SoundRequest {
	switch {
	case style == schemas.ROA && c.Path != "":
		c.Action = ""
	case style != schemas.ROA && c.Action != "":
		c.Path = ""
	}
	return c
}

// names reports whether a call says what a request of the style is called by.
func names(c schemas.SoundRequest, style schemas.Style) bool {
	switch style {
	case schemas.ROA:
		return c.Path != ""
	case schemas.ACS3:
		return c.Action != "" || c.Path != ""
	}
	return c.Action != ""
}

// pinned returns the one HTTP method that a call is sent by, and "" where every method of the profile will do.
func pinned(c schemas.SoundRequest, style schemas.Style) string {
	switch {
	case c.Method != "":
		return c.Method
	case c.Body != "":
		return "POST"
	case style == schemas.ROA:
		return "GET"
	}
	return ""
}

// lay makes a draft that call, but for its key.
func (d *Draft) lay(c schemas.SoundRequest) {
	d.Path = under(d.Setting.Target.URL, c.Path)
	d.put("Action", c.Action, d.Style == schemas.RPC)
	d.put("Version", c.Version, false)
	if method := pinned(c, d.Style); method != "" {
		d.Method = method
	}
	d.Own, d.Body, d.bodied = nil, nil, c.Body != ""
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		d.Own = append(d.Own, sign.Param{Name: name, Value: c.Params[name]})
	}
	d.Header.Del("Content-Type")
	if d.bodied {
		d.Body = []byte(c.Body)
		d.Header.Set("Content-Type", cmp.Or(c.ContentType, "application/json"))
	} else if c.ContentType != "" {
		d.Header.Set("Content-Type", c.ContentType)
	}
}

// put sends a public parameter, and leaves it out where it has no value, unless it is always sent.
func (d *Draft) put(name, value string, always bool) {
	if value == "" && !always {
		d.drop(name)
		return
	}
	d.set(name, value)
}

// under returns the path of a call below that of the target.
func under(target, path string) string {
	base := "/"
	if u, err := url.Parse(target); err == nil && u.Path != "" {
		base = u.EscapedPath()
	}
	if path == "" {
		return base
	}
	return strings.TrimSuffix(base, "/") + path
}

// keyName returns the name of the target file's key that the draft is signed with and sends, and "" where there is
// none. Where a key has several names, it is the preferred one.
func (d *Draft) keyName(preferred string) string {
	keys := d.Setting.Target.Credentials
	if d.Key.AccessKeyID == "" || d.get("AccessKeyId") != d.Key.AccessKeyID {
		return ""
	}
	if keys[preferred] == d.Key {
		return preferred
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		if keys[name] == d.Key {
			return name
		}
	}
	return ""
}
