package main

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/signing"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/sign"
	"github.com/acsconform/acsconform/suites/wording"
)

// signCommand is conform sign.
type signCommand struct {
	Config  string   `placeholder:"F" required:"" help:"Target file, whose key signs."`
	Profile string   `placeholder:"P" sep:"none" help:"Profile whose request is signed: a name or the path of a YAML file; the target file's when there is none."`
	Style   string   `placeholder:"S" help:"Style of the signature: rpc, roa or acs3."`
	Method  string   `placeholder:"M" help:"Method of the request (GET)."`
	URL     string   `name:"url" placeholder:"URL" help:"The request that was signed, with its parameters; the sound request of the target file when there is none."`
	Header  []string `placeholder:"H" sep:"none" help:"Header field of the request of --url, like 'x-acs-date: …'. May be repeated."`
	Body    string   `placeholder:"F" help:"File with the body of the request of --url."`
	Compare string   `placeholder:"TEXT" help:"What the server says the string to sign is, an Authorization header or a signature: the first byte that differs is marked and the mistake named. - reads the body of an answer from standard input."`
	Key     string   `placeholder:"NAME" help:"Name of the key under credentials; that of request, else default."`
	CredentialsFlags
}

// Run prints the steps to the signature, and what another one differs in.
func (c *signCommand) Run(w *env) error {
	run := &runCommand{Config: []string{c.Config}, Style: c.Style, CredentialsFlags: c.CredentialsFlags}
	if err := run.check(); err != nil {
		return err
	}
	t, err := run.target(w, c.Config, "")
	if err != nil {
		return err
	}
	c.Key = cmp.Or(c.Key, t.Request.Credentials, schemas.DefaultKey)
	if _, ok := t.Credentials[c.Key]; !ok {
		return wrong("%s: there is no key to sign with; add credentials.%s: {access_key_id: …, access_key_secret: …}", c.Config, c.Key)
	}
	request, err := c.request(w, t)
	if err != nil {
		return err
	}
	t.Style = cmp.Or(t.Style, schemas.RPC)
	told, err := c.told(t.Style)
	if err != nil {
		return err
	}
	m := suites.MessageOf(t.Style, request)
	if c.URL == "" {
		m = signing.Adopt(t.Style, m, told)
	} else if told.Form == "" {
		told = signing.SentBy(t.Style, m)
	}
	return c.show(w, t, m, told)
}

// show prints the steps of signing, and the comparison where a text was compared.
func (c *signCommand) show(w *env, t *schemas.Target, m sign.Message, told signing.Told) error {
	key := t.Credentials[c.Key]
	clean := signing.Cleaner(t, m, told)
	steps := signing.Explain(t.Style, m, key.AccessKeySecret)
	w.printf("style %s, %s, key %s (credentials.%s; the secret is not shown)\n", t.Style, wording.Plain(m.Method), wording.Plain(clean(key.AccessKeyID)), wording.Plain(c.Key))
	w.lines(steps.Lines(clean, w.lang))
	if told.Form == "" {
		return nil
	}
	result := signing.Compare(steps, told, key.AccessKeySecret)
	w.lines(result.Lines(clean, w.lang))
	if !result.Same {
		return &exit{code: exitBroken}
	}
	return nil
}

// lines prints lines that are fit to be shown, in the language already.
func (w *env) lines(list []string) {
	for _, line := range list {
		_, _ = fmt.Fprintln(w.out, line)
	}
}

// told reads what --compare names: the text that the server states.
func (c *signCommand) told(style schemas.Style) (signing.Told, error) {
	text := c.Compare
	if text == "-" {
		read, err := io.ReadAll(io.LimitReader(os.Stdin, signing.MaxTold+1))
		if err != nil {
			return signing.Told{}, wrong("standard input: %s", err)
		}
		text = string(read)
	}
	switch {
	case len(text) > signing.MaxTold:
		return signing.Told{}, wrong("--compare: the text is longer than 1 MiB; hand in the body of one answer")
	case c.Compare == "":
		return signing.Told{}, nil
	case strings.TrimSpace(text) == "":
		return signing.Told{}, wrong("--compare: the text is empty; hand in what the server says the string to sign is")
	}
	return signing.ReadTold(style, text), nil
}

// request is that of the flags, else the sound request of the target file.
func (c *signCommand) request(w *env, t *schemas.Target) (schemas.Request, error) {
	if c.URL != "" {
		return c.given(t)
	}
	if len(c.Header) > 0 || c.Body != "" {
		return schemas.Request{}, wrong("--header and --body describe a request of yours; name it with --url")
	}
	if c.Profile == "" && t.Profile == "" {
		return schemas.Request{}, wrong("%s names no profile; add profile: to it, or say --profile: %s", c.Config, strings.Join(fixtures.Names(), ", "))
	}
	p, err := c.profile(t)
	if err != nil {
		return schemas.Request{}, err
	}
	t.Style = cmp.Or(t.Style, p.Styles[0])
	if err := takes(p, t.Style); err != nil {
		return schemas.Request{}, err
	}
	brief := newJob(p, t).brief
	brief.Target.Request.Credentials = c.Key
	var seed [16]byte
	_, _ = rand.Read(seed[:])
	for _, probe := range suites.Probes(brief) {
		if c.Method == "" || probe.Method == strings.ToUpper(c.Method) {
			return probe.Craft(0, 0, suites.Moment{Now: w.now(), Seed: hex.EncodeToString(seed[:])}).Request, nil
		}
	}
	if c.Method != "" {
		return schemas.Request{}, wrong("--method %s: the sound request is not sent by it; leave it out, or name the request with --url", c.Method)
	}
	return schemas.Request{}, wrong("%s: there is no request to sign; add request: {action: …, version: …}, or name one with --url", c.Config)
}

// profile is that of the flag, else that of the target file.
func (c *signCommand) profile(t *schemas.Target) (*schemas.Profile, error) {
	if c.Profile != "" {
		return profile(c.Profile)
	}
	return profileOf(c.Config, t)
}

// given is the request of the flags.
func (c *signCommand) given(t *schemas.Target) (r schemas.Request, err error) {
	t.Style = cmp.Or(t.Style, schemas.RPC)
	at, _, _ := strings.Cut(c.URL, "?")
	if err := targetfile.CheckURL(at); err != nil {
		return schemas.Request{}, wrong("--url: %s", err)
	}
	r = schemas.Request{Method: strings.ToUpper(cmp.Or(c.Method, "GET")), URL: c.URL}
	for _, text := range c.Header {
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return r, wrong("--header: a text of %d characters has no colon; want a name, a colon and a value, like 'x-acs-date: 2026-11-27T09:30:00Z'", len(text))
		}
		r.Header = append(r.Header, schemas.Field{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	if _, ok := r.Header.Lookup("host"); !ok && t.Style == schemas.ACS3 {
		_, host, _ := strings.Cut(at, "://")
		host, _, _ = strings.Cut(host, "/")
		r.Header.Set("host", host)
	}
	if c.Body != "" {
		body, err := file.Read(c.Body, signing.MaxTold)
		if err != nil {
			return r, wrong("--body %s: %s", c.Body, err)
		}
		r.Body = body
		if _, ok := r.Header.Lookup("Content-Type"); !ok && t.Style == schemas.RPC {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
	}
	return r, nil
}
