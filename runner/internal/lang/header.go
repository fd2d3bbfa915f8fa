package lang

import "golang.org/x/text/language"

// offered are the languages that a page can be shown in, the one that is shown where a browser asks for none of them first.
var offered = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese})

// longestHeader bounds what is read of a header.
const longestHeader = 1000

// OfHeader returns the language that the header Accept-Language of a request asks for.
func OfHeader(accept string) Language {
	if len(accept) > longestHeader {
		return English
	}
	asked, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(asked) == 0 {
		return English
	}
	if _, at, confidence := offered.Match(asked...); at == 1 && confidence > language.No {
		return Chinese
	}
	return English
}
