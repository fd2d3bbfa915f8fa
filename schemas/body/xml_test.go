package body

import (
	"github.com/acsconform/acsconform/schemas"
	"strings"
	"testing"
)

// Each flaw is beside its legal neighbour. § stands for the declaration.
var xmlReadings = []reading{
	{"sound", `§<Error><RequestId>1</RequestId><Code>X</Code></Error>`, nil, "RequestId=1 Code=X"},
	{"single quotes", `<?xml version='1.0' encoding='UTF-8'?><Error><Code>X</Code></Error>`, nil, "Code=X"},
	{"lower case encoding", `<?xml version="1.0" encoding="utf-8"?><Error/>`, nil, ""},
	{"standalone", `<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><Error/>`, nil, ""},
	{"byte order mark", "\xef\xbb\xbf§<Error/>", nil, ""},
	{"references", `§<Error><Message>&lt;a&gt; &amp;&quot;&apos; &#65;&#x42;</Message></Error>`, nil, `Message=<a> &"' AB`},
	{"CDATA", `§<Error><Message>a<![CDATA[<b>&x;]]>c</Message></Error>`, nil, "Message=a<b>&x;c"},
	{"comment and instruction", `§<!-- a --><?p q?><Error><!-- b --><Code>X<!-- c --><?p?></Code></Error><!-- d --><?p q?>`, nil, "Code=X"},
	{"lists", `§<R><Item>1</Item><Item>2</Item><Item><a>b</a></Item></R>`, nil, "Item=1 Item=2 Item=<a>b</a>"},
	{"default namespace", `§<Error xmlns="urn:a"><Code>X</Code></Error>`, nil, "Code=X"},
	{"empty elements", `§<Error><Code/><Message></Message></Error>`, nil, "Code= Message="},

	{"no declaration", `<Error><Code>X</Code></Error>`, []FlawKind{FlawUndeclared}, "Code=X"},
	{"no encoding", `<?xml version="1.0"?><Error/>`, []FlawKind{FlawUndeclared}, ""},
	{"another instruction", `<?xml-stylesheet href="x"?><Error/>`, []FlawKind{FlawUndeclared}, ""},
	{"GBK declared", `<?xml version="1.0" encoding="GBK"?><Error><Code>X</Code></Error>`, []FlawKind{FlawEncoding}, "Code=X"},
	{"utf8 declared", `<?xml version="1.0" encoding="utf8"?><Error/>`, []FlawKind{FlawEncoding}, ""},
	{"GBK sent", "§<Error><Message>\xd6\xd0</Message><Code>X</Code></Error>", []FlawKind{FlawEncoding}, "Message=?? Code=X"},
	{"UTF-16", "\xff\xfe<\x00E\x00/\x00>\x00", []FlawKind{FlawEncoding}, ""},
	{"version 1.1", `<?xml version="1.1" encoding="UTF-8"?><Error/>`, []FlawKind{FlawSyntax}, ""},
	{"quote in the version", `<?xml version="1.0'" encoding="UTF-8"?><Error/>`, []FlawKind{FlawSyntax}, ""},
	{"no version", `<?xml encoding="UTF-8"?><Error><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"order of the declaration", `<?xml encoding="UTF-8" version="1.0"?><Error/>`, []FlawKind{FlawSyntax}, ""},
	{"bad standalone", `<?xml version="1.0" encoding="UTF-8" standalone="maybe"?><Error/>`, []FlawKind{FlawSyntax}, ""},
	{"unequal quotes", `<?xml version="1.0' encoding="UTF-8"?><Error/>`, []FlawKind{FlawSyntax}, ""},
	{"declaration without an end", `<?xml version="1.0" encoding="UTF-8"`, []FlawKind{FlawSyntax}, ""},
	{"space before the declaration", ` §<Error><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"comment before the declaration", `<!-- a -->§<Error><Code>X</Code></Error>`, []FlawKind{FlawUndeclared, FlawSyntax}, "Code=X"},
	{"declaration twice", `§§<Error><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"declaration inside", `§<Error>§<Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"instruction named XML", `§<Error><?XML a?><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"instruction named xmlish", `§<Error><?xmlish a?><Code>X</Code></Error>`, nil, "Code=X"},
	{"instruction without a space", `§<Error><?p"a"?></Error>`, []FlawKind{FlawSyntax}, ""},
	{"instruction with a question mark", `§<Error><?p?a ?></Error>`, []FlawKind{FlawSyntax}, ""},
	{"instruction with a colon", `§<Error><?p:q a?></Error>`, []FlawKind{FlawSyntax}, ""},

	{"two roots", `§<Error><Code>X</Code></Error><Error/>`, []FlawKind{FlawTrailing}, "Code=X"},
	{"page after the root", `§<Error><Code>X</Code></Error><html><br></html>`, []FlawKind{FlawTrailing}, "Code=X"},
	{"text after the root", `§<Error><Code>X</Code></Error>oops`, []FlawKind{FlawTrailing}, "Code=X"},
	{"CDATA after the root", `§<Error/><![CDATA[ ]]>`, []FlawKind{FlawTrailing}, ""},
	{"reference after the root", `§<Error/>&#32;`, []FlawKind{FlawTrailing}, ""},
	{"text before the root", `§oops<Error><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"no root", `§`, []FlawKind{FlawSyntax}, ""},
	{"only a comment", `§<!-- a -->`, []FlawKind{FlawSyntax}, ""},
	{"end after the root", `§<Error/></Error>`, []FlawKind{FlawSyntax}, ""},

	{"attribute twice", `§<Error a="1" a="2"><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"two attributes", `§<Error a="1" b='2'><Code>X</Code></Error>`, nil, "Code=X"},
	{"attributes without a space", `§<Error a="1"b="2"/>`, []FlawKind{FlawSyntax}, ""},
	{"attribute without quotes", `§<Error a=1><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"attribute with <", `§<Error a="<"/>`, []FlawKind{FlawSyntax}, ""},
	{"attribute with >", `§<Error a=">'"/>`, nil, ""},
	{"prefix not declared", `§<a:Error><Code>X</Code></a:Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"prefix declared", `§<a:Error xmlns:a="u"><Code>X</Code></a:Error>`, nil, "Code=X"},
	{"prefix out of scope", `§<R><x xmlns:p="u"/><p:y/></R>`, []FlawKind{FlawSyntax}, "x= p:y="},
	{"prefix in scope", `§<R xmlns:p="u"><x xmlns:p="v"/><p:y p:z="1" xml:lang="en"/></R>`, nil, "x= p:y="},
	{"prefix of an attribute not declared", `§<R><x p:a="1"/></R>`, []FlawKind{FlawSyntax}, "x="},
	{"attribute twice under two prefixes", `§<R xmlns:a="u" xmlns:b="u" a:x="1" b:x="2"/>`, []FlawKind{FlawSyntax}, ""},
	{"attributes of two namespaces", `§<R xmlns:a="u" xmlns:b="v" a:x="1" b:x="2" x="3"/>`, nil, ""},
	{"prefix for nothing", `§<R xmlns:a=""/>`, []FlawKind{FlawSyntax}, ""},
	{"prefix xmlns declared", `§<R xmlns:xmlns="u"/>`, []FlawKind{FlawSyntax}, ""},
	{"prefix xml for another", `§<R xmlns:xml="u"/>`, []FlawKind{FlawSyntax}, ""},
	{"two colons", `§<a:b:c xmlns:a="u"/>`, []FlawKind{FlawSyntax}, ""},
	{"hyphen after a prefix", `§<R xmlns:a="u"><a:-b/></R>`, []FlawKind{FlawSyntax}, "a:-b="},
	{"dot after a prefix", `§<R xmlns:.a="u"/>`, []FlawKind{FlawSyntax}, ""},
	{"colon at the end", `§<a:/>`, []FlawKind{FlawSyntax}, ""},

	{"DOCTYPE", `§<!DOCTYPE Error><Error><Code>X</Code></Error>`, []FlawKind{FlawDoctype}, "Code=X"},
	{"DOCTYPE that is not sound", `§<!DOCTYPE Erro<r><Error/>`, []FlawKind{FlawDoctype}, ""},
	{"DOCTYPE and entity", `§<!DOCTYPE E [<!ENTITY a "b">]><Error><Code>X</Code><Message>&a;</Message></Error>`, []FlawKind{FlawDoctype, FlawEntity}, "Code=X Message=&a;"},
	{"HTML entity", `§<Error><Message>a&nbsp;b</Message><Code>X</Code></Error>`, []FlawKind{FlawEntity}, "Message=a&nbsp;b Code=X"},
	{"entity in an attribute", `§<Error a="&nbsp;"><Code>X</Code></Error>`, []FlawKind{FlawEntity}, "Code=X"},
	{"ampersand", `§<Error><Message>a & b</Message><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "Message=a & b Code=X"},
	{"other declaration", `§<!ELEMENT a><Error/>`, []FlawKind{FlawSyntax}, ""},

	{"control character", "§<Error><Message>a\x01b</Message><Code>X</Code></Error>", []FlawKind{FlawSyntax}, "Message=a?b Code=X"},
	{"control character in a comment", "§<Error><!-- \x1b --></Error>", []FlawKind{FlawSyntax}, ""},
	{"U+FFFE", "§<Error>\uFFFE</Error>", []FlawKind{FlawSyntax}, ""},
	{"DEL and C1", "§<Error><Code>\x7f\u0085</Code></Error>", nil, "Code=\x7f\u0085"},
	{"reference to NUL", `§<Error><Code>&#0;</Code></Error>`, []FlawKind{FlawSyntax}, ""},
	{"reference to a surrogate", `§<Error><Code>&#xD800;</Code></Error>`, []FlawKind{FlawSyntax}, "Code=\uFFFD"},
	{"reference to a surrogate in an attribute", `§<Error a="&#xDFFF;"/>`, []FlawKind{FlawSyntax}, ""},
	{"reference in CDATA", `§<Error><Code><![CDATA[&#xD800;]]></Code></Error>`, nil, "Code=&#xD800;"},
	{"]]> in text", `§<Error><Code>a]]>b</Code></Error>`, []FlawKind{FlawSyntax}, ""},
	{"]]> in an attribute", `§<Error a="]]>"/>`, nil, ""},
	{"-- in a comment", `§<Error><!-- a -- b --></Error>`, []FlawKind{FlawSyntax}, ""},
	{"---> ends no comment", `§<Error><!-- a ---></Error>`, []FlawKind{FlawSyntax}, ""},
	{"- in a comment", `§<Error><!-- a - b --></Error>`, nil, ""},
	{"comment without an end", `§<Error><Code>X</Code><!-- </Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"CDATA without an end", `§<Error><Code>X</Code><![CDATA[ </Error>`, []FlawKind{FlawSyntax}, "Code=X"},
	{"name of digits", `§<Error><1a/></Error>`, []FlawKind{FlawSyntax}, ""},
	{"space in a tag", `§<Error >< Code/></Error>`, []FlawKind{FlawSyntax}, ""},
	{"crossed", `§<Error><a><b></a></b><Code>X</Code></Error>`, []FlawKind{FlawSyntax}, "a=<b> Code=X"},
	{"cut", `§<Error><Code>X</Code><Message>The`, []FlawKind{FlawSyntax}, "Code=X"},
	{"cut in a tag", `§<Error><Code>X</Code></Err`, []FlawKind{FlawSyntax}, "Code=X"},
	{"too deep", `§<R>` + strings.Repeat("<x>", 128) + strings.Repeat("</x>", 128) + `<Code>X</Code></R>`, []FlawKind{FlawDepth}, "x=" + strings.Repeat("<x>", 127) + strings.Repeat("</x>", 127) + " Code=X"},
	{"deep", `§<R>` + strings.Repeat("<x>", 127) + strings.Repeat("</x>", 127) + `</R>`, nil, "x=" + strings.Repeat("<x>", 126) + strings.Repeat("</x>", 126)},

	{"Code twice", `§<Error><Code>X</Code><Code>Y</Code></Error>`, []FlawKind{FlawRepeated}, "Code=X Code=Y"},
	{"Code at two depths", `§<R><Code>X</Code><Item><Code>Y</Code><Code>Z</Code></Item></R>`, nil, "Code=X Item=<Code>Y</Code><Code>Z</Code>"},
	{"Code with an element", `§<Error><Code>X<b>y</b></Code></Error>`, []FlawKind{FlawNested}, "Code=X<b>y</b>"},
	{"Code with an attribute", `§<Error><Code a="1">X</Code></Error>`, []FlawKind{FlawNested}, "Code=X"},
	{"Item with an attribute", `§<R><Item a="1">X</Item></R>`, nil, "Item=X"},

	{"newline after the declaration", "§\n<Error/>", []FlawKind{FlawLineBreaks}, ""},
	{"newline at the end", "§<Error/>\n", []FlawKind{FlawLineBreaks}, ""},
	{"CRLF at the end", "§<Error/>\r\n", []FlawKind{FlawLineBreaks}, ""},
	{"two newlines at the end", "§<Error/>\n\n", []FlawKind{FlawLineBreaks}, ""},
	{"pretty", "§<Error>\n  <Code>X</Code>\n</Error>", []FlawKind{FlawLineBreaks}, "Code=X"},
	{"pretty inside", "§<R><Data>\n<a>1</a></Data></R>", []FlawKind{FlawLineBreaks}, "Data=\n<a>1</a>"},
	{"newline in a value", "§<Error><Code>X\nY</Code><Message>\n</Message></Error>", nil, "Code=X\nY Message=\n"},
	{"CDATA newline", "§<Error><Message><![CDATA[\n]]></Message></Error>", nil, "Message=\n"},
	{"space between elements", "§<Error> <Code>X</Code> </Error>", nil, "Code=X"},
}

// withDeclarations puts the declaration in the place of §.
func withDeclarations(body string) string { return strings.ReplaceAll(body, "§", declarationPlain) }

func TestOpenXML(t *testing.T) {
	var table []reading
	for _, r := range xmlReadings {
		r.body = withDeclarations(r.body)
		table = append(table, r)
	}
	checkReadings(t, schemas.XML, table)
}

func TestOpenXMLRootAndKinds(t *testing.T) {
	e := Open([]byte(declarationPlain + `<KMS><Code>X</Code><Data><a>b</a></Data><Empty/></KMS>`))
	if e.Root != "KMS" {
		t.Errorf("root %q, want KMS", e.Root)
	}
	for i, want := range []Kind{KindText, KindElement, KindText} {
		if e.Members[i].Kind != want {
			t.Errorf("%s is %s, want %s", e.Members[i].Name, e.Members[i].Kind, want)
		}
	}
	if e = Open([]byte(`<a:Error xmlns:a="u"/>`)); e.Root != "a:Error" {
		t.Errorf("root %q, want the name as written, a:Error", e.Root)
	}
}

func TestOpenXMLNamesTheMember(t *testing.T) {
	for body, want := range map[string]Flaw{
		`<E><Code>X</Code><Code>Y</Code></E>`:   {FlawRepeated, "", "Code"},
		`<E><HostId><a/></HostId></E>`:          {FlawNested, "", "HostId"},
		`<E><Message>&nbsp;</Message></E>`:      {FlawEntity, "", "Message"},
		`<E><Message>&#xD800;</Message></E>`:    {FlawSyntax, "", "Message"},
		`<E><Message>a</Code></E>`:              {FlawSyntax, "", "Message"},
		`<E><Code>X</Code>&nbsp;</E>`:           {FlawEntity, "", ""},
		`<E><RequestId z="1">X</RequestId></E>`: {FlawNested, "", "RequestId"},
	} {
		e := Open([]byte(declarationPlain + body))
		if len(e.Faults) != 1 || e.Faults[0].Kind != want.Kind || e.Faults[0].Member != want.Member {
			t.Errorf("%s: faults %+v, want one of kind %s in %q", body, e.Faults, want.Kind, want.Member)
		}
	}
}
