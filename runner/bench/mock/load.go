package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// load sends signed requests, and returns how long that took. Each has to be served.
func (p *process) load(call schemas.ProfileRequest) (time.Duration, error) {
	texts := make([][]byte, requests)
	for i := range texts {
		texts[i] = p.signed(call, i)
	}
	faults := make([]error, connections)
	var all sync.WaitGroup
	began := time.Now()
	for n := range connections {
		all.Go(func() { faults[n] = p.send(texts[n*requests/connections : (n+1)*requests/connections]) })
	}
	all.Wait()
	return time.Since(began), errors.Join(faults...)
}

// signed returns a request as it goes over the wire.
func (p *process) signed(call schemas.ProfileRequest, nonce int) []byte {
	values := url.Values{}
	for name, value := range call.Params {
		values.Set(name, value)
	}
	for name, value := range map[string]string{
		"Action": call.Action, "Version": call.Version, "Format": "JSON", "AccessKeyId": p.key, "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
		"SignatureNonce": "bench-" + strconv.Itoa(nonce), "Timestamp": time.Now().UTC().Format("2006-01-02T15:04:05Z"),
	} {
		values.Set(name, value)
	}
	var params []sign.Param
	for name := range values {
		params = append(params, sign.Param{Name: name, Value: values.Get(name)})
	}
	method := cmp.Or(call.Method, http.MethodGet)
	_, signature := sign.RPC(method, params, p.secret)
	values.Set("Signature", signature)
	return fmt.Appendf(nil, "%s /?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n", method, values.Encode(), p.address)
}

// send sends requests over one connection, each when the one before is answered.
func (p *process) send(texts [][]byte) error {
	c, err := net.Dial("tcp", p.address)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	in := bufio.NewReaderSize(c, 64<<10)
	for _, text := range texts {
		if _, err := c.Write(text); err != nil {
			return err
		}
		if err := served(in); err != nil {
			return err
		}
	}
	return nil
}

// served reads an answer, which has to be a success. It costs less than net/http would, and the client shares the processors.
func served(in *bufio.Reader) error {
	length, first := 0, true
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		const name = "Content-Length: "
		switch text := string(line); {
		case first && len(text) > 12 && text[9:12] != "200":
			return fmt.Errorf("is answered %q", text)
		case len(text) > len(name) && text[:len(name)] == name:
			if length, err = strconv.Atoi(text[len(name) : len(text)-2]); err != nil {
				return err
			}
		case text == "\r\n":
			_, err = in.Discard(length)
			return err
		}
		first = false
	}
}
