package metadata

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// harmless returns the call that is most likely to succeed and changes nothing: of the read-only operations one that asks
// for the least, lists regions where there is such a one, is not deprecated, and answers with an object. Of equals it is
// the first by name. One that is called without a key shows nothing of keys and signatures.
func harmless(list *schemas.Operations, style schemas.Style, deprecated func(string) bool) *schemas.ProfileRequest {
	var best *schemas.Operation
	least := 0
	for i := range list.List {
		o := &list.List[i]
		if !o.ReadOnly || o.Unsigned || style == schemas.ROA && o.Path == "" {
			continue
		}
		cost := effort(o)
		if deprecated(o.Name) {
			cost += 100
		}
		if best == nil || cost < least {
			best, least = o, cost
		}
	}
	if best == nil || list.Version == "" {
		return nil
	}
	call := best.Call(nil)
	return &schemas.ProfileRequest{Action: best.Name, Version: list.Version, Params: call.Params, Method: call.Method, Path: call.Path}
}

// effort estimates what a call takes to succeed.
func effort(o *schemas.Operation) int {
	cost := 0
	for _, p := range o.Required {
		switch {
		case p.Name == "RegionId" && p.In != schemas.InPath:
			cost++
		case p.Example == "" || p.In == schemas.InBody:
			cost += 50
		case p.In == schemas.InPath: // counted below
		default:
			cost += 10
		}
	}
	name := strings.ToLower(o.Name)
	switch {
	case name == "describeregions", name == "listregions":
		cost -= 3
	case strings.HasPrefix(name, "list"), strings.HasPrefix(name, "describe"), strings.HasPrefix(name, "get"), strings.HasPrefix(name, "query"):
	default:
		cost += 2
	}
	cost += 12 * strings.Count(o.Path, "{") // counted in the path, since some published paths have parameters that are not listed
	if o.Result == nil || o.Result.Name == schemas.KindArray {
		cost += 40
	}
	return cost
}
