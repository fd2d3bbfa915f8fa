package plan

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
)

// The formats of alerts.
const (
	FormatJSON     = "json"
	FormatDingTalk = "dingtalk"
	FormatSlack    = "slack"
)

// alerts holds the receivers of alerts against what their schema cannot say.
func (r *reading) alerts() {
	names := map[string]bool{}
	for i := range r.fleet.Alerts {
		a := &r.fleet.Alerts[i]
		at := func(key string) []string { return []string{"alerts", strconv.Itoa(i), key} }
		a.Format = cmp.Or(a.Format, FormatJSON)
		if names[a.Name] {
			r.fault(at("name"), "two receivers are called %s (give each a name of its own)", a.Name)
		}
		names[a.Name] = true
		if a.Secret != "" && !fromEnvironment.MatchString(a.Secret) {
			r.fault(at("secret"), "a secret is written out (write ${NAME}, and set NAME where conform-fleet up runs)")
		}
		if a.Secret == "" && a.Format == FormatJSON {
			r.fault(at("name"), "has no secret to sign with (add secret: ${NAME})")
		}
		if fromEnvironment.MatchString(a.URL) {
			continue
		}
		u, err := url.Parse(a.URL)
		switch {
		case err != nil || u.Host == "":
			r.fault(at("url"), "is no address (want https://host/path, or ${NAME})")
		case a.Format != FormatJSON || u.User != nil || u.RawQuery != "" || strings.Contains(a.URL, "${"):
			r.fault(at("url"), "an address that holds a secret is written out (write ${NAME}, and set NAME where conform-fleet up runs)")
		}
	}
}
