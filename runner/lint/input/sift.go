package input

import (
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Omission is why a record is left out; the zero omission is none.
type Omission struct {
	Why        schemas.OmittedWhy
	What, Host redact.Clean[string]
}

// notAnswers are the statuses of logs that no client was sent: 444 and 499 of nginx, where the connection was closed by
// the server or by the client, and 460 of load balancers, where the client closed it.
var notAnswers = []int{444, 460, 499}

// isNoAnswer reports a status of which there is nothing to judge: of the beginning of an answer, or of logs alone.
func isNoAnswer(status int) bool { return status < 200 || slices.Contains(notAnswers, status) }

// isNoCall reports a method whose answer carries no envelope: that of a request for headers only, of what browsers ask
// beforehand, and of a tunnel.
func isNoCall(method string) bool {
	return method == "HEAD" || method == "OPTIONS" || method == "CONNECT"
}

// isNoCallBytes is isNoCall of a method that is written as it should be, and reports any that is not.
func isNoCallBytes(method []byte) bool {
	switch string(method) {
	case "", "-", "GET", "POST", "PUT", "DELETE", "PATCH":
		return false
	}
	return true
}

// Sift returns why a record is left out before its body is looked at.
func (f *Filters) Sift(x *schemas.Exchange) Omission {
	if what := f.out(x); what != "" {
		return Omission{Why: schemas.OmittedFiltered, What: redact.Named(what)}
	}
	if method := methodOf(x); isNoCall(method) {
		return Omission{Why: schemas.OmittedUnanswered, What: redact.Named(method)}
	}
	if x.Response == nil {
		return Omission{}
	}
	if status := x.Response.Status; isNoAnswer(status) || status == 304 && isConditional(x) {
		return Omission{Why: schemas.OmittedUnanswered, What: redact.Named(strconv.Itoa(status))}
	}
	return Omission{}
}

// isConditional reports a request that asks for 304 where the client's copy is still good.
func isConditional(x *schemas.Exchange) bool {
	_, match := x.Request.Header.Lookup("If-None-Match")
	_, since := x.Request.Header.Lookup("If-Modified-Since")
	return match || since
}

// SiftBody unpacks the body, and returns why a record is left out for what is in it.
func SiftBody(x *schemas.Exchange) Omission {
	if x.Response == nil || x.Response.Cut {
		return Omission{}
	}
	packing := unpackBody(x.Response)
	other := otherConvention(x)
	switch {
	case other != "":
		return Omission{Why: schemas.OmittedConvention, What: redact.Named(other)}
	case !isCall(x):
		return Omission{Why: schemas.OmittedOther, What: redact.Map(redact.Named(mediaOf(x)), clipped), Host: redact.Map(redact.Host(hostOf(x)), clipped)}
	case packing != "":
		return Omission{Why: schemas.OmittedPacked, What: redact.Named(packing)}
	case x.Response.Status/100 == 2 && body.IsEventStream(x.Response.Body, x.Response.Header.Get("Content-Type")):
		return Omission{Why: schemas.OmittedStream}
	}
	return Omission{}
}

// longestTrait is how much is kept of a host or a content type, which are the traffic's.
const longestTrait = 200

func clipped(text string) string {
	if len(text) > longestTrait {
		text = strings.ToValidUTF8(text[:longestTrait], "") + "…"
	}
	return strings.Clone(text)
}

// methodOf returns the method of a request; empty where it is not known.
func methodOf(x *schemas.Exchange) string {
	method := x.Request.Method
	if method == "" {
		method, _ = requestLine(x.Request.URL)
	}
	return strings.ToUpper(method)
}

// Called returns the method and the path of a request; empty where they are not known.
func Called(x *schemas.Exchange) (method, path string) {
	_, target := requestLine(x.Request.URL)
	path, _ = pathAndQuery(target)
	return methodOf(x), path
}

// hostOf returns the host that the client addressed, without its port; empty where it is not known.
func hostOf(x *schemas.Exchange) string {
	if x.Intent.Host != "" {
		return x.Intent.Host
	}
	for _, name := range []string{":authority", "Host"} {
		if host := x.Request.Header.Get(name); host != "" {
			return string(withoutPort([]byte(host)))
		}
	}
	return ""
}

// mediaOf returns the media type of the answer without parameters, in lower case.
func mediaOf(x *schemas.Exchange) string {
	if x.Response == nil {
		return ""
	}
	return mediaType(x.Response)
}

func mediaType(r *schemas.Response) string {
	media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// requestLine takes a request line apart, which some logs have in place of a URL. Of a URL the method is empty.
func requestLine(line string) (method, target string) {
	if rest, _, ok := strings.Cut(line, " HTTP/"); ok {
		if method, target, ok = strings.Cut(rest, " "); ok {
			return method, target
		}
	}
	return "", line
}

// pathAndQuery returns the path of a URL, and its query. A text that is neither a URL nor a path is a query.
func pathAndQuery(url string) (path, query string) {
	url, _, _ = strings.Cut(url, "#")
	if scheme, rest, ok := strings.Cut(url, "://"); ok && len(scheme) <= 8 {
		i := strings.IndexAny(rest, "/?")
		if i < 0 {
			return "/", ""
		}
		if url = rest[i:]; url[0] == '?' {
			url = "/" + url
		}
	}
	path, query, ok := strings.Cut(url, "?")
	if !ok && !strings.HasPrefix(url, "/") {
		return "", url
	}
	return path, query
}
