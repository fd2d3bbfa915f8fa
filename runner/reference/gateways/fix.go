package gateways

import (
	"io/fs"
	"slices"
	"strings"
)

// A Fix is a block of a careful configuration that says what it is there for, in a comment that begins "fixes:". It
// ends before the next empty line.
type Fix struct {
	Words       []string // what it fixes: cases, clauses, ways, and gone for a server that is gone
	First, Last int      // its lines in the file, the comment aside; none of its own where Last is before First
	Text        string   // the first of them
}

// GoneWord stands for the server being gone among the words of a block.
const GoneWord = "gone"

// fixes lists the blocks of a careful configuration.
func (g Gateway) fixes() ([]Fix, error) {
	text, err := fs.ReadFile(files, g.Name+"/"+Careful+".conf")
	if err != nil {
		return nil, err
	}
	var all []Fix
	lines := strings.Split(string(text), "\n")
	for i := 0; i < len(lines); i++ {
		words, marked := strings.CutPrefix(strings.TrimSpace(lines[i]), "# fixes: ")
		if !marked {
			continue
		}
		for i++; i < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i]), "#"); i++ {
		}
		m := Fix{Words: strings.Fields(words), First: i + 1}
		for ; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
			if m.Text == "" {
				m.Text = strings.TrimSpace(lines[i])
			}
		}
		m.Last = i
		all = append(all, m)
	}
	return all, nil
}

// fixOf finds the block that fixes a break: one that names the case or the way, or else the clause.
func fixOf(all []Fix, b Break) (Fix, bool) {
	for _, word := range append([]string{b.Case, b.Clause}, b.Ways...) {
		i := slices.IndexFunc(all, func(m Fix) bool { return slices.Contains(m.Words, word) })
		if i >= 0 && (word != b.Clause || b.Case != GoneWord) {
			return all[i], true
		}
	}
	return Fix{}, false
}

// without takes the block out of the text of its file.
func (m Fix) without(text string) string {
	lines := strings.Split(text, "\n")
	if m.Last < m.First {
		return text
	}
	return strings.Join(slices.Delete(lines, m.First-1, m.Last), "\n")
}

// Without is the gateway whose careful configuration lacks that block. A block without lines of its own stands for the
// arguments.
func (g Gateway) Without(m Fix) Gateway {
	g.lacks = &m
	if m.Last < m.First {
		g.Careful = nil
	}
	return g
}
