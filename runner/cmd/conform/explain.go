package main

import (
	"strings"

	"github.com/acsconform/acsconform/runner/explain"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/output"
)

// explainCommand is conform explain.
type explainCommand struct {
	Word    string   `arg:"" name:"clause|case|condition|code|erratum" help:"A clause (NONCE-1), a case (nonce-used-twice), a condition (nonce-reused), a code (SignatureNonceUsed) or an erratum of the documents (X13)."`
	Profile []string `placeholder:"P" sep:"none" help:"As this profile has it: a name or the path of a YAML file. May be repeated."`

	output.Flags `embed:"" set:"forms=text"`
}

// Run explains the word.
func (c *explainCommand) Run(w *env) error { return w.printed(&c.Flags, c.print) }

func (c *explainCommand) print(w *env) error {
	profiles, err := profilesNamed(c.Profile)
	if err != nil {
		return err
	}
	word, _, _ := strings.Cut(strings.TrimSpace(c.Word), " [") // a report names a case with its variant
	if explain.Word(w.out, word, profiles, suiteVersion(), w.columns, w.lang) {
		return nil
	}
	return wrong("%q is no clause, case, condition, code or erratum%s", word, text.Meant(word, explain.Words(profiles), "conform list clauses, cases, conditions, codes and errata shows them, and --profile F those of a file of yours"))
}
