// Package newtarget writes the commented start of a target file.
//
// Nothing about it is promised to importers; package runner says what is.
package newtarget

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Start is what is known of a target before anything is sent to it.
type Start struct {
	URL     string
	Profile string           // as the file names it: a name or a path; empty where it is guessed
	Of      *schemas.Profile // the profile of that name; nil where it is guessed
	Style   schemas.Style    // rpc when empty
}

// Text returns the file. It can be loaded as it is; so can each line of it that is commented out and begins with a key.
func (s Start) Text() []byte {
	if s.Style == "" {
		s.Style = schemas.RPC
	}
	var b strings.Builder
	b.WriteString(head)
	fmt.Fprintf(&b, "url: %s\n", strconv.Quote(s.URL))
	if s.Profile == "" {
		b.WriteString("# profile: ecs   # the document that it answers by; guessed from an unsigned request when it is left out\n")
	} else {
		fmt.Fprintf(&b, "profile: %s\n", strconv.Quote(s.Profile))
	}
	fmt.Fprintf(&b, "style: %s   # rpc, roa or acs3\n", s.Style)
	b.WriteString(s.request())
	b.WriteString(keys)
	b.WriteString(s.calls())
	tls := ""
	if strings.HasPrefix(s.URL, "https:") {
		tls = tlsExample
	}
	fmt.Fprintf(&b, way, tls)
	return []byte(b.String())
}

// request is the line of the harmless call, commented out where the profile does not say which one that is.
func (s Start) request() string {
	const what = "   # a harmless call that succeeds\n"
	call := schemas.ProfileRequest{Action: "DescribeRegions", Version: "2014-05-26"}
	if s.Style == schemas.ROA {
		call = schemas.ProfileRequest{Method: "GET", Path: "/regions", Version: "2014-05-26"}
	}
	if s.Of != nil && s.knows(s.Of.Request) {
		return "request: " + flow(s.Style, s.Of.Request) + what
	}
	return "# request: " + flow(s.Style, call) + what
}

// knows reports whether the call can be made in the style.
func (s Start) knows(call schemas.ProfileRequest) bool {
	return call.Version != "" && (s.Style == schemas.ROA && call.Path != "" || s.Style != schemas.ROA && (call.Action != "" || call.Path != ""))
}

// flow writes a call in one line, by the members that name it in the style.
func flow(style schemas.Style, call schemas.ProfileRequest) string {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+": "+strconv.Quote(value))
		}
	}
	if style != schemas.ROA {
		add("action", call.Action)
	}
	add("method", call.Method)
	if style != schemas.RPC {
		add("path", call.Path)
	}
	add("version", call.Version)
	if len(call.Params) > 0 {
		var params []string
		for _, name := range slices.Sorted(maps.Keys(call.Params)) {
			params = append(params, strconv.Quote(name)+": "+strconv.Quote(call.Params[name]))
		}
		parts = append(parts, "params: {"+strings.Join(params, ", ")+"}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
