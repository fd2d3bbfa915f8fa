package main

import (
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/progress"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/news"
	"github.com/acsconform/acsconform/runner/output"
)

// lintGCPercent keeps the heap close to what is used: next to nothing is allocated, so that collecting costs nothing.
const lintGCPercent = 20

// lintCommand is conform lint.
type lintCommand struct {
	Files        []string `arg:"" name:"file" help:"HAR files, or JSON Lines of exchanges (a transcript is one) or of an access log (--map); gzip and zstd too; - is standard input. lint merge puts partial results together."`
	Profile      []string `placeholder:"P" sep:"none" help:"Profile to judge by: a name or the path of a YAML file; guessed when there is none. Where several are named, each answer is judged by the product of its host, version and action, and other answers by pop."`
	Profiles     string   `placeholder:"DIR" help:"Folder of profiles (YAML) of products, as if each was named by --profile."`
	Map          string   `placeholder:"F" help:"YAML file that names the fields of an access log: status, body, body_encoding, content_type, request_id, time, host, action, format, url, method; and only and skip."`
	Only         []string `placeholder:"F" sep:"none" help:"Judge only what a filter matches: host=*.example.com, path=/api/*, method=POST or type=application/json, where * matches any text. May be repeated: one of each key has to match."`
	Skip         []string `placeholder:"F" sep:"none" help:"Leave out what a filter matches: path=/health*, type=text/html. May be repeated: each leaves out."`
	output.Flags `embed:"" set:"forms=text, json, markdown, html, sarif, github or gitlab"`
	Follow       bool   `help:"Go on as the files grow, over log rotations too. New kinds of findings are printed at once, the result at the end (SIGINT, SIGTERM) and on SIGHUP."`
	MaxFindings  int64  `placeholder:"N" default:"0" help:"Stop reading after N records that break a MUST by themselves, with --strict also a SHOULD (repeated ids and the cases of transcripts do not count); 0 reads everything (${default})."`
	Show         int    `placeholder:"N" default:"20" help:"How many sorts of findings, and hosts and actions, the text shows; 0 shows all (${default})."`
	Memory       string `placeholder:"SIZE" default:"256MiB" help:"What request ids may take before they go to a temporary file (${default})."`
	Strict       bool   `help:"Warnings fail too."`
	Partial      string `placeholder:"OUT" help:"Write what was found to a file, for merge, and judge nothing yet: the result of all parts together is that of one conform lint, byte for byte."`
	Shard        string `placeholder:"FROM-TO" help:"With --partial: only the lines of the file that begin within these bytes, FROM and all before TO; the end of the file when TO is left out. DIGEST:FROM-TO spares reading the file for its SHA-256."`
}

// Run judges the files and prints the result.
func (c *lintCommand) Run(w *env) error {
	c.nameOnce(w)
	switch {
	case c.Partial != "":
		return c.part(w)
	case c.Shard != "":
		return wrong("--shard %s: a part of a file is judged into a partial result (say where it goes with --partial OUT)", c.Shard)
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(memoryLimit + o.Memory)
	debug.SetGCPercent(lintGCPercent)
	inputs, err := c.open()
	if err != nil {
		return err
	}
	guess, err := c.guess(w, inputs, &o)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	t := c.printer(w, guess)
	o.Progress = t.Progress
	if !c.Follow {
		r, err := lint.Run(ctx, inputs, o)
		return c.end(t, r, err)
	}
	hup := news.Hangups()
	o.News = t.News
	reading := lint.Start(ctx, inputs, o)
	end := t.Watch(reading, hup, stop)
	r, err := reading.Wait()
	end()
	return c.end(t, r, err)
}

// printer reports progress: events as JSON where standard output is for JSON, else for people, beside a document that goes
// to standard output.
func (c *lintCommand) printer(w *env, guess string) *news.Printer {
	t := &news.Printer{Out: w.out, JSON: c.Form() == output.JSON, Language: w.lang, Terminal: w.errIsATerminal, Meter: progress.NewMeter(w.terminal())}
	if form := c.Stdout(); form != "" && form != output.Text && form != output.JSON {
		t.Out = w.err
	}
	t.Result = func(r *lint.Result) error {
		named := *r
		named.Guess = guess
		return c.Put(w.out, func(out io.Writer, to output.Target) error { return c.write(w, out, to, &named) })
	}
	return t
}

func (c *lintCommand) options() (o lint.Options, err error) {
	if err := c.Settle(output.Text, output.JSON, output.Markdown, output.HTML, output.SARIF, output.GitHub, output.GitLab); err != nil {
		return o, wrong("%s", err)
	}
	o = lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), MaxFindings: c.MaxFindings, Strict: c.Strict}
	switch {
	case c.Show < 0:
		return o, wrongShow(c.Show)
	case c.MaxFindings < 0:
		return o, wrong("--max-findings %d: want a number of records, or 0", c.MaxFindings)
	case c.Follow && output.Whole(c.Stdout()):
		return o, wrong("--follow -o %[1]s: it is written whole on every SIGHUP and at the end; say to which file with -o %[1]s=FILE", c.Stdout())
	}
	if o.Memory, err = sizeOf(c.Memory); err != nil {
		return o, err
	}
	if c.Map != "" {
		if o.Map, err = input.LoadMap(c.Map); err != nil {
			return o, wrong("%s", err)
		}
	}
	if o.Only, err = filters("--only", c.Only); err != nil {
		return o, err
	}
	if o.Skip, err = filters("--skip", c.Skip); err != nil {
		return o, err
	}
	return o, c.choose(&o)
}

// wrongShow is the fault of a --show that makes no sense.
func wrongShow(n int) error { return wrong("--show %d: want a number, or 0 for all", n) }

// filters reads the values of a flag.
func filters(flag string, texts []string) ([]input.Filter, error) {
	var list []input.Filter
	for _, text := range texts {
		f, err := input.ParseFilter(text)
		if err != nil {
			return nil, wrong("%s %s", flag, err)
		}
		list = append(list, f)
	}
	return list, nil
}

// open opens every file before any is read.
func (c *lintCommand) open() ([]*input.Input, error) {
	open := input.Open
	if c.Follow {
		open = input.Follow
	}
	var inputs []*input.Input
	for _, path := range c.Files {
		in, err := open(path, os.Stdin)
		if err != nil {
			for _, open := range inputs {
				_ = open.Close()
			}
			return nil, wrong("%s", err)
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

// guess finds the profile where none was given and the records name none, or takes the observed one.
func (c *lintCommand) guess(w *env, inputs []*input.Input, o *lint.Options) (why string, err error) {
	if o.Profile != nil {
		return "", nil
	}
	names, why, needed := lint.Guess(inputs, *o)
	switch {
	case !needed && c.Follow && why != "":
		return "", wrong("--follow: cannot tell the profile: %s yet; say which with --profile: %s", why, strings.Join(fixtures.AllNames(), ", "))
	case !needed:
		return "", nil
	case len(names) == 0:
		return "", wrong("cannot tell the profile: %s; say which with --profile: %s, or the path of its file", why, strings.Join(fixtures.AllNames(), ", "))
	case len(names) > 1:
		return c.takeObserved(w, why, o)
	}
	w.say("profile %s was guessed: %s", names[0], why)
	o.Profile, err = profile(names[0])
	return why, err
}

// takeObserved judges by what holds for every product, where no published profile fits better than another.
func (c *lintCommand) takeObserved(w *env, why string, o *lint.Options) (string, error) {
	why = "no one published profile fits, so that profile pop is taken, which is observed and not published: " + why
	w.say("%s (--profile names another: %s, or the path of its file)", why, strings.Join(fixtures.Names(), ", "))
	var err error
	o.Profile, err = profile(fixtures.Observed)
	return why, err
}

// write writes a result in one of the forms that were asked for.
func (c *lintCommand) write(w *env, out io.Writer, t output.Target, r *lint.Result) error {
	switch t.Form {
	case output.JSON:
		if c.Follow && t.File == "" {
			return lint.WriteLine(out, r)
		}
		return lint.WriteJSON(out, r)
	case output.Markdown:
		return lint.Markdown{Language: w.lang}.Write(out, r)
	case output.HTML:
		return lint.HTML{Clauses: fixtures.Clauses(), Language: w.lang}.Write(out, r)
	case output.SARIF, output.GitHub, output.GitLab:
		return issuesOfLint(r).Write(out, t.Form)
	}
	return lint.Text{Clauses: fixtures.Clauses(), Show: c.Show, Columns: w.to(out).columns, Language: w.lang}.Write(out, r)
}

// sizeOf reads a size: bytes, or a number with KiB, MiB or GiB.
func sizeOf(text string) (int64, error) {
	number, shift := text, 0
	for i, unit := range []string{"KiB", "MiB", "GiB"} {
		if cut, ok := strings.CutSuffix(text, unit); ok {
			number, shift = cut, 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
	if shift == 0 {
		n, err = strconv.ParseInt(number, 10, 62)
	}
	if err != nil || n <= 0 {
		return 0, wrong("--memory %q: want a size like 256MiB", text)
	}
	return n << shift, nil
}
