package sample

import "strings"

// Way is one way in which an answer goes wrong.
type Way struct {
	Name   string
	Change func(*Record)
}

// Ways lists thirty ways. The XML of a record is turned into JSON where a way needs it.
func Ways() []Way {
	return []Way{
		{"trailing page", body(func(b string) string { return b + "<html>" })},
		{"no request id", body(replaced(`"RequestId"`, `"TraceId"`))},
		{"request id without hyphens", func(r *Record) {
			asJSON(r)
			r.Body = strings.Replace(r.Body, r.ID, strings.ReplaceAll(r.ID, "-", ""), 1)
		}},
		{"request id empty", func(r *Record) { asJSON(r); r.Body = strings.Replace(r.Body, r.ID, "", 1) }},
		{"request id null", func(r *Record) { asJSON(r); r.Body = strings.Replace(r.Body, `"`+r.ID+`"`, "null", 1) }},
		{"request id in lower case", func(r *Record) { asJSON(r); r.Body = strings.Replace(r.Body, r.ID, strings.ToLower(r.ID), 1) }},
		{"another id in the header", func(r *Record) { r.IDHeader = r.ID[1:] + r.ID[:1] }},
		{"line breaks", body(replaced(`,"`, ",\n\""))},
		{"member twice", body(replaced(`,"`, `,"A":1,"A":2,"`))},
		{"comment", body(replaced(`{`, `{/* */`))},
		{"byte order mark", body(func(b string) string { return "\xef\xbb\xbf" + b })},
		{"half of a surrogate pair", body(replaced(`{`, `{"A":"\ud83d",`))},
		{"comma at the end", body(func(b string) string { return b[:len(b)-1] + ",}" })},
		{"cut off", body(func(b string) string { return b[:len(b)/2] })},
		{"a list", body(func(b string) string { return "[" + b + "]" })},
		{"a string", body(func(string) string { return `"ok"` })},
		{"recommend is a number", body(replaced(`{`, `{"Recommend":1,`))},
		{"text/html", func(r *Record) { r.ContentType = "text/html" }},
		{"no content type", func(r *Record) { r.ContentType = "" }},
		{"the other content type", func(r *Record) { asJSON(r); r.ContentType = "text/xml;charset=utf-8" }},
		{"page of a proxy", func(r *Record) {
			r.Status, r.ContentType, r.Body = 502, "text/html", "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
		}},
		{"nothing", func(r *Record) { r.Status, r.Body = 500, "" }},
		{"plain text", func(r *Record) { r.Status, r.ContentType, r.Body = 503, "text/plain", "upstream connect error" }},
		{"error in a 200", answering(200, "Throttling", "You have made too many requests within a short time; your request is denied due to request throttling.")},
		{"status of another row", answering(503, "SignatureNonceUsed", "The request signature nonce has been used.")},
		{"other words", answering(400, "SignatureNonceUsed", "Nonce used.")},
		{"placeholder", answering(400, "UnknownThing", "The parameter %s is wrong.")},
		{"path of the inside", answering(500, "InternalError", "The request processing has failed due to some unknown error, exception or failure. at /usr/lib/app/main.py")},
		{"empty message", answering(400, "UnknownThing", "")},
		{"host of the inside", func(r *Record) {
			answering(400, "UnknownThing", "No.")(r)
			r.Body = strings.Replace(r.Body, `"HostId":"`, `"HostId":"inner-`, 1)
		}},
	}
}

// asJSON makes the record a success in JSON, unless it is in JSON already.
func asJSON(r *Record) {
	if r.Format == "XML" {
		r.Format, r.ContentType, r.Status = "JSON", "application/json;charset=utf-8", 200
		r.Body = success(r, 7)
	}
}

func body(change func(string) string) func(*Record) {
	return func(r *Record) {
		asJSON(r)
		r.Body = change(r.Body)
	}
}

func replaced(old, other string) func(string) string {
	return func(b string) string { return strings.Replace(b, old, other, 1) }
}

func answering(status int, code, message string) func(*Record) {
	return func(r *Record) {
		asJSON(r)
		r.Status, r.Body = status, failure(r, code, message)
	}
}
