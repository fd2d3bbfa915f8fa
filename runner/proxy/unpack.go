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
		text, behind, err := unpacked(r.Body, coding)
		if err != nil && (whole || !errors.Is(err, io.ErrUnexpectedEOF)) {
			return Packed
		}
		if whole {
			r.Behind += behind
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

// unpacked returns at most one byte more than is read of a body, and how many bytes are behind what is packed.
func unpacked(body []byte, coding string) (text []byte, behind int, err error) {
	packed := bytes.NewReader(body)
	var in io.Reader
	switch coding {
	case "gzip", "x-gzip":
		return unzipped(packed)
	case "deflate":
		in, err = zlib.NewReader(packed)
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(8<<20)); err == nil {
			defer z.Close()
			in = z
		}
	default:
		err = errUnknownCoding
	}
	if err != nil {
		return nil, 0, err
	}
	text, err = io.ReadAll(io.LimitReader(in, maxBody+1))
	if coding == "deflate" && err == nil && len(text) <= maxBody {
		behind = packed.Len()
	}
	return text, behind, err
}

// unzipped unpacks gzip, in as many members as there are. What follows them and begins no other is behind them.
func unzipped(packed *bytes.Reader) (text []byte, behind int, err error) {
	in, err := gzip.NewReader(packed)
	if err != nil {
		return nil, 0, err
	}
	for {
		in.Multistream(false)
		member, err := io.ReadAll(io.LimitReader(in, int64(maxBody+1-len(text))))
		if text = append(text, member...); err != nil || len(text) > maxBody {
			return text, 0, err
		}
		behind := packed.Len()
		switch err := in.Reset(packed); {
		case errors.Is(err, io.EOF):
			return text, 0, nil
		case err != nil:
			return text, behind, nil
		}
	}
}
