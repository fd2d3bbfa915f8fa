package suites

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// Drop leaves a parameter out.
func Drop(name string) Change {
	return Change{"without " + name, func(d *Draft) { d.drop(name) }}
}

// Empty sends a parameter with no value.
func Empty(name string) Change {
	return Change{"with an empty " + name, func(d *Draft) { d.set(name, "") }}
}

// Set puts another value into a parameter, or adds it.
func Set(name, value string) Change {
	return Change{"with " + name + "=" + short(value), func(d *Draft) { d.set(name, value) }}
}

// Twice sends a parameter a second time, with another value.
func Twice(name, value string) Change {
	return Change{"with a second " + name + "=" + short(value), func(d *Draft) { d.add(name, value) }}
}

// Rename sends a parameter under another name.
func Rename(name, other string) Change {
	return Change{"with " + other + " in place of " + name, func(d *Draft) {
		value := d.get(name)
		d.drop(name)
		d.Own = append(d.Own, sign.Param{Name: other, Value: value})
	}}
}

// SameNonce uses the nonce of the case's first step again.
func SameNonce() Change {
	return Change{"with the SignatureNonce of the first request", func(d *Draft) { d.set("SignatureNonce", d.Setting.First) }}
}

// NonceOfTheRun uses the nonce of the run's first request again.
func NonceOfTheRun() Change {
	return Change{"with the SignatureNonce of the first request of the run", func(d *Draft) { d.set("SignatureNonce", d.Setting.RunFirst) }}
}

// anotherNonceInAHeader says a further nonce where the other styles have theirs.
func anotherNonceInAHeader() Change {
	return Change{"with a fresh nonce in x-acs-signature-nonce", func(d *Draft) { d.Header.Set("x-acs-signature-nonce", d.Setting.First+"-again") }}
}

// NonceLike sends a fresh nonce of another form: made of the nonce of the case's first request.
func NonceLike(says string, form func(first string) string) Change {
	return Change{"with " + says, func(d *Draft) {
		d.set("SignatureNonce", form(d.Setting.First))
		d.derived = true
	}}
}

// Method sends the request by another HTTP method, signed for it.
func Method(method string) Change {
	return Change{"by " + method, func(d *Draft) { d.Method = method }}
}

// AnotherMethod is Method for one that the target's own request is not sent by; where it is, another one takes its place.
func AnotherMethod(method string) Change {
	other := "PUT"
	if method == other {
		other = "PATCH"
	}
	return Change{"by " + method + " (" + other + " where the request itself is by " + method + ")", func(d *Draft) {
		if d.Method != method {
			d.Method = method
			return
		}
		d.Method = other
	}}
}

// Header adds a header line, replacing one of that name.
func Header(name, value string) Change {
	return Change{"with " + name + ": " + short(value), func(d *Draft) { d.Header.Set(name, value) }}
}

// IDHeader sends a request id of the client's own in a header.
func IDHeader(name string) Change {
	return Change{"with a request id of the client's own in " + name, func(d *Draft) {
		d.Header.Set(name, strings.ToUpper(uuid(d.Setting.Seed, 0xfff, 0xf)))
	}}
}

// Form adds a form body beside the query.
func Form(name, value string) Change {
	return Change{"with " + name + " in a form body", func(d *Draft) {
		d.Form = append(d.Form, sign.Param{Name: name, Value: value})
	}}
}

// RawQuery edits the query, or the form body where the parameters travel there, as it goes over the wire.
func RawQuery(says string, edit func(string) string) Change {
	return Change{"with " + says, func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			if path, query, ok := strings.Cut(r.URL, "?"); ok {
				r.URL = path + "?" + edit(query)
				return
			}
			r.Body = schemas.Body(edit(string(r.Body)))
		})
	}}
}

// Path sends the request to another path.
func Path(path string) Change {
	return Change{"to the path " + short(path), func(d *Draft) { d.Path = path }}
}

// Body sends a body of its own.
func Body(says, contentType, body string) Change {
	return Change{"with " + says, func(d *Draft) {
		d.Body = []byte(body)
		d.Header.Set("Content-Type", contentType)
	}}
}

// short cuts a value for words.
func short(value string) string {
	if len(value) > 40 {
		return fmt.Sprintf("%q… (%d bytes)", value[:24], len(value))
	}
	for i := range len(value) {
		if value[i] < ' ' || value[i] > '~' {
			return fmt.Sprintf("%q", value)
		}
	}
	return value
}

// TurnMethod sends by the other of GET and POST, signed for it.
func TurnMethod() Change {
	return Change{"by the other of GET and POST", func(d *Draft) {
		d.Method = otherMethod(d.Method)
	}}
}

// TurnFormat asks for another format than the first step, or for none where the profile has no other.
func TurnFormat() Change {
	return Change{"asking for another format", func(d *Draft) {
		formats := d.Setting.Formats
		for _, f := range formats {
			if string(f) != d.get("Format") {
				d.set("Format", string(f))
				return
			}
		}
		d.drop("Format")
	}}
}

// ActionCase turns the case of the Action.
func ActionCase() Change {
	return Change{"with the case of Action turned, or a letter more where it has none", func(d *Draft) { d.set("Action", otherCase(d.get("Action"))) }}
}

// Suffix adds something behind a parameter's value.
func Suffix(name, more string) Change {
	return Change{"with " + short(more) + " behind " + name, func(d *Draft) { d.set(name, d.get(name)+more) }}
}

// Edited returns the change that edits a parameter's value before signing.
func Edited(says, name string, edit func(string) string) Change {
	return Change{"with " + says + " of " + name, func(d *Draft) { d.set(name, edit(d.get(name))) }}
}

// cutOne cuts the last character off a value that has more than one.
func cutOne(value string) string {
	if len(value) < 2 {
		return value + "A"
	}
	return value[:len(value)-1]
}

// Region names a region, in the place where the style has it.
func Region(id string) Change {
	return Change{"with RegionId=" + id, func(d *Draft) {
		if d.Style == schemas.ROA {
			d.Header.Set("x-acs-region-id", id)
			if find(d.Own, "RegionId") < 0 {
				return
			}
		}
		d.set("RegionId", id)
	}}
}

// RegionAndMore names the region of the call with more behind it, or one that is not known where it names none.
func RegionAndMore() Change {
	return Change{"with -acsconform behind RegionId", func(d *Draft) {
		id := d.get("RegionId")
		if d.Style == schemas.ROA && id == "" {
			id = d.Header.Get("x-acs-region-id")
		}
		Region(cmp.Or(id, "xx") + "-acsconform").Do(d)
	}}
}

// NoAccept sends no Accept, also in roa, where the sound request has one.
func NoAccept() Change {
	return Change{"without Accept", func(d *Draft) { d.noAccept = true }}
}

// OtherAction asks for another action that succeeds: of those that the target file names, the one of limits.throttle
// changes nothing.
func OtherAction() Change {
	return Change{"with the action of limits.throttle", func(d *Draft) { d.lay(d.Setting.Other) }}
}
