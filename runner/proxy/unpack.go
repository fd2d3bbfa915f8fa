package proxy

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/schemas"
)

// unpack opens a packed body where the client said that it can, and cuts one that goes on past what is read. The header
// stays as it came.
func (s *pair) unpack(x *schemas.Exchange) Reason {
	r := x.Response
	coding := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding")))
	whole := r.Length == int64(len(r.Body))
	if coding != "" && coding != "identity" && x.Request.Header.Get("Accept-Encoding") != "" && len(r.Body) > 0 {
		text, err := unpacked(r.Body, coding)
		if err != nil && (whole || !errors.Is(err, io.ErrUnexpectedEOF)) {
			return Packed
		}
		r.Body, whole = text, whole && len(text) <= maxBody
		if whole {
			r.Length = int64(len(text))
		}
	}
	if !whole {
		r.Body, r.Cut = r.Body[:min(len(r.Body), cutBody)], true
	}
	return ""
}

var errUnknownCoding = errors.New("unknown coding")

// unpacked returns at most one byte more than is read of a body.
func unpacked(body []byte, coding string) ([]byte, error) {
	var in io.Reader
	var err error
	switch coding {
	case "gzip", "x-gzip":
		in, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		in, err = zlib.NewReader(bytes.NewReader(body))
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(8<<20)); err == nil {
			defer z.Close()
			in = z
		}
	default:
		err = errUnknownCoding
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(in, maxBody+1))
}
