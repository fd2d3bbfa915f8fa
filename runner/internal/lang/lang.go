// Package lang shows the texts of the suite in the language of its user.
//
// The code and every file that it writes are English. A text is translated when it is shown, by the catalogues beside this
// package: the English message is the key, with the verbs that its values are put in by. What has no translation is shown in
// English.
package lang

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// A Language is one that texts can be shown in. The zero Language is English.
type Language string

// The languages.
const (
	English Language = "en"
	Chinese Language = "zh"
)

// Tag returns the language as HTML names it.
func (l Language) Tag() string {
	if l == Chinese {
		return "zh-CN"
	}
	return "en"
}

// Parse returns the language that a flag names.
func Parse(word string) (Language, error) {
	switch l := Language(word); l {
	case English, Chinese:
		return l, nil
	}
	return English, fmt.Errorf("--lang %q is neither zh nor en; leave it out to go by LC_ALL, LC_MESSAGES or LANG", word)
}

// OfEnvironment returns the language that the environment names: the first of LC_ALL, LC_MESSAGES and LANG that is set decides.
// It is English for every language that there is no catalogue of, and for encodings that Chinese would not be readable in.
func OfEnvironment(env func(string) string) Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := env(name); locale != "" {
			return ofLocale(locale)
		}
	}
	return English
}

// ofLocale reads a locale as POSIX writes it: zh_CN.UTF-8@modifier.
func ofLocale(locale string) Language {
	locale, _, _ = strings.Cut(locale, "@")
	name, encoding, encoded := strings.Cut(locale, ".")
	if encoded && !strings.EqualFold(strings.ReplaceAll(encoding, "-", ""), "utf8") {
		return English
	}
	tag, err := language.Parse(name)
	if err != nil {
		return English
	}
	if base, _ := tag.Base(); base.String() == string(Chinese) {
		return Chinese
	}
	return English
}
