// Package vary has what variants of the right server are made of: functions that each return one difference, which accept
// what should be refused, change what is answered, or put another check in the place of one.
package vary

import (
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// A Change makes one difference in a right server, before that answers its first call. It sets hooks of the server or wraps
// those that are there; several changes of one server are made one after the other.
type Change = func(*server.Server)

// A Variant is the right server with one difference: a mutant with one thing wrong, an oddity with one legal
// peculiarity.
type Variant struct {
	Name        string
	Description string          // finishes the sentence "a server that …"
	Clause      string          // the one clause that a mutant breaks; empty for an oddity
	Also        []string        // further clauses that the same difference breaks, where it does not break one alone
	Profiles    []string        // the profiles it makes sense for; all when empty
	Styles      []schemas.Style // the styles it makes sense in; all when empty
	Product     bool            // it makes sense for profiles that list operations, and no others
	Many        bool            // it shows only among many equal requests
	Generated   bool            // one of many alike, made of a list: counted apart, and tried by the cases that it is there for
	Hangs       bool            // a trial of it waits until a request's time is up
	Apply       Change
}

// MakesSense reports whether the variant differs from the right server for that profile and style.
func (v Variant) MakesSense(profile string, style schemas.Style) bool {
	return (len(v.Profiles) == 0 || slices.Contains(v.Profiles, profile)) && (len(v.Styles) == 0 || slices.Contains(v.Styles, style))
}

// Groups of profiles and styles that variants apply to.
var (
	GatewayOnly = []string{"gateway"}
	ECSOnly     = []string{"ecs"}
	ESSOnly     = []string{"ess"}
	BothKMS     = []string{"kms", "kms-legacy"}
	WithXML     = []string{"ecs", "kms", "kms-legacy", "ess"}

	ByAction     = []schemas.Style{schemas.RPC, schemas.ACS3}
	ByParameters = []schemas.Style{schemas.RPC, schemas.ROA}
	RPCOnly      = []schemas.Style{schemas.RPC}
	ROAOnly      = []schemas.Style{schemas.ROA}
	ACS3Only     = []schemas.Style{schemas.ACS3}
)
