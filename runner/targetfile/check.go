package targetfile

import (
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// unsetTimeout is a target's timeout before its file is read, to tell a timeout of 0s from none.
const unsetTimeout = schemas.Duration(-1)

// checks are what the schema of the target file cannot say.
type checks struct {
	file *file.File
	errs []error
}

func (c *checks) fault(path []string, format string, args ...any) {
	c.errs = append(c.errs, c.file.Errorf(path, format, args...))
}

func (c *checks) target(t *schemas.Target) {
	if t.URL != "" {
		if err := CheckURL(t.URL); err != nil {
			c.fault([]string{"url"}, "%v", err)
		}
	}
	c.calls(t)
	c.credentials(t)
	c.limits(t.Limits)
	if t.Window < 0 {
		c.fault([]string{"window"}, "got %v, want a positive time", time.Duration(t.Window))
	}
	c.skips(t)
	for i, s := range t.Skip {
		if _, err := time.Parse(time.DateOnly, s.Until); s.Until != "" && err != nil {
			c.fault([]string{"skip", strconv.Itoa(i), "until"}, "got %q, want a day that exists, like 2027-01-31", s.Until)
		}
	}
}

// calls checks every request that the file describes.
func (c *checks) calls(t *schemas.Target) {
	c.sound(t, t.Request, "request")
	c.sound(t, t.BodyRequest, "body_request")
	if t.TLSOnly != nil {
		c.sound(t, *t.TLSOnly, "tls_only")
	}
	if i := t.Idempotency; i != nil {
		if i.Action == "" && i.Path == "" {
			c.fault([]string{"idempotency"}, "a request of style %s needs %s", styleOf(t.Style), remedy(t.Style))
		}
		c.call(t, i.Call(), "idempotency")
	}
	if t.Limits.Throttle != nil {
		c.call(t, t.Limits.Throttle.Call(), "limits", "throttle")
	}
	for i, r := range t.Recipes {
		c.call(t, r.Call(), "recipes", strconv.Itoa(i))
	}
}

// sound checks a call that has to say what its style calls by, unless it says nothing at all.
func (c *checks) sound(t *schemas.Target, call schemas.SoundRequest, key string) {
	bare := call
	bare.Credentials = ""
	empty := reflect.ValueOf(bare).IsZero()
	if !empty && call.Path == "" && (t.Style == schemas.ROA || call.Action == "") {
		c.fault([]string{key}, "a request of style %s needs %s", styleOf(t.Style), remedy(t.Style))
	}
	c.call(t, call, key)
}

// remedy words what a style calls by.
func remedy(style schemas.Style) string {
	if style == schemas.ROA {
		return "a path (add path: /…)"
	}
	return "an action (add action: …)"
}

// call checks what any request that is described may say.
func (c *checks) call(t *schemas.Target, call schemas.SoundRequest, at ...string) {
	if call.Path != "" {
		c.path(under(at, "path"), call.Path)
	}
	_, known := t.Credentials[call.Credentials]
	if call.Credentials != "" && call.Credentials != schemas.DefaultKey && !known {
		c.fault(under(at, "credentials"), "there is no key %q under credentials (add it there, or leave this out for default)", call.Credentials)
	}
}

func (c *checks) path(at []string, path string) {
	switch {
	case !strings.HasPrefix(path, "/"):
		c.fault(at, "got %q, want a path that begins with a slash", redact.Address(path).Value())
	case strings.ContainsAny(path, "?# \r\n\t"):
		c.fault(at, "got %q, want a path alone (query parameters go under params)", redact.Address(path).Value())
	}
}

func styleOf(s schemas.Style) schemas.Style {
	if s == "" {
		return schemas.RPC
	}
	return s
}

func (c *checks) credentials(t *schemas.Target) {
	for _, name := range sortedKeys(t.Credentials) {
		at := []string{"credentials", name}
		switch key := t.Credentials[name]; {
		case strings.ContainsAny(key.AccessKeyID, " \t\r\n"):
			c.fault(under(at, "access_key_id"), "there is white space in it (copy the key again)")
		case strings.ContainsAny(key.AccessKeySecret, " \t\r\n"):
			c.fault(under(at, "access_key_secret"), "there is white space in it (copy the secret again)")
		case name == schemas.STSKey && key.SecurityToken == "":
			c.fault(at, "a temporary key needs its token (add security_token: …)")
		}
	}
}

func (c *checks) limits(l schemas.Limits) {
	if l.Timeout <= 0 && l.Timeout != unsetTimeout {
		c.fault([]string{"limits", "timeout"}, "got %v, want a positive time, like 10s", time.Duration(l.Timeout))
	}
	if l.Throttle != nil && l.Throttle.Per <= 0 {
		c.fault([]string{"limits", "throttle", "per"}, "got %v, want a positive time, like 1s", time.Duration(l.Throttle.Per))
	}
}

// CheckURL describes what keeps a text from being the address of a target, and what to write instead.
func CheckURL(text string) error {
	const want = "want an address like https://ecs.example.test/"
	shown := redact.Address(text).Value()
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return fmt.Errorf("got %q, %s", shown, want)
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("got %q, want http:// or https:// in front (like https://ecs.example.test/)", shown)
	case u.Hostname() == "":
		return fmt.Errorf("got %q, which names no host (%s)", shown, want)
	case u.User != nil:
		return fmt.Errorf("got an address with a user name or password in it (keys go under credentials)")
	case u.Fragment != "" || strings.Contains(text, "#"):
		return fmt.Errorf("got %q, want no fragment (leave out what begins with #)", shown)
	case u.RawQuery != "" || strings.Contains(text, "?"):
		return fmt.Errorf("got %q, want no query (parameters go under request.params)", shown)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return fmt.Errorf("got %q, want a port from 1 to 65535", shown)
		}
	}
	return nil
}
