package lang

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// moments are the ends of a change to a request that say when it is made, with those of Chinese, which stand before it.
var moments = []struct{ english, chinese string }{{" after signing", "签名后"}, {" on the wire", "原始报文："}}

// change translates what a case changes in a request: a list of changes, each by itself, since one is not to be taken for a value
// of another. It is none where anything would be left in English.
func (b *book) change(text string, deep int) (string, grade) {
	parts := b.changes(text)
	if len(parts) == 1 {
		return b.oneChange(text, deep)
	}
	for i, part := range parts {
		out, g := b.text(part, deep-1)
		if g != whole {
			return text, none
		}
		parts[i] = out
	}
	return strings.Join(parts, "，"), whole
}

var (
	changes   = regexp.MustCompile(`^(?:with|without|by|signed|the|no|a|another|all|to|on) `) // what a change begins with
	mayChange = regexp.MustCompile(`^(?:with|without|by|signed|the|a|another|all)\b`)         // no message with a name before a colon does
)

// mostChanges is how many changes a request has at most.
const mostChanges = 16

// changes takes a list of changes apart at the commas behind which one begins, but for those within a value that is sent.
func (b *book) changes(text string) []string {
	if !changes.MatchString(text) || !strings.Contains(text, ", ") {
		return []string{text}
	}
	var parts []string
	for _, piece := range outside(text, ", ") {
		last := len(parts) - 1
		if last >= 0 && (!changes.MatchString(piece) || b.sent(parts[last]+", "+piece)) {
			parts[last] += ", " + piece
			continue
		}
		parts = append(parts, piece)
	}
	if len(parts) > mostChanges {
		return []string{text}
	}
	return parts
}

// sent reports whether a text ends with one that is sent as it is and has a comma in it.
func (b *book) sent(text string) bool {
	return slices.ContainsFunc(b.commas, func(value string) bool { return strings.HasSuffix(text, value) })
}

var (
	method = regexp.MustCompile(`^by ([^ a-z][^ ]*)$`)
	age    = regexp.MustCompile(`^with a Timestamp ([0-9.hms]+)(?: (h|min))? (behind|ahead of) the server's clock$`)
	edited = regexp.MustCompile(`^with (.+) (?:of|in) ([^ ]+)$`)
)

// oneChange translates one change.
func (b *book) oneChange(text string, deep int) (string, grade) {
	if m := age.FindStringSubmatch(text); m != nil {
		side := map[string]string{"behind": "早", "ahead of": "晚"}[m[3]]
		return "Timestamp 比服务器时间" + side + " " + duration(m[1], m[2]), whole
	}
	if m := method.FindStringSubmatch(text); m != nil {
		return "以 " + m[1] + " 发送", whole
	}
	for _, m := range moments {
		before, ok := strings.CutSuffix(text, m.english)
		if !ok {
			continue
		}
		if out, g := b.text(before, deep-1); g == whole {
			if strings.HasPrefix(out, "在") && m.english == " on the wire" { // on another connection
				return out, whole
			}
			return spaced(m.chinese + opens + out + shuts), whole
		}
	}
	if m := edited.FindStringSubmatch(text); m != nil {
		if out, ok := b.exact[m[1]]; ok {
			return "改动 " + m[2] + "（" + out + "）", whole
		}
	}
	if what, ok := strings.CutPrefix(text, "with "); ok {
		if out, ok := b.exact[what]; ok && !does.MatchString(out) {
			return spaced("带 " + opens + out + shuts), whole
		}
		if out, g := b.text(what, deep-1); g == whole && does.MatchString(out) {
			return out, whole
		}
	}
	return text, none
}

// does is what a change begins with that is no thing which a request has.
var does = regexp.MustCompile(`^(?:改|去掉|删除|清空|增加|以|把|后面|前面|在|参数按|%)`)

// duration writes a time that a case is off by.
func duration(number, unit string) string {
	if d, err := time.ParseDuration(number); err == nil && unit == "" && d%time.Second == 0 && d < time.Minute {
		return strings.TrimSuffix(number, "s") + " 秒"
	}
	return strings.TrimSpace(number + " " + map[string]string{"h": "小时", "min": "分钟"}[unit])
}

// outside splits a text where a mark stands outside of brackets and quotes; anywhere where they are not in pairs.
func outside(text, mark string) []string {
	var parts []string
	depth, quoted, from := 0, false, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\\' && quoted && i+1 < len(text):
			size++
		case r == '"':
			quoted = !quoted
		case quoted:
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case depth == 0 && strings.HasPrefix(text[i:], mark):
			parts = append(parts, text[from:i])
			size = len(mark)
			from = i + size
		}
		if depth < 0 {
			break
		}
		i += size
	}
	if depth != 0 || quoted {
		return strings.Split(text, mark)
	}
	return append(parts, text[from:])
}
