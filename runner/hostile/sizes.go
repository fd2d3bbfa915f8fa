package hostile

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// sizes lists the targets that are past some bound: of a number, of a length, of a time.
func sizes() []Target {
	return []Target{
		{Name: "12000-headers", Says: "answers with twelve thousand header fields", act: manyHeaders},
		{Name: "large-header-value", Says: "answers with a header value of one megabyte", act: largeHeader("X-Large: ", "v")},
		{Name: "large-header-name", Says: "answers with a header name of one megabyte", act: largeHeader("X-", "n")},
		{Name: "large-reason", Says: "answers with a reason phrase of one megabyte", act: largeReason},
		{Name: "interim-with-headers", Says: "answers 103 Early Hints with a header for ever", act: interimWithHeaders},
		{Name: "a-byte-of-body-a-second", Says: "sends its header at once and its body at a byte a second", act: slowBody},
		{Name: "large-chunk-extensions", Says: "puts a megabyte of extensions behind the size of a chunk", act: chunkExtensions},
		{Name: "tiny-chunks", Says: "sends a body of two million chunks of one byte", act: tinyChunks},
		{Name: "huge-chunk", Says: "announces a chunk of more bytes than a number holds", act: hugeChunk},
		{Name: "huge-length", Says: "announces a body of nine exabytes and sends a few bytes", act: hugeLength},
		{Name: "endless-trailers", Says: "never ends the trailer of a chunked body", act: endlessTrailers},
		{Name: "zstd-bomb", Says: "answers with 64 megabytes of zeros, packed by zstd", act: packedBomb("zstd", packZstd)},
		{Name: "brotli-bomb", Says: "answers with 64 megabytes of zeros, packed by brotli", act: packedBomb("br", packBrotli)},
		{Name: "large-member-name", Says: "answers with an error that has a member name of a megabyte", act: answers(asJSON, largeMember)},
		{Name: "one-name-often", Says: "answers with an error that has one member sixty thousand times", act: answers(asJSON, oneNameOften)},
		{Name: "one-element-often", Says: "answers with an error that has one element fifty thousand times", act: answers(asXML, oneElementOften)},
		{Name: "many-attributes", Says: "answers with an element of fifty thousand attributes", act: answers(asXML, manyAttributes)},
		{Name: "huge-numbers", Says: "answers with numbers of a hundred thousand digits and exponents", act: answers(asJSON, hugeNumbers)},
	}
}

func manyHeaders(c net.Conn) {
	body := `{"RequestId":"` + uuid() + `","Code":"TooMuch","Message":"There is more."}`
	_, _ = io.WriteString(c, head("400 Bad Request", asJSON+strings.Repeat("a:b\r\n", 12_000), len(body))+body)
}

func largeHeader(name, more string) func(net.Conn) {
	return func(c net.Conn) {
		field := name + strings.Repeat(more, 1<<20)
		if !strings.Contains(name, ":") {
			field += ": v"
		}
		_, _ = io.WriteString(c, head("400 Bad Request", asJSON+field+"\r\n", 2)+"{}")
	}
}

func largeReason(c net.Conn) {
	_, _ = io.WriteString(c, head("400 "+strings.Repeat("bad ", 256<<10), asJSON, 2)+"{}")
}

func interimWithHeaders(c net.Conn) {
	flood(c, "", []byte("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"))
}

// slowBody sends the body alone at a byte a second.
func slowBody(c net.Conn) {
	if _, err := io.WriteString(c, head("400 Bad Request", asJSON, 1000)); err == nil {
		slowly(c, []byte(`{"RequestId":"`+uuid()+`","Message":"`+strings.Repeat("and more ", 100)))
	}
}

const asChunks = "HTTP/1.1 400 Bad Request\r\n" + asJSON + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"

func chunkExtensions(c net.Conn) {
	_, _ = io.WriteString(c, asChunks+"2;"+strings.Repeat("e", 1<<20)+"\r\n{}\r\n0\r\n\r\n")
}

func tinyChunks(c net.Conn) {
	if _, err := io.WriteString(c, asChunks); err != nil {
		return
	}
	many := bytes.Repeat([]byte("1\r\n \r\n"), 2000)
	for range 1000 {
		if _, err := c.Write(many); err != nil {
			return
		}
	}
	_, _ = io.WriteString(c, "2\r\n{}\r\n0\r\n\r\n")
}

func hugeChunk(c net.Conn) {
	_, _ = io.WriteString(c, asChunks+"ffffffffffffffffffff\r\n{}\r\n0\r\n\r\n")
}

func hugeLength(c net.Conn) {
	_, _ = io.WriteString(c, fmt.Sprintf("HTTP/1.1 400 Bad Request\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n{}", asJSON, int64(1<<63-1)))
}

func endlessTrailers(c net.Conn) {
	flood(c, asChunks+"2\r\n{}\r\n0\r\n", []byte("X-More: and more and more and more\r\n"))
}

// packedBomb sends 64 MiB of zeros, packed, that the client did or did not ask for.
func packedBomb(encoding string, pack func([]byte) []byte) func(net.Conn) {
	packed := sync.OnceValue(func() []byte { return pack(make([]byte, 64<<20)) })
	return func(c net.Conn) {
		if _, err := io.WriteString(c, head("400 Bad Request", asJSON+"Content-Encoding: "+encoding+"\r\n", len(packed()))); err == nil {
			_, _ = c.Write(packed())
		}
	}
}

func packZstd(text []byte) []byte {
	packer, err := zstd.NewWriter(nil)
	if err != nil { // of options, of which there are none
		panic(err)
	}
	return packer.EncodeAll(text, nil)
}

func packBrotli(text []byte) []byte {
	var packed bytes.Buffer
	packer := brotli.NewWriterLevel(&packed, brotli.BestSpeed)
	_, _ = packer.Write(text)
	_ = packer.Close()
	return packed.Bytes()
}

func largeMember(id string) string {
	return `{"RequestId":"` + id + `","Code":"TooMuch","Message":"There is more.","` + strings.Repeat("m", 1000<<10) + `":"v"}`
}

func oneNameOften(id string) string {
	return `{"RequestId":"` + id + `","Code":"TooMuch"` + strings.Repeat(`,"Message":"m"`, 60_000) + `}`
}

func oneElementOften(id string) string {
	return xmlDeclaration + `<Error><RequestId>` + id + `</RequestId><Code>TooMuch</Code>` + strings.Repeat(`<Message>m</Message>`, 50_000) + `</Error>`
}

func manyAttributes(id string) string {
	var b strings.Builder
	b.WriteString(xmlDeclaration + `<Error`)
	for n := range 50_000 {
		fmt.Fprintf(&b, ` a%d="v"`, n)
	}
	b.WriteString(`><RequestId>` + id + `</RequestId><Code>TooMuch</Code><Message>There is more.</Message></Error>`)
	return b.String()
}

func hugeNumbers(id string) string {
	digits := strings.Repeat("9", 100_000)
	return `{"RequestId":"` + id + `","Code":"TooMuch","Message":"There is more.","A":` + digits + `,"B":1e` + digits + `,"C":-0.` + digits + `}`
}

// slowly writes a byte a second until the client has gone.
func slowly(c net.Conn, text []byte) {
	left := make(chan struct{})
	go func() { gone(c); close(left) }()
	next := time.NewTicker(dripPause)
	defer next.Stop()
	for _, b := range text {
		if _, err := c.Write([]byte{b}); err != nil {
			return
		}
		select {
		case <-left:
			return
		case <-next.C:
		}
	}
}
