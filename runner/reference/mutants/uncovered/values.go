package uncovered

import (
	"net/http"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// clockSpread is how far from the server's clock the time that was signed is looked for.
const clockSpread = 30 * time.Second

// values are those that a parameter may have had when the call was signed. Now it has the one given, or none.
func (u uncovering) values(c *server.Call, parameter, now string) []string {
	values := []string{now}
	for _, p := range c.Params() {
		if p.Name == parameter {
			values = append(values, p.Value)
		}
	}
	values = append(values, c.Header.Values(u.input.Name)...)
	switch parameter {
	case "Action":
		for _, a := range u.s.Service.Actions {
			values = append(values, a.Name)
		}
	case "Version":
		values = append(values, u.s.Service.Version)
	case "Format":
		values = append(values, "JSON", "XML")
	case "AccessKeyId", "SecurityToken":
		for _, k := range server.Keys {
			values = append(values, map[bool]string{true: k.AccessKeyID, false: k.SecurityToken}[parameter == "AccessKeyId"])
		}
	case "SignatureMethod":
		values = append(values, "HMAC-SHA1")
	case "SignatureVersion":
		values = append(values, "1.0")
	case "SignatureNonce":
		for _, last := range "0123456789abcdef" {
			values = append(values, now[:max(0, len(now)-1)]+string(last))
		}
	case "Timestamp":
		values = append(values, u.times(c)...)
	case "Accept":
		values = append(values, "application/json")
	case "Content-Type":
		values = append(values, "application/json", "application/x-www-form-urlencoded")
	default:
		values = append(values, "1", u.s.Service.Sound.Params[parameter])
	}
	return values
}

// times are those about the server's clock, in the notation of the style.
func (u uncovering) times(c *server.Call) []string {
	layout := server.ISOTime
	if c.Style == schemas.ROA {
		layout = http.TimeFormat
	}
	var times []string
	for off := -clockSpread; off <= clockSpread; off += time.Second {
		times = append(times, c.Now.Add(off).UTC().Format(layout))
	}
	return times
}
