package mock

import (
	"cmp"
	"strconv"
)

// A place is where a list is: a member of an object.
type place struct {
	object map[string]any
	name   string
}

func (p place) list() []any {
	list, _ := p.object[p.name].([]any)
	return list
}

// count makes every total that of the list beside it, or of the list beside the object that it is in, and returns the lists
// that were counted.
func (w words) count(object map[string]any, outer *place) (counted []*place) {
	list := cmp.Or(listIn(object), outer)
	for name, value := range object {
		switch v := value.(type) {
		case map[string]any:
			counted = append(counted, w.count(v, list)...)
		case []any:
			for _, item := range v {
				if below, ok := item.(map[string]any); ok {
					counted = append(counted, w.count(below, nil)...)
				}
			}
		default:
			if w[name] == "totalcount" && list != nil {
				object[name] = ofKind(value, strconv.Itoa(len(list.list())))
				counted = append(counted, list)
			}
		}
	}
	return counted
}

// listIn finds the one list of an object: a member, or the only member of one, as lists are where XML is served. Among
// several it is the one of objects; where that does not decide, there is none.
func listIn(object map[string]any) *place {
	var all, ofObjects []place
	for name, value := range object {
		p := place{object, name}
		if inner, ok := value.(map[string]any); ok && len(inner) == 1 {
			for name := range inner {
				p = place{inner, name}
			}
		}
		list, ok := p.object[p.name].([]any)
		if !ok {
			continue
		}
		all = append(all, p)
		if len(list) > 0 {
			if _, object := list[0].(map[string]any); object {
				ofObjects = append(ofObjects, p)
			}
		}
	}
	switch {
	case len(all) == 1:
		return &all[0]
	case len(ofObjects) == 1:
		return &ofObjects[0]
	}
	return nil
}

// page returns the part of a list that a call asks for by the number of a page, and the whole where it asks for none.
func (all parameters) page(list []any) []any {
	number, err := strconv.Atoi(all["pagenumber"])
	if err != nil || number < 1 {
		return list
	}
	size, err := strconv.Atoi(all["pagesize"])
	if err != nil || size < 1 {
		size = max(len(list), 1)
	}
	from := len(list)
	if number-1 <= len(list)/size {
		from = min(len(list), (number-1)*size)
	}
	return list[from:min(len(list), from+min(size, len(list)))]
}
