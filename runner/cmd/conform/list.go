package main

import (
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas"
)

// listCommand is conform list.
type listCommand struct {
	What    string        `arg:"" enum:"clauses,cases,conditions,codes,errata,profiles,mutants,oddities,tampering" help:"clauses, cases, conditions, codes, errata of the documents, profiles, mutants, oddities, or tampering: which input of a signature is altered in which way."`
	Style   schemas.Style `enum:",rpc,roa,acs3" default:"" help:"Of tampering, only this style."`
	Profile []string      `placeholder:"P" sep:"none" help:"Only what concerns this profile: a name or the path of a YAML file. May be repeated."`
	JSON    bool          `name:"json" hidden:"" help:"As JSON."`

	output.Flags `embed:"" set:"forms=text or json"`
}

// Run prints the list as a table, or as JSON.
func (c *listCommand) Run(w *env) error {
	profiles, err := profilesNamed(c.Profile)
	if err != nil {
		return err
	}
	rows, value := catalogue.List(c.What, profiles, c.Style)
	return w.listed(&c.Flags, c.JSON, value, func(w *env) { output.Table(w.out, w.translated(rows), w.columns) })
}
