package suites

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Craft makes one request of the case: copy copy of step step, at the moment given. The Response is left to the one who
// sends it. All copies of a Parallel step carry the same nonce where the step says so, by SameNonce; else each its own.
func (p *Planned) Craft(step, copy int, m Moment) *schemas.Exchange {
	s := p.Steps()[step]
	d := p.sound(step, copy, m)
	d.unchanged = slices.Concat(d.Public, d.Own)
	for _, c := range s.Change {
		c.Do(d)
	}
	d.sign()
	right := d.get("Signature")
	for _, c := range s.AfterSigning {
		c.Do(d)
	}
	x := &schemas.Exchange{Intent: p.asked(step, s, d), Request: d.request()}
	x.Intent.Secrets = fingerprints(d.secrets(x.Request, right, len(s.AfterSigning) > 0)...)
	x.Request.Address = s.Address
	cut(x, s.Raw, d)
	return x
}

// sound makes the draft of the request that the case starts from.
func (p *Planned) sound(step, copy int, m Moment) *Draft {
	d := &Draft{Style: p.Style, Origin: origin(p.Target.URL), Method: p.Method, Now: m.Now, Nonce: uuid(m.Seed, step, copy)}
	call, other := p.Call(), described(p.Target, p.Style, BaseThrottle, nil)
	d.Setting = Setting{Target: p.Target, Other: other, First: uuid(m.Seed, 0, 0), RunFirst: m.First, Seed: m.Seed, Window: p.window(), Formats: p.Profile.Formats, Methods: p.Profile.Methods, Default: p.Profile.DefaultFormat}
	d.Key = p.Target.Credentials[call.Credentials]
	if p.Unsigned {
		d.Key = schemas.Credential{AccessKeyID: "LTAIacsconform" + m.Seed[:8], AccessKeySecret: madeUpSecret}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Target.Headers)) {
		d.Header.Set(name, p.Target.Headers[name])
	}
	d.setPublic(p)
	d.lay(call)
	return d
}

// usualWindow is the clock window either side where nobody states one.
const usualWindow = 15 * time.Minute

// window returns the clock window: the target file's, else the document's, else 15 minutes.
func (p *Planned) window() time.Duration {
	if p.Target.Window > 0 {
		return time.Duration(p.Target.Window)
	}
	if p.Profile.Window > 0 {
		return time.Duration(p.Profile.Window)
	}
	return usualWindow
}

// setPublic sets the public parameters in their order. What the call fills in has no value yet.
func (d *Draft) setPublic(p *Planned) {
	d.set("Action", "")
	d.set("Version", "")
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

// cut does the edits on the wire, which turn the request into raw bytes.
func cut(x *schemas.Exchange, cuts []ByteEdit, d *Draft) {
	if len(cuts) == 0 {
		return
	}
	raw := wire(x.Request, hostOf(d.Origin))
	for _, c := range cuts {
		raw = c.Do(raw)
		x.Request.HalfClose = x.Request.HalfClose || c.HalfClose
	}
	x.Request.Raw, x.Request.Body = withOwn(raw, d.Setting.Target.Headers), nil
}

// withOwn adds the target file's own header fields to a raw request, where the edits took them out.
func withOwn(raw []byte, fields map[string]string) []byte {
	line, rest, whole := bytes.Cut(raw, []byte("\r\n"))
	if !whole || len(fields) == 0 {
		return raw
	}
	head, _, _ := bytes.Cut(bytes.ToLower(rest), []byte("\r\n\r\n"))
	var lines []byte
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		field := strings.ToLower(name) + ":"
		if !bytes.HasPrefix(head, []byte(field)) && !bytes.Contains(head, []byte("\r\n"+field)) {
			lines = fmt.Appendf(lines, "%s: %s\r\n", name, fields[name])
		}
	}
	return slices.Concat(line, []byte("\r\n"), lines, rest)
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
	if len(r.Body) > 0 || takesBody(r.Method) {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.Body))
	}
	b.WriteString("\r\n")
	b.Write(r.Body)
	return []byte(b.String())
}

// takesBody reports whether a request by that method says how long its body is, also when it is empty (RFC 9110, 8.6).
func takesBody(method string) bool { return method == "POST" || method == "PUT" || method == "PATCH" }

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
	n := (step&0xfff)<<12 | copy&0xfff
	tail := hex.EncodeToString([]byte{byte(n >> 16), byte(n >> 8), byte(n)})
	return seed[:8] + "-" + seed[8:12] + "-4" + seed[13:16] + "-a" + seed[17:20] + "-" + seed[20:26] + tail
}

// origin returns scheme and authority of a URL.
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
