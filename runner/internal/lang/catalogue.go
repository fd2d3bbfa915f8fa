package lang

import (
	"embed"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// A catalogue is a file of pairs: the English message as the code has it, and its translation. verbatim.json lists what the code
// has in English in every language, with the reason.
//
//go:embed zh/*.json
var files embed.FS

// The files of the directory that hold no messages: what is not translated, and whole texts without verbs, in which % is a sign:
// what wrong and odd servers do, mistakes in percent-encoding, what schemas say that a value has to be, and
// what profiles remark on rows.
const (
	verbatim = "zh/verbatim.json"
	servers  = "zh/servers.json"
	literals = "zh/literals.json"
	shapes   = "zh/schemas.json"
	rows     = "zh/rows.json"
)

var wholes = []string{servers, literals, shapes, rows}

// chinese reads the catalogues once.
var chinese = sync.OnceValue(func() *book {
	whole := fixtureTexts()
	for _, name := range wholes {
		maps.Copy(whole, read(name))
	}
	b := newBook(language.SimplifiedChinese, messages(), whole)
	for text := range read(verbatim) {
		if strings.Contains(text, ", ") && !strings.Contains(text, "\n") {
			b.commas = append(b.commas, text)
		}
	}
	return b
})

// messages are the pairs, read once.
var messages = sync.OnceValue(pairs)

// pairs returns the messages of all catalogues.
func pairs() map[string]string {
	all := map[string]string{}
	names, _ := fs.Glob(files, "zh/*.json")
	for _, name := range names {
		if name == verbatim || slices.Contains(wholes, name) {
			continue
		}
		maps.Copy(all, read(name))
	}
	return all
}

// read returns the pairs of an embedded file, which a test holds to be well formed.
func read(name string) map[string]string {
	one := map[string]string{}
	if text, err := files.ReadFile(name); err == nil {
		_ = json.NewDecoder(strings.NewReader(string(text))).Decode(&one)
	}
	return one
}
