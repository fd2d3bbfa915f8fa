package suites

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// echo is a case whose value a server may put into its Message.
func echo(name, parameter, value string, styles []schemas.Style) Case {
	c := Case{Condition: Hostile, Spread: Everywhere, Echo: value, Styles: styles}
	c.Name = namedAbove(name)
	c.Change = []Change{Set(parameter, value)}
	if slices.Equal(styles, rpcOnly) {
		c.Except = "the other styles name it in a header field, which cannot hold the value: the same is tried in-parameter"
	}
	if parameter != "Action" && parameter != "Version" && parameter != "AccessKeyId" {
		c.MayServe = parameter == "RegionId"
	}
	return c
}

// many adds so many parameters that nobody knows.
func many(n int) Change {
	return Change{fmt.Sprintf("with %d more parameters", n), func(d *Draft) {
		for i := range n {
			d.Own = append(d.Own, sign.Param{Name: fmt.Sprintf("Acsconform.%d", i+1), Value: "1"})
		}
	}}
}

// lowerNames writes every parameter's name in lower case.
func lowerNames() Change {
	return Change{"with all names in lower case", func(d *Draft) {
		for _, list := range [][]sign.Param{d.Public, d.Own} {
			for i := range list {
				list[i].Name = strings.ToLower(list[i].Name)
			}
		}
	}}
}

// target edits the request target, the second word of the request line.
func target(says string, edit func(string) string) ByteEdit {
	return ByteEdit{Description: says, Do: func(raw []byte) []byte {
		line, rest, _ := bytes.Cut(raw, []byte("\r\n"))
		words := strings.SplitN(string(line), " ", 3)
		if len(words) != 3 {
			return raw
		}
		words[1] = edit(words[1])
		return append([]byte(strings.Join(words, " ")+"\r\n"), rest...)
	}}
}

// bare leaves out the query and every header line that could carry a parameter, whatever the style.
func bare(says string) ByteEdit {
	return ByteEdit{Description: says, Do: func(raw []byte) []byte {
		head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		lines := strings.Split(string(head), "\r\n")
		words := strings.SplitN(lines[0], " ", 3)
		if len(words) != 3 {
			return raw
		}
		path, _, _ := strings.Cut(words[1], "?")
		kept := []string{words[0] + " " + path + " " + words[2]}
		for _, line := range lines[1:] {
			if name, _, _ := strings.Cut(line, ":"); slices.Contains([]string{"Host", "Connection"}, name) {
				kept = append(kept, line)
			}
		}
		return []byte(strings.Join(kept, "\r\n") + "\r\n\r\n")
	}}
}

// firstLine replaces text in the request line.
func firstLine(says, old, other string) ByteEdit {
	return ByteEdit{Description: says, Do: func(raw []byte) []byte { return bytes.Replace(raw, []byte(old), []byte(other), 1) }}
}

// methodWith puts more behind the first letter of the method.
func methodWith(more string) ByteEdit {
	return ByteEdit{Description: "a method with " + more + " in it", Do: func(raw []byte) []byte {
		return append([]byte(string(raw[:1])+more), raw[1:]...)
	}}
}

// withHeader adds a header line as it is.
func withHeader(line string) ByteEdit {
	return ByteEdit{Description: "the header line " + short(line), Do: func(raw []byte) []byte {
		return bytes.Replace(raw, []byte("\r\n\r\n"), []byte("\r\n"+line+"\r\n\r\n"), 1)
	}}
}

// withoutHeader takes a header line out.
func withoutHeader(name string) ByteEdit {
	return ByteEdit{Description: "no " + name, Do: func(raw []byte) []byte {
		head, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		var kept [][]byte
		for _, line := range bytes.Split(head, []byte("\r\n")) {
			if !strings.HasPrefix(strings.ToLower(string(line)), strings.ToLower(name)+":") {
				kept = append(kept, line)
			}
		}
		return append(append(bytes.Join(kept, []byte("\r\n")), "\r\n\r\n"...), body...)
	}}
}

// chunked sends the body in one chunk; size, when not empty, stands where its length should.
func chunked(says, size string) ByteEdit {
	return ByteEdit{Description: says, Do: func(raw []byte) []byte {
		head, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		head = lengthLine.ReplaceAll(append(head, '\r'), []byte("Transfer-Encoding: chunked\r"))
		told := size
		if told == "" {
			told = fmt.Sprintf("%x", len(body))
		}
		return fmt.Appendf(nil, "%s\n\r\n%s\r\n%s\r\n0\r\n\r\n", head, told, body)
	}}
}

// trailer puts a field behind the last chunk.
func trailer(line string) ByteEdit {
	return ByteEdit{Description: "the trailer " + line, Do: func(raw []byte) []byte { return append(bytes.TrimSuffix(raw, []byte("\r\n")), line+"\r\n\r\n"...) }}
}

// upgrade offers HTTP/2 the way HTTP/1.1 clients do; a server may take no notice.
func upgrade() ByteEdit {
	return ByteEdit{Description: "an offer to go on in HTTP/2", Do: func(raw []byte) []byte {
		raw = bytes.Replace(raw, []byte("Connection: close\r\n"), []byte("Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"), 1)
		return raw
	}}
}

// brokenForm adds a parameter to a form that is not percent-encoded rightly.
func brokenForm() Change {
	return Change{"with a broken percent-encoding in the form", func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) { r.Body = append(r.Body, "&Acsconform=%zz%"...) })
	}}
}
