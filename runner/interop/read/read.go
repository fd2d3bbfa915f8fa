// Package read hands the answers of any server to the official Go SDKs' own parsers, and tells what their callers get to
// see of them.
package read

import (
	"bytes"
	"io"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/acsconform/acsconform/runner/interop/clients"
	"github.com/acsconform/acsconform/runner/sdks"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// mostText is how much of a text is shown, in bytes.
const mostText = 3 << 10

// reader is an SDK that reads answers in one style, or in any.
type reader struct {
	client clients.Client
	style  schemas.Style
	module string
}

var readers = func() []reader {
	const v1, v2 = "github.com/aliyun/alibaba-cloud-sdk-go", "github.com/alibabacloud-go/darabonba-openapi/v2"
	styles := map[string]schemas.Style{clients.V2 + " DoRPCRequest": schemas.RPC, clients.V2 + " DoROARequest": schemas.ROA}
	var list []reader
	for _, c := range clients.Core() {
		switch {
		case c.Name == clients.V1:
			list = append(list, reader{c, "", v1})
		case strings.HasPrefix(c.Name, clients.V2):
			list = append(list, reader{c, styles[c.Name], v2})
		}
	}
	return list
}()

// Known names the SDKs, with their versions.
func Known() []schemas.SDK {
	versions := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			versions[module.Path] = module.Version
		}
	}
	var list []schemas.SDK
	for _, r := range readers {
		list = append(list, schemas.SDK{Name: r.client.Name, Version: versions[r.module]})
	}
	return list
}

// Read returns an answer to every SDK that suits the style it was called in. An SDK that can read XML is told that it
// asked for it where the caller did not ask for JSON.
func Read(q sdks.Question) []schemas.Reading {
	call := clients.Call{
		Host: "server.invalid", Action: "Any", Version: "2014-05-26", Key: schemas.Credential{AccessKeyID: "id", AccessKeySecret: "none"},
		XML:       q.Format != schemas.JSON && body.Sniff(q.Response.Body) == body.NatureXML,
		Transport: canned{&q.Response},
	}
	readings := []schemas.Reading{}
	for _, r := range readers {
		if r.style != "" && r.style != q.Style {
			continue
		}
		if call.Path = ""; r.style == schemas.ROA {
			call.Path = "/"
		}
		reading := r.client.Do(call)
		for _, text := range reading.Texts() {
			*text = strings.ToValidUTF8((*text)[:min(len(*text), mostText)], "\uFFFD")
		}
		readings = append(readings, reading)
	}
	return readings
}

// canned answers every request with the same answer. It was unpacked when it was captured.
type canned struct{ answer *schemas.Response }

// RoundTrip is called by the SDK's HTTP client.
func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	header := http.Header{}
	for _, f := range c.answer.Header {
		if !strings.EqualFold(f.Name, "Content-Encoding") {
			header.Add(f.Name, f.Value)
		}
	}
	return &http.Response{
		Status: http.StatusText(c.answer.Status), StatusCode: c.answer.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(c.answer.Body)), ContentLength: int64(len(c.answer.Body)), Request: r,
	}, nil
}
