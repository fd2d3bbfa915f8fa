package main

import (
	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"
)

// completionCommand is conform completion.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run prints the code that a shell reads: source <(conform completion bash), or conform completion fish | source.
func (c *completionCommand) Run(ctx *kong.Context) error {
	exit := ctx.Exit
	defer func() { ctx.Exit = exit }()
	ctx.Exit = func(int) {} // the library ends the process, which is the caller's to do
	return (&kongcompletion.Completion{Shell: c.Shell, Code: true}).Run(ctx)
}
