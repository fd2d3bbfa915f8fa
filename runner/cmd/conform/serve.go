package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
	"go.yaml.in/yaml/v3"
)

// serveCommand is conform serve.
type serveCommand struct {
	Profile       []string `placeholder:"P" sep:"none" help:"Profile to answer by: a name or the path of a YAML file. May be repeated: the products share the port, and a request goes to the one whose version and action or path it names."`
	FromMetadata  []string `placeholder:"FILE" sep:"none" help:"Answer for the product of this published API metadata: a file, JSON or gzip, or - for standard input. Its operations answer their published samples. May be repeated, also beside --profile."`
	Listen        string   `placeholder:"ADDR" default:"127.0.0.1:8080" help:"Address to listen on (${default})."`
	Mutant        string   `placeholder:"NAME" xor:"variant" help:"With this one thing wrong (conform list mutants)."`
	Oddity        string   `placeholder:"NAME" xor:"variant" help:"With this one legal peculiarity (conform list oddities)."`
	Answers       string   `placeholder:"F" xor:"answers" help:"Answer some calls as this YAML file says (conform schema answers): a body, an error by its code, a sequence, latency, a broken connection. It is read again when it changes."`
	AnswersFrom   string   `placeholder:"F" xor:"answers" help:"Answer by this file that --record wrote, and by nothing else. A call that was not recorded is refused, with the nearest one that was."`
	Record        string   `placeholder:"F" help:"Write what is answered as a file of answers, secrets left out, for --answers-from. It is written at the end."`
	RecordLatency bool     `help:"Keep in the recording how long answers took: they take as long when it is served again."`
	AnyKey        bool     `help:"Take any AccessKey and any signature, for those who only want answers."`
	Strict        bool     `help:"At its end, exit 1 where an entry of --answers has answered no call, or a call named no operation that is served."`
	tlsFlags      `embed:""`
	TargetOut     string        `placeholder:"F" help:"Write the target file that tests this server."`
	Delay         time.Duration `placeholder:"D" help:"Answer that much later."`
}

// Run serves until it is interrupted.
func (c *serveCommand) Run(w *env) error {
	profiles, opened, err := c.profiles()
	if err != nil {
		return err
	}
	if c.Delay < 0 {
		return wrong("--delay %s: want a time above 0", c.Delay)
	}
	if len(profiles) > 1 && c.Mutant+c.Oddity != "" {
		return wrong("a mutant or an oddity is that of one profile, and %d are named; leave one", len(profiles))
	}
	variant, name, err := c.variant(profiles[0])
	if err != nil {
		return err
	}
	secure, err := c.secure()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	options := []reference.Option{reference.Delay(c.Delay)} // a variant may be slower still
	if c.AnyKey {
		options = append(options, mock.AnyKey())
	}
	options = append(options, variant...)
	recorder, err := recorderFor(c.Record, c.RecordLatency)
	if err != nil {
		return err
	}
	if recorder != nil {
		options = append(options, recorder.Of())
	}
	m := mock.New(profiles, w.logging(), options...).In(w.lang)
	for _, product := range opened {
		m.Opened(product)
	}
	scripted, err := c.follow(m)
	if err != nil {
		return err
	}
	l, err := m.Start(c.Listen, secure)
	if err != nil {
		return wrong("--listen: %s", err)
	}
	defer func() { _ = l.Close() }()
	target := m.Target(l.URL())
	test, err := c.howToTest(l.URL(), profiles[0], target)
	if err != nil {
		return err
	}
	if len(profiles) > 1 {
		name = "mock of " + together(profiles)
	}
	w.printf("%s on %s%s\n", name, l.URL(), test)
	w.greet(m, l.URL(), scripted, c.AuthorityOut, target.Credentials[schemas.DefaultKey])
	<-ctx.Done()
	if err := w.record(recorder, c.Record); err != nil {
		return err
	}
	return c.strictly(m)
}

// howToTest writes the target file where one is asked for, and returns the command that tests the server. There is none for
// several products, or for one that has no profile file.
func (c *serveCommand) howToTest(url string, p *schemas.Profile, target *schemas.Target) (string, error) {
	if len(c.Profile) != 1 || len(c.FromMetadata) > 0 {
		if c.TargetOut != "" {
			return "", wrong("--target-out: a target is tested by the file of one profile; serve one by --profile alone (conform new-profile --from-metadata writes such a file)")
		}
		return "", nil
	}
	test := fmt.Sprintf("--target %s --profile %s", url, c.Profile[0])
	if c.TargetOut != "" {
		target.Profile = namedIn(c.TargetOut, c.Profile[0], p)
		if err := writeTarget(c.TargetOut, target); err != nil {
			return "", wrong("--target-out: %s", err)
		}
		test = "--config " + c.TargetOut
	}
	return "  ·  test it: conform run " + test, nil
}

// variant finds the mutant or oddity asked for, and says what is served.
func (c *serveCommand) variant(p *schemas.Profile) ([]reference.Option, string, error) {
	word, kind, variants := c.Mutant, "mutant", slices.Concat(mutants.All(), mutants.Operations())
	if c.Oddity != "" {
		word, kind, variants = c.Oddity, "oddity", slices.Concat(oddities.All(), oddities.Operations())
	}
	if word == "" {
		return nil, "reference server of " + p.Name, nil
	}
	for _, v := range variants {
		if v.Name != word {
			continue
		}
		if !catalogue.Fits(v, p) {
			return nil, "", wrong("%s %s makes no sense for profile %s", kind, word, p.Name)
		}
		return []reference.Option{reference.With(v)}, fmt.Sprintf("%s %s of %s (a server that %s)", kind, v.Name, p.Name, v.Description), nil
	}
	return nil, "", wrong("no %s is called %q%s", kind, word, text.Meant(word, variantNames(variants), "conform list shows them"))
}

// writeTarget writes a target file. It holds keys, so nobody else may read it.
func writeTarget(path string, t *schemas.Target) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	var node yaml.Node // JSON is YAML; all that remains is to lay it out
	if err := yaml.Unmarshal(text, &node); err != nil {
		return err
	}
	block(&node)
	if text, err = yaml.Marshal(&node); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// block turns flow style into block style, and leaves the quotes to the encoder.
func block(n *yaml.Node) {
	n.Style = 0
	for _, child := range n.Content {
		block(child)
	}
}
