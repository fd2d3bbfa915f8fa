package hostile

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
)

// The header of an answer in each format, one that a browser would act on, and one that a terminal would.
const (
	asJSON       = "Content-Type: application/json;charset=utf-8\r\n"
	asXML        = "Content-Type: text/xml;charset=utf-8\r\n"
	scriptHeader = "Server: <script>alert(1)</script>\r\n"
	evilHeader   = "Server: \x1b[2J\x1b]0;owned\x07\r\n"
)

const xmlDeclaration = `<?xml version="1.0" encoding="UTF-8"?>`

// head returns status line and header of an answer with a body of that length.
func head(status, fields string, length int) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n", status, fields, length)
}

// answers sends a body that is made for every answer anew, with a request id of its own.
func answers(fields string, body func(id string) string) func(net.Conn) {
	return func(c net.Conn) {
		text := body(uuid())
		if _, err := io.WriteString(c, head("400 Bad Request", fields, len(text))); err == nil {
			_, _ = io.WriteString(c, text)
		}
	}
}

func uuid() string {
	return fmt.Sprintf("%08X-%04X-4%03X-A%03X-%012X", rand.Uint32(), rand.N(1<<16), rand.N(1<<12), rand.N(1<<12), rand.N(uint64(1<<48)))
}

func deepJSON(id string) string {
	const deep = 500_000
	return `{"RequestId":"` + id + `","Code":"Deep","Message":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}`
}

func deepXML(id string) string {
	const deep = 100_000
	return xmlDeclaration + `<Error><RequestId>` + id + `</RequestId><Code>Deep</Code><Message>` +
		strings.Repeat("<a>", deep) + strings.Repeat("</a>", deep) + `</Message></Error>`
}

// entityBomb is the billion laughs: nine entities, each ten times the one before.
func entityBomb(id string) string {
	var b strings.Builder
	b.WriteString(xmlDeclaration + `<!DOCTYPE Error [<!ENTITY e0 "laugh">`)
	for n := 1; n <= 9; n++ {
		fmt.Fprintf(&b, `<!ENTITY e%d "%s">`, n, strings.Repeat(fmt.Sprintf("&e%d;", n-1), 10))
	}
	b.WriteString(`]><Error><RequestId>` + id + `</RequestId><Code>MissingParameter</Code><Message>&e9;</Message></Error>`)
	return b.String()
}

func manyMembers(id string) string {
	var b strings.Builder
	b.WriteString(`{"RequestId":"` + id + `","Code":"TooMuch","Message":"There is more."`)
	for n := range 10_000 {
		fmt.Fprintf(&b, `,"Member%d":"%d"`, n, n)
	}
	b.WriteString("}")
	return b.String()
}

// evilWords holds escape sequences both as JSON spells them and as they are, and a mark that turns the direction of
// writing.
func evilWords(id string) string {
	return `{"RequestId":"` + id + `","HostId":"\u001b[31m","Code":"<script>alert(1)</script>\u001b[2J",` +
		`"Message":"\u001b]0;owned\u0007 \u202egnp.exe </script><img src=x onerror=alert(1)> ` + "\x1b[31m\x9b2J" + `"}`
}
