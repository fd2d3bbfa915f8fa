package schemas

import "embed"

// Texts holds the JSON Schema (draft-07) of each kind of file of ours, as <kind>.schema.json. Package file reads by them.
//
//go:embed *.schema.json
var Texts embed.FS
