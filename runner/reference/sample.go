package reference

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// sampleMembers returns the members of a published sample, but for those of the envelope, which the server writes itself.
// XML has no place for a name that is none of an element.
func sampleMembers(sample json.RawMessage, xml bool) []member {
	d := json.NewDecoder(bytes.NewReader(sample))
	d.UseNumber()
	var object map[string]any
	if len(sample) == 0 || d.Decode(&object) != nil {
		return nil
	}
	for name, value := range object {
		if ofEnvelope(name, value) {
			delete(object, name)
		}
	}
	return membersOf(object, xml)
}

// ofEnvelope reports whether a member of a sample is one that every answer has, or tells of a failure.
func ofEnvelope(name string, value any) bool {
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "requestid", "hostid", "httpstatus", "message", "errorcode", "errormessage", "errormsg", "code", "recommend":
		return true
	case "success", "asapisuccess":
		return value != true && value != "true"
	}
	return false
}

func membersOf(object map[string]any, xml bool) []member {
	members := []member{}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if !xml || elementForm.MatchString(name) {
			members = append(members, member{name, sampleValue(object[name], xml)})
		}
	}
	return members
}

// elementForm is a careful part of what XML lets an element be called.
var elementForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

func sampleValue(value any, xml bool) any {
	switch v := value.(type) {
	case map[string]any:
		return membersOf(v, xml)
	case []any:
		items := make(list, len(v))
		for i, item := range v {
			items[i] = sampleValue(item, xml)
		}
		return items
	}
	return value
}
