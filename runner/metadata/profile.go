package metadata

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// Over returns what a server of the product goes by, without a file: the base with what the metadata publishes. What it is
// judged by is in the profile that is loaded from the file of [Product.Profile].
func (p *Product) Over(base *schemas.Profile) *schemas.Profile {
	of := *base
	of.Name, of.Title, of.Source = p.Name, p.Title, "published API metadata of "+p.Title
	of.Formats, of.DefaultFormat, of.Methods, of.Styles = p.Formats, "", p.Methods, p.styles()
	if len(p.Formats) == 1 {
		of.DefaultFormat = p.Formats[0]
	}
	of.Request = schemas.ProfileRequest{}
	if p.Request != nil {
		of.Request = *p.Request
	}
	of.Codes = slices.Concat(p.Rows, base.Codes)
	of.Operations, of.OperationFile = p.Operations, ""
	return &of
}

// styles are those that the product can be called in: gateways that speak rpc speak acs3 too.
func (p *Product) styles() []schemas.Style {
	if p.Style == schemas.RPC {
		return []schemas.Style{schemas.RPC, schemas.ACS3}
	}
	return []schemas.Style{p.Style}
}
