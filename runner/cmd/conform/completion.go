package main

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"
)

// completionCommand is conform completion.
type completionCommand struct {
	Shell   string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
	Command string `placeholder:"PATH" help:"What the shell runs to complete: the path of this program where it is left out; a package says conform."`
}

// inZsh completes by the file itself where zsh has loaded it as a function, which it does with the files of packages.
const inZsh = `
if [[ ${funcstack[1]} == _conform ]]; then
    _bash_complete -o bashdefault -o default -C PATH conform
fi`

// Run prints the code that a shell reads: source <(conform completion bash), or conform completion fish | source.
func (c *completionCommand) Run(ctx *kong.Context, w *env) error {
	exit, stdout := ctx.Exit, ctx.Stdout
	defer func() { ctx.Exit, ctx.Stdout = exit, stdout }()
	var code bytes.Buffer
	ctx.Exit = func(int) {} // the library ends the process, which is the caller's to do
	ctx.Stdout = &code
	if err := (&kongcompletion.Completion{Shell: c.Shell, Code: true}).Run(ctx); err != nil {
		return err
	}
	text := code.String()
	if c.Shell == "zsh" {
		text = "#compdef conform\n" + strings.TrimSuffix(text, "\n") + strings.ReplaceAll(inZsh, "PATH", pathOfThis()) + "\n"
	}
	w.printf("%s", strings.ReplaceAll(text, pathOfThis(), cmp.Or(c.Command, pathOfThis())))
	return nil
}
