package suites

import (
	"cmp"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// A lookalike is a value that is not the known one, and that a loose comparison takes for it: one that ends early for a
// reader of C, that is trimmed, that is a pattern for the known one, that has more before or behind it. A server may refuse
// it for any reason, and must not serve it.
type lookalike struct {
	says string
	of   func(string) string
}

// endsEarly are values that end where the known one does for those who stop at NUL, trim blanks, or match to the end of a
// line. A header field cannot hold them.
var endsEarly = []lookalike{
	{"NUL and more behind", func(v string) string { return v + "\x00acsconform" }},
	{"a blank behind", func(v string) string { return v + " " }},
	{"a line break behind", func(v string) string { return v + "\n" }},
}

// patterns match the known value for those who look it up by LIKE, by a wildcard or by a regular expression.
var patterns = []lookalike{
	{"% for the last character", func(v string) string { return cutOne(v) + "%" }},
	{"* for the last character", func(v string) string { return cutOne(v) + "*" }},
	{". for the last character", func(v string) string { return cutOne(v) + "." }},
}

// notInHeaders states why values that end early are tried in style rpc only.
const notInHeaders = "a header field cannot hold such a value"

// looksLike is a case of lookalikes of a parameter, each a request of its own.
func looksLike(name, parameter string, condition schemas.Condition, list []lookalike, before ...Change) Case {
	c := Case{Name: namedAbove(name), Condition: condition, AnyRefusal: true, Spread: Methods}
	for _, l := range list {
		c.Steps = append(c.Steps, Step{Change: append(before[:len(before):len(before)], Edited(l.says, parameter, l.of))})
	}
	return c
}

// rpcAlone restricts a case to style rpc, since the other styles send the value in a header field.
func rpcAlone(c Case) Case {
	c.Styles, c.Except = rpcOnly, notInHeaders
	return c
}

func lookalikesChapter() Chapter {
	more := func(text string) func(string) string { return func(v string) string { return v + text } }
	without := func(old, with string) func(string) string {
		return func(v string) string { return strings.ReplaceAll(v, old, with) }
	}
	action := looksLike("action-as-a-pattern", "Action", UnknownAction, patterns)
	qualified := looksLike("action-behind-a-name", "Action", UnknownAction, []lookalike{
		{"a name and a dot before", func(v string) string { return "Acsconform." + v }},
		{"a name and a colon before", func(v string) string { return "acsconform:" + v }},
		{".json behind", more(".json")}})
	action.Styles, qualified.Styles = withAction, withAction
	versions := looksLike("signature-version-like-1.0", "SignatureVersion", UnknownSignatureVersion, []lookalike{
		{".0 behind", more(".0")}, {"1 for the 0", func(string) string { return "1.1" }}, {"1 before", func(v string) string { return "1" + v }}, {"0 behind", more("0")}})
	method := looksLike("signature-method-with-more-behind", "SignatureMethod", UnknownSignatureMethod, []lookalike{{"X behind", more("X")}, {"-96 behind", more("-96")}, {"X before", func(v string) string { return "X" + v }}})
	versions.Styles, method.Styles = withMethodParameters, withMethodParameters
	token := rpcAlone(looksLike("token-that-ends-early", "SecurityToken", MalformedToken, endsEarly, Key(schemas.STSKey)))
	token.Needs = []Need{"credentials.sts"}
	trailing := looksLike("timestamp-with-more-behind", "Timestamp", MalformedTimestamp, []lookalike{{"a letter behind", more("x")}, {"a zone behind", more("[UTC]")}})
	trailing.Clause, trailing.KeepReason = "TIME-1", "readers skip a letter behind who skip no other ending"
	return Chapter{Name: "lookalikes", Cases: []Case{
		rpcAlone(looksLike("key-that-ends-early", "AccessKeyId", UnknownAccessKey, endsEarly)),
		looksLike("key-as-a-pattern", "AccessKeyId", UnknownAccessKey, patterns),
		rpcAlone(looksLike("action-that-ends-early", "Action", UnknownAction, endsEarly)),
		action, qualified,
		{Name: named("path-with-more-behind"), Condition: UnknownAction, AnyRefusal: true, Spread: Methods, Styles: roaOnly, Except: "the other styles are called by their Action, whatever the path", Steps: []Step{{Change: []Change{pathAndMore("/acsconform")}}, {Change: []Change{pathAndMore(".json")}}}},
		rpcAlone(looksLike("version-that-ends-early", "Version", UnknownVersion, endsEarly[1:])),
		looksLike("version-spelt-otherwise", "Version", UnknownVersion, []lookalike{{"/ for - in the value", without("-", "/")}, {"no - in the value", without("-", "")}}),
		rpcAlone(regionsThatEndEarly()),
		versions, method, token, trailing,
		timesOfNoCalendar(),
		{Name: named("timestamp-8-hours-off"), Condition: StaleTimestamp, Clause: "TIME-2", Spread: Methods, Steps: []Step{
			{Change: []Change{Age(8 * time.Hour)}}, {Change: []Change{Age(-8 * time.Hour)}}}},
		{Name: named("format-by-its-first-letter"), Condition: UnknownFormat, Spread: Methods, Steps: []Step{
			{Change: []Change{Set("Format", "J")}}, {Change: []Change{Set("Format", "Xhtml")}}}},
		{Name: named("format-xml-in-lower-case"), Condition: FormatXML, Clause: "FORMAT-6", Spread: Methods, Change: []Change{Set("Format", "xml")}},
		nonceTwice("nonce-short-used-twice", Methods, NonceLike("a nonce of 8 characters", func(first string) string { return first[:8] })),
		nonceTwice("nonce-long-used-twice", Once, NonceLike("a nonce of 64 characters", func(first string) string { return first + "-acsconform-of-64-characters" })),
	}}
}

// regionsThatEndEarly names the region of the call, or one that nobody knows where it names none.
func regionsThatEndEarly() Case {
	c := Case{Name: namedAbove("region-that-ends-early"), Condition: UnknownRegion, AnyRefusal: true, Spread: Methods}
	for _, l := range endsEarly {
		c.Steps = append(c.Steps, Step{Change: []Change{{"with " + l.says + " of RegionId", func(d *Draft) {
			d.set("RegionId", l.of(cmp.Or(d.get("RegionId"), "xx")))
		}}}})
	}
	return c
}

// timesOfNoCalendar are times that a reader carries over into the next day or hour. It may say of one that it has passed.
func timesOfNoCalendar() Case {
	c := Case{Name: namedAbove("timestamp-of-no-calendar"), Condition: MalformedTimestamp, AnyRefusal: true, Spread: Methods}
	for _, s := range []struct{ says, before, literal, behind string }{
		{"on the 32nd day", "2006-01-", "32", "T15:04:05Z"},
		{"in hour 25", "2006-01-02T", "25", ":04:05Z"},
		{"in minute 60", "2006-01-02T15:", "60", ":05Z"},
	} {
		c.Steps = append(c.Steps, Step{Change: []Change{Spelled(s.says, s.before, s.literal, s.behind)}})
	}
	return c
}

// nonceTwice uses a nonce of an unusual length twice. A server may know no nonce of that length; then nothing is judged.
func nonceTwice(name string, spread Spread, like Change) Case {
	return Case{Name: namedAbove(name), Condition: NonceReused, Spread: spread, Steps: []Step{
		{Condition: schemas.Sound, Setup: true, Change: []Change{like}}, {Change: []Change{like}}}}
}

// pathAndMore goes on behind the path of the call.
func pathAndMore(more string) Change {
	return Change{"with " + more + " behind the path", func(d *Draft) {
		path := strings.TrimSuffix(d.Path, "/") + more
		d.Path = "/" + strings.TrimPrefix(path, "/")
	}}
}
