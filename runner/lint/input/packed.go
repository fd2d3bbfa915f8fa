package input

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// What is unpacked of one body, and how often one may be packed.
const (
	maxUnpacked = 8 << 20
	maxPackings = 3
)

var errTooLarge = errors.New("too large")

// unpackBody unpacks the body of an answer where its beginning or Content-Encoding says that it is packed, and else
// leaves it as it is: many who capture traffic write what they have unpacked beside the header of what came. It returns
// what the body is packed in where it cannot be unpacked, and what else it is where that is no text.
func unpackBody(r *schemas.Response) (packing string) {
	text := unmangled(r.Body)
	if replaced := body.Replaced(text); replaced != "" {
		return replaced + ", of which the log replaced bytes"
	}
	codings := strings.FieldsFunc(strings.ToLower(r.Header.Get("Content-Encoding")), func(c rune) bool { return c == ',' || c == ' ' })
	for range maxPackings {
		if body.Sniff(text) != body.NatureText && looksPlain(text) {
			break
		}
		coding, sure := codingOf(text, &codings)
		if coding == "" {
			break
		}
		plain, err := unpack(text, coding)
		switch {
		case err == nil:
			text = plain
		case errors.Is(err, errTooLarge):
			return coding + ", larger than 8 MiB"
		case sure, !looksPlain(text):
			return coding + ", cut or damaged"
		}
	}
	if packing = body.Packing(text); packing == "" {
		packing = otherBinary(text, mediaType(r))
	}
	if packing == "" {
		r.Body = text
	}
	return packing
}

// codingOf returns the coding that a body begins as, or else the last that the header names, which is taken off it;
// sure reports that the body itself shows it.
func codingOf(text []byte, header *[]string) (coding string, sure bool) {
	last := ""
	if n := len(*header); n > 0 {
		last = strings.TrimPrefix((*header)[n-1], "x-")
	}
	switch coding = body.Packing(text); {
	case coding == "gzip", coding == "zstd":
		sure = true
	case last != "":
		coding = last
	case isZlib(text):
		coding = "deflate"
	default:
		return "", false
	}
	if coding == last {
		*header = (*header)[:len(*header)-1]
	}
	return coding, sure
}

// isZlib reports the two bytes that deflate with the header of zlib begins with, before what is no text.
func isZlib(text []byte) bool {
	return len(text) > 2 && text[0] == 0x78 && (int(text[0])<<8|int(text[1]))%31 == 0 && !looksPlain(text)
}

// looksPlain reports text that no packing would look like.
func looksPlain(text []byte) bool {
	return !bytes.ContainsFunc(text[:min(len(text), 512)], func(r rune) bool { return r == '\uFFFD' || r < ' ' && !strings.ContainsRune("\t\r\n", r) })
}

// unpack unpacks a body by the name of its coding.
func unpack(packed []byte, coding string) ([]byte, error) {
	var in io.Reader
	var err error
	switch coding {
	case "gzip":
		in, err = newGzipReader(bufio.NewReader(bytes.NewReader(packed)))
	case "deflate":
		if in, err = zlib.NewReader(bytes.NewReader(packed)); err != nil { // many send it without the header of zlib
			in, err = flate.NewReader(bytes.NewReader(packed)), nil
		}
	case "br":
		in = brotli.NewReader(bytes.NewReader(packed))
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderLowmem(true)); err == nil {
			defer z.Close()
			in = z
		}
	default:
		err = errors.ErrUnsupported
	}
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(in, maxUnpacked+1))
	if errors.Is(err, errBehind) {
		err = nil
	}
	if errors.Is(err, zstd.ErrDecoderSizeExceeded) || errors.Is(err, zstd.ErrWindowSizeExceeded) || len(text) > maxUnpacked {
		return nil, errTooLarge
	}
	return text, err
}

// Signs of gzip and zstd in a log that took bytes for text, so that each became a character. That can be undone; where what is
// no UTF-8 was replaced, it cannot.
const gzipAsLatin, zstdAsLatin = "\x1f\u008b\b", "(\u00b5/\u00fd"

// unmangled undoes what a log did that wrote each byte as a character.
func unmangled(text []byte) []byte {
	if !bytes.HasPrefix(text, []byte(gzipAsLatin)) && !bytes.HasPrefix(text, []byte(zstdAsLatin)) {
		return text
	}
	narrow := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r > 0xff {
			return text
		}
		narrow = append(narrow, byte(r))
	}
	return narrow
}
