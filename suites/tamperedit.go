package suites

import (
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// alter alters an input of the request as it is laid out. What is doubled or added comes first where that is asked for,
// else last.
func alter(says string, input sign.Input, how alteration, first bool) Change {
	return Change{"with " + says, func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			switch input.Kind {
			case sign.Parameter:
				d.alterParameter(r, input.Name, how, first)
			case sign.Header:
				d.alterHeader(r, input.Name, how, first)
			case sign.SignedHeaders:
				alterSignedHeaders(r, how)
			case sign.Path:
				path, query, _ := strings.Cut(r.URL, "?")
				r.URL = d.Origin + d.otherPath(strings.TrimPrefix(path, d.Origin))
				if query != "" {
					r.URL += "?" + query
				}
			case sign.Body:
				r.Body = alteredBody(r.Body, how)
			}
		})
	}}
}

// signaturePlaced moves Signature before all other parameters.
func signaturePlaced() Change {
	return RawQuery("Signature before all other parameters", func(query string) string {
		pairs := strings.Split(query, "&")
		i := slices.IndexFunc(pairs, func(pair string) bool { return pairNamed(pair, "Signature") })
		if i < 0 {
			return query
		}
		moved := pairs[i]
		return strings.Join(append([]string{moved}, slices.Delete(pairs, i, i+1)...), "&")
	})
}

// alterParameter alters a parameter in the query, or in the form where style rpc has it there.
func (d *Draft) alterParameter(r *schemas.Request, name string, how alteration, first bool) {
	is := func(pair string) bool { return pairNamed(pair, name) }
	edit := func(pairs []string) []string {
		i := slices.IndexFunc(pairs, is)
		value := "1"
		if i >= 0 {
			_, coded, _ := strings.Cut(pairs[i], "=")
			value, _ = url.QueryUnescape(coded)
		}
		pair := func(value string) string { return sign.PercentEncode(name) + "=" + sign.PercentEncode(value) }
		switch {
		case how == removed:
			return slices.DeleteFunc(pairs, is)
		case how == emptied && i >= 0:
			pairs[i] = pair("")
		case how == changed && i >= 0:
			pairs[i] = pair(d.otherValue(name, value))
		case first:
			return append([]string{pair(d.otherValue(name, value))}, pairs...)
		default:
			return append(pairs, pair(d.otherValue(name, value)))
		}
		return pairs
	}
	path, query, _ := strings.Cut(r.URL, "?")
	if inForm := d.Style == schemas.RPC && isFormRequest(*r) && query == "" && how != addedQuery; inForm {
		r.Body = schemas.Body(strings.Join(edit(split(string(r.Body))), "&"))
		return
	}
	r.URL = path
	if pairs := edit(split(query)); len(pairs) > 0 {
		r.URL += "?" + strings.Join(pairs, "&")
	}
}

func split(query string) []string {
	if query == "" {
		return nil
	}
	return strings.Split(query, "&")
}

func pairNamed(pair, name string) bool {
	coded, _, _ := strings.Cut(pair, "=")
	plain, err := url.QueryUnescape(coded)
	return err == nil && plain == name
}

// alterHeader alters a header line. A digest is made to fit a body that is altered with it.
func (d *Draft) alterHeader(r *schemas.Request, name string, how alteration, first bool) {
	i := slices.IndexFunc(r.Header, func(f schemas.Field) bool { return strings.EqualFold(f.Name, name) })
	spelt, value := name, ""
	if i >= 0 {
		spelt, value = r.Header[i].Name, r.Header[i].Value
	}
	other := func() schemas.Field { return schemas.Field{Name: spelt, Value: d.otherHeader(r, name, value)} }
	switch {
	case how == removed:
		r.Header.Del(name)
	case how == emptied && i >= 0:
		r.Header[i].Value = ""
	case how == changed && i >= 0:
		r.Header[i] = other()
	case first:
		r.Header = append(schemas.Header{other()}, r.Header...)
	default:
		r.Header = append(r.Header, other())
	}
}

// alterSignedHeaders alters the list of signed headers in Authorization.
func alterSignedHeaders(r *schemas.Request, how alteration) {
	before, rest, ok := strings.Cut(r.Header.Get("Authorization"), "SignedHeaders=")
	list, behind, more := strings.Cut(rest, ",")
	if !ok || !more {
		return
	}
	switch how {
	case removed:
		r.Header.Set("Authorization", before+behind)
		return
	case emptied:
		list = ""
	default:
		list = list[:max(0, strings.LastIndexByte(list, ';'))]
	}
	r.Header.Set("Authorization", before+"SignedHeaders="+list+","+behind)
}

// alteredBody returns another body: with a letter or digit changed so that JSON stays JSON and a form stays a form, with
// more behind, or empty.
func alteredBody(body []byte, how alteration) []byte {
	text := string(body)
	switch {
	case how == removed:
		return nil
	case how == added && strings.HasSuffix(text, "}"):
		return []byte(strings.TrimSuffix(text, "}") + `,"` + spareParameter + `":1}`)
	case how == added:
		return []byte(text + "&" + spareParameter + "=1")
	}
	i := strings.LastIndexFunc(text, func(c rune) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' })
	if i < 0 {
		return []byte(text + " ")
	}
	return []byte(text[:i] + next(text[i:i+1]) + text[i+1:])
}
