package suites

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// Craft makes one request of the case: copy copy of step step, at the moment given. The Response is left to whoever
// sends it. All copies of a Together step carry the same nonce where the step says so, by SameNonce; else each its own.
func (p *Planned) Craft(step, copy int, m Moment) *schemas.Exchange {
	s := p.Steps()[step]
	d := p.sound(step, copy, m)
	for _, c := range s.Change {
		c.Do(d)
	}
	d.sign()
	right := d.get("Signature")
	for _, c := range s.Spoil {
		c.Do(d)
	}
	x := &schemas.Exchange{Asked: p.asked(step, s, d), Request: d.request()}
	x.Asked.Secrets = fingerprints(d.secrets(x.Request, right)...)
	cut(x, s.Wire, d)
	return x
}

// sound makes the draft of the request that the case starts from.
func (p *Planned) sound(step, copy int, m Moment) *Draft {
	base := inStyle(p.base(), p.Style)
	d := &Draft{Style: p.Style, Origin: origin(p.Target.URL), Path: "/", Method: p.Method, Now: m.Now}
	d.Nonce = uuid(m.Seed, step, copy)
	d.Setting = Setting{Target: p.Target, First: uuid(m.Seed, 0, 0), Seed: m.Seed, Window: p.window(), Formats: p.Profile.Formats}
	d.Key = p.Target.Credentials[schemas.DefaultKey]
	if p.Unsigned {
		d.Key = schemas.Credential{AccessKeyID: "LTAIacsconform" + m.Seed[:8], AccessKeySecret: madeUpSecret}
	}
	if u, err := url.Parse(p.Target.URL); err == nil && u.Path != "" {
		d.Path = u.EscapedPath()
	}
	if base.Path != "" {
		d.Path = strings.TrimSuffix(d.Path, "/") + base.Path
	}
	if base.Body != "" {
		d.Body = []byte(base.Body)
		d.Header.Set("Content-Type", base.ContentType)
	}
	d.setPublic(p, base)
	for _, name := range slices.Sorted(maps.Keys(base.Params)) {
		d.Own = append(d.Own, sign.Param{Name: name, Value: base.Params[name]})
	}
	return d
}

// window gives the clock window: the target file's, else the document's, else 15 minutes.
func (p *Planned) window() time.Duration {
	if p.Target.Window > 0 {
		return time.Duration(p.Target.Window)
	}
	if p.Profile.Window > 0 {
		return time.Duration(p.Profile.Window)
	}
	return 15 * time.Minute
}

func (d *Draft) setPublic(p *Planned, base schemas.SoundRequest) {
	if base.Action != "" || d.Style == schemas.RPC {
		d.set("Action", base.Action)
	}
	d.set("Version", base.Version)
	switch {
	case d.Style == schemas.ROA:
		d.noAccept = p.Format == ""
	case p.Format != "":
		d.set("Format", string(p.Format))
	}
	d.set("AccessKeyId", d.Key.AccessKeyID)
	if d.Style != schemas.ACS3 {
		d.set("SignatureMethod", "HMAC-SHA1")
		d.set("SignatureVersion", "1.0")
	}
	d.set("SignatureNonce", d.Nonce)
	d.set("Timestamp", d.stamp(d.Now))
	if d.Key.SecurityToken != "" {
		d.set("SecurityToken", d.Key.SecurityToken)
	}
}

// base gives the request of the target file that the case starts from, with what a recipe says laid over it.
func (p *Planned) base() schemas.SoundRequest {
	t := p.Target
	switch r := t.Request; {
	case p.Recipe != nil:
		return over(r, p.Recipe.Action, p.Recipe.Version, p.Recipe.Path, p.Recipe.Params)
	case p.Case.Base == BaseBody && p.Style == schemas.ROA:
		return t.BodyRequest
	case p.Case.Base == BaseTLSOnly && t.TLSOnly != nil:
		return over(r, t.TLSOnly.Action, t.TLSOnly.Version, t.TLSOnly.Path, t.TLSOnly.Params)
	case p.Case.Base == BaseThrottle && t.Limits.Throttle != nil:
		th := t.Limits.Throttle
		return over(r, th.Action, th.Version, th.Path, th.Params)
	case p.Case.Base == BaseIdempotency && t.Idempotency != nil:
		return over(r, t.Idempotency.Action, t.Idempotency.Version, "", t.Idempotency.Params)
	default:
		return r
	}
}

// inStyle leaves of a request that is named both ways what the style goes by: the path in roa, the action elsewhere.
func inStyle(r schemas.SoundRequest, style schemas.Style) schemas.SoundRequest {
	switch {
	case style == schemas.ROA && r.Path != "":
		r.Action = ""
	case style != schemas.ROA && r.Action != "":
		r.Path = ""
	}
	return r
}

// over lays another action over the sound request; its parameters replace the sound one's, and Version is kept when
// the other has none.
func over(r schemas.SoundRequest, action, version, path string, params map[string]string) schemas.SoundRequest {
	if version == "" {
		version = r.Version
	}
	return schemas.SoundRequest{Action: action, Version: version, Path: path, Method: r.Method, Params: params}
}

// cut does the edits on the wire, which turn the request into raw bytes.
func cut(x *schemas.Exchange, cuts []Cut, d *Draft) {
	if len(cuts) == 0 {
		return
	}
	raw := wire(x.Request, hostOf(d.Origin))
	for _, c := range cuts {
		raw = c.Do(raw)
		x.Request.HalfClose = x.Request.HalfClose || c.HalfClose
	}
	x.Request.Raw, x.Request.Body = raw, nil
}

// wire writes a request as HTTP/1.1 bytes that ask for the connection to be closed.
func wire(r schemas.Request, host string) []byte {
	var b strings.Builder
	target := strings.TrimPrefix(r.URL, origin(r.URL))
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", r.Method, target, host)
	for _, f := range r.Header {
		if !strings.EqualFold(f.Name, "host") {
			fmt.Fprintf(&b, "%s: %s\r\n", f.Name, f.Value)
		}
	}
	if len(r.Body) > 0 {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.Body))
	}
	b.WriteString("\r\n")
	b.Write(r.Body)
	return []byte(b.String())
}

// fingerprints names what an answer must not disclose without telling it: each as it is written, and by the bytes that it
// spells.
func fingerprints(secrets ...string) []string {
	var prints []string
	for _, s := range secrets {
		if len(s) < shortestWord {
			continue
		}
		prints = append(prints, fingerprint(s))
		if spelt, ok := bytesOf(s); ok && spelt != s {
			prints = append(prints, fingerprint(spelt))
		}
	}
	return prints
}

func fingerprint(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// uuid makes a nonce in the form of a UUID (version 4) from a seed of 32 hexadecimal digits; step and copy make it
// differ within a case, both below 4096.
func uuid(seed string, step, copy int) string {
	tail := fmt.Sprintf("%s%06x", seed[20:26], (step&0xfff)<<12|copy&0xfff)
	return seed[:8] + "-" + seed[8:12] + "-4" + seed[13:16] + "-a" + seed[17:20] + "-" + tail
}

// origin gives scheme and authority of a URL.
func origin(target string) string {
	scheme, rest, ok := strings.Cut(target, "://")
	if !ok {
		return target
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return scheme + "://" + rest
}
