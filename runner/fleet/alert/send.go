package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// receiver is one who is told, with its address and key from the environment.
type receiver struct {
	schemas.FleetAlert
	url      *url.URL
	secret   []byte
	language lang.Language // of messages for people
}

// A Sender sends alerts to the receivers of a fleet.
type Sender struct {
	store     store.Store
	version   string
	receivers map[string]receiver
	client    *http.Client
}

const (
	answerWithin = 10 * time.Second
	maxAnswer    = 64 << 10
)

// NewSender takes addresses and keys from the environment.
func NewSender(s store.Store, f *plan.Fleet, version string, language lang.Language, getenv func(string) string) (*Sender, error) {
	out := &Sender{store: s, version: version, receivers: map[string]receiver{}, client: &http.Client{
		Timeout: answerWithin, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, MaxResponseHeaderBytes: maxAnswer, TLSHandshakeTimeout: answerWithin, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true},
	}}
	for _, a := range f.Alerts {
		address, err := fromEnvironment(a.URL, getenv)
		if err != nil {
			return nil, fmt.Errorf("alerts, %s: %w", a.Name, err)
		}
		secret, err := fromEnvironment(a.Secret, getenv)
		if err != nil {
			return nil, fmt.Errorf("alerts, %s: %w", a.Name, err)
		}
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("alerts, %s: url is no address (want https://host/path)", a.Name)
		}
		out.receivers[a.Name] = receiver{a, u, []byte(secret), language}
	}
	return out, nil
}

func fromEnvironment(word string, getenv func(string) string) (string, error) {
	name, ok := strings.CutPrefix(word, "${")
	if !ok {
		return word, nil
	}
	name = strings.TrimSuffix(name, "}")
	value := getenv(name)
	if value == "" {
		return "", fmt.Errorf("the environment lacks %s (set it where conform fleet up runs)", name)
	}
	return value, nil
}

// Send sends one alert. What it returns holds no address, since that may be a secret.
func (s *Sender) Send(ctx context.Context, to store.Sending) error {
	r, ok := s.receivers[to.To]
	if !ok {
		return nil // it was taken out of the fleet file
	}
	var body []byte
	found, err := store.One(ctx, s.store, "SELECT body FROM fleet_alert WHERE id = $1", []any{to.Alert}, &body)
	if err != nil || !found {
		return err
	}
	var m Message
	if err := json.Unmarshal(body, &m); err != nil {
		return err
	}
	request, err := r.request(ctx, &m, body, time.Now())
	if err != nil {
		return errors.New("the alert cannot be written for " + to.To)
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "acsconform/"+s.version+" (fleet "+m.Fleet+")")
	answer, err := s.client.Do(request)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return fmt.Errorf("%s does not answer: %w", to.To, err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, _ := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s answers %d", to.To, answer.StatusCode)
	}
	return r.accepted(text)
}

// request is the message in the form that the receiver reads, signed.
func (r *receiver) request(ctx context.Context, m *Message, body []byte, now time.Time) (*http.Request, error) {
	to := *r.url
	switch r.Format {
	case plan.FormatDingTalk:
		body = dingTalk(m, r.language)
		if len(r.secret) > 0 {
			to.RawQuery = dingTalkSigned(to.Query(), r.secret, now).Encode()
		}
	case plan.FormatSlack:
		body = slack(m, r.language)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil || len(r.secret) == 0 || r.Format == plan.FormatDingTalk {
		return request, err
	}
	hook, err := standardwebhooks.NewWebhookRaw(r.secret)
	if err != nil {
		return nil, err
	}
	signature, err := hook.Sign(m.ID, now, body)
	request.Header.Set(standardwebhooks.HeaderWebhookID, m.ID)
	request.Header.Set(standardwebhooks.HeaderWebhookTimestamp, fmt.Sprint(now.Unix()))
	request.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	return request, err
}
