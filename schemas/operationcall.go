package schemas

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// openParts matches the parts of a path that no parameter is published for.
var openParts = regexp.MustCompile(`\{[^{}/]*\}|\[[^\[\]/]*\]|\*+`)

// Call returns the call of the operation with its required parameters: a value comes from the first source that has one of
// that name, and where none has, from the published example.
func (o *Operation) Call(sources ...map[string]string) SoundRequest {
	c := SoundRequest{Action: o.Name, Path: o.Path, Method: o.method()}
	for _, p := range o.Required {
		value := p.value(sources)
		switch p.In {
		case InPath:
			c.Path = fillPath(c.Path, p.Name, value)
		case InBody:
			c.Body, c.ContentType = value, "application/json"
		case InHeader:
		default:
			if c.Params == nil {
				c.Params = map[string]string{}
			}
			c.Params[p.firstName()] = value
		}
	}
	c.Path = openParts.ReplaceAllLiteralString(c.Path, "x")
	return c
}

// method returns the one method that the operation is called by, preferring those that change nothing; empty where it is
// called by its name and takes GET and POST.
func (o *Operation) method() string {
	if o.Path == "" && (len(o.Methods) == 0 || slices.Contains(o.Methods, "GET") && slices.Contains(o.Methods, "POST")) {
		return ""
	}
	for _, m := range []string{"GET", "POST"} {
		if slices.Contains(o.Methods, m) {
			return m
		}
	}
	if len(o.Methods) > 0 {
		return o.Methods[0]
	}
	return "GET"
}

func (p OperationParameter) value(sources []map[string]string) string {
	for _, source := range sources {
		for _, name := range []string{p.Name, p.firstName()} {
			if value, ok := source[name]; ok {
				return value
			}
		}
	}
	switch {
	case p.Example != "":
		return p.Example
	case p.Type == "integer", p.Type == "number":
		return "1"
	case p.Type == "boolean":
		return "true"
	case p.Type == "object":
		return "{}"
	case p.Type == "array" && p.Style == "json":
		return "[]"
	}
	return "x"
}

// firstName is how the first item of the parameter is sent: lists are flattened in their names, unless they are written as
// JSON.
func (p OperationParameter) firstName() string {
	if p.Type == "array" && p.Style != "json" && p.Style != "simple" && !strings.HasSuffix(p.Name, ".1") {
		return strings.TrimSuffix(p.Name, ".N") + ".1"
	}
	return p.Name
}

// fillPath puts a value in the place of a parameter, {name} or [name].
func fillPath(path, name, value string) string {
	escaped := url.PathEscape(value)
	return strings.NewReplacer("{"+name+"}", escaped, "["+name+"]", escaped).Replace(path)
}
