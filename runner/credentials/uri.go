package credentials

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
)

const (
	uriPatience     = 15 * time.Second
	programPatience = time.Minute
	maxAnswer       = 64 << 10 // of who is asked for a key
)

// askURI asks a credentials URI for a key. The library reads an answer to its end, however long it is.
func askURI(uri string) (*providers.Credentials, error) {
	client := &http.Client{Timeout: uriPatience}
	answer, err := client.Get(uri)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK || len(text) > maxAnswer {
		return nil, errors.New("no key: " + string(text))
	}
	var key struct {
		AccessKeyID                                string `json:"AccessKeyId"`
		AccessKeySecret, SecurityToken, Expiration string
	}
	err = json.Unmarshal(text, &key)
	if err != nil || key.AccessKeyID == "" || key.AccessKeySecret == "" || key.SecurityToken == "" || key.Expiration == "" {
		return nil, errors.New("no key: " + string(text))
	}
	return &providers.Credentials{AccessKeyId: key.AccessKeyID, AccessKeySecret: key.AccessKeySecret, SecurityToken: key.SecurityToken}, nil
}

// within returns what ask returns, or an error after d. The call itself is not ended; its result is then dropped.
func within(d time.Duration, ask func() (*providers.Credentials, error)) (*providers.Credentials, error) {
	type result struct {
		key *providers.Credentials
		err error
	}
	done := make(chan result, 1)
	go func() {
		key, err := ask()
		done <- result{key, err}
	}()
	select {
	case r := <-done:
		return r.key, r.err
	case <-time.After(d):
		return nil, errPatience
	}
}

var errPatience = errors.New("no answer in time")
