package proxy

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

var errLongHeader = errors.New("the header goes on past 64 KiB")

// readHead reads the lines of a header up to the empty one, and says how many bytes they were. Empty lines before the
// first are passed over.
func readHead(in *bufio.Reader) (lines []string, size int, err error) {
	for {
		line, err := readLine(in, maxHeader-size)
		size += len(line)
		if text := strings.TrimRight(line, "\r\n"); text != "" {
			lines = append(lines, text)
		} else if len(lines) > 0 && err == nil {
			return lines, size, nil
		}
		if err != nil {
			return lines, size, err
		}
	}
}

// readTrailer reads the lines behind a chunked body up to the empty one.
func readTrailer(in *bufio.Reader) (lines []string, size int, err error) {
	for {
		line, err := readLine(in, maxHeader-size)
		if size += len(line); err != nil || strings.TrimRight(line, "\r\n") == "" {
			return lines, size, err
		}
		lines = append(lines, line)
	}
}

// readLine reads one line with its end, at most so many bytes.
func readLine(in *bufio.Reader, most int) (string, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > most:
			return "", errLongHeader
		case !errors.Is(err, bufio.ErrBufferFull):
			return string(line), err
		}
	}
}

// requestLine takes a request line apart. Targets with blanks in them are none of HTTP, but are sent.
func requestLine(line string) (method, target, proto string, ok bool) {
	first, last := strings.IndexByte(line, ' '), strings.LastIndexByte(line, ' ')
	if first < 0 || last <= first {
		return "", "", "", false
	}
	method, target, proto = line[:first], line[first+1:last], line[last+1:]
	return method, target, proto, isToken(method) && strings.HasPrefix(proto, "HTTP/")
}

// isToken reports a word as methods and names of fields are.
func isToken(word string) bool {
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0:
		default:
			return false
		}
	}
	return word != ""
}

// headed caps what is read of a header; left below zero lifts the cap.
type headed struct {
	in   io.Reader
	left int
}

func (h *headed) Read(p []byte) (int, error) {
	switch {
	case h.left < 0:
		return h.in.Read(p)
	case h.left == 0:
		return 0, errLongHeader
	}
	n, err := h.in.Read(p[:min(len(p), h.left)])
	h.left -= n
	return n, err
}
