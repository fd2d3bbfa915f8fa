package matchers

import (
	"cmp"

	"github.com/onsi/gomega/types"

	"github.com/acsconform/acsconform/schemas"
)

// Keep succeeds when the answer keeps the clause by the profile that the exchange names. A response names none: see [For].
func Keep(clause string) types.GomegaMatcher { return Profile{}.Keep(clause) }

// BeErrorEnvelope succeeds when the answer is an error with that code, and nothing in it breaks a MUST of the profile. An
// empty code stands for any.
func BeErrorEnvelope(profile, code string) types.GomegaMatcher {
	return For(profile).BeErrorEnvelope(code)
}

// BeSuccessEnvelope succeeds when the answer is a success in status and body, and nothing in it breaks a MUST of the
// profile.
func BeSuccessEnvelope(profile string) types.GomegaMatcher { return For(profile).BeSuccessEnvelope() }

// HaveRequestID succeeds when the body carries a RequestId that breaks no MUST. It needs no profile: all agree on it.
func HaveRequestID() types.GomegaMatcher { return Profile{}.HaveRequestID() }

// A Profile has the matchers of one profile. The zero Profile takes the one that the exchange names. It may be copied, and
// used by many goroutines.
type Profile struct {
	load      func() (*book, error) // nil: the one that the exchange names
	condition schemas.Condition
}

// For returns the matchers of a profile: one of fixtures.Names, or the path of a profile file. It wins over the one that an
// exchange names. A profile that cannot be read is an error of the matchers.
func For(profile string) Profile { return Profile{load: loader(profile)} }

// Given returns the same matchers for the answer to a request in which that was wrong: one of suites.Conditions, or
// [schemas.Sound]. It is for answers that do not come with what was asked; an exchange that states another condition is an
// error.
func (p Profile) Given(condition schemas.Condition) Profile {
	p.condition = condition
	return p
}

// Keep succeeds when the answer keeps the clause. It fails where the judge found the clause broken, and also warned of
// where that is all the clause asks for. It is an error where the judge did not look at the clause.
func (p Profile) Keep(clause string) types.GomegaMatcher {
	return matcher{of: p, clause: clause, name: "Keep", meets: "keeps " + clause, check: keeps}
}

// BeErrorEnvelope succeeds when the answer is an error with that code, and nothing in it breaks a MUST of the profile. An
// empty code stands for any.
func (p Profile) BeErrorEnvelope(code string) types.GomegaMatcher {
	check := func(a *answer) ([]string, error) { return isError(a, code) }
	return matcher{of: p, name: "BeErrorEnvelope", meets: "is an error envelope with " + cmp.Or(code, "a Code"), check: check}
}

// BeSuccessEnvelope succeeds when the answer is a success in status and body, and nothing in it breaks a MUST of the
// profile.
func (p Profile) BeSuccessEnvelope() types.GomegaMatcher {
	return matcher{of: p, name: "BeSuccessEnvelope", meets: "is a success envelope", check: isSuccess}
}

// HaveRequestID succeeds when the body carries a RequestId that breaks no MUST.
func (p Profile) HaveRequestID() types.GomegaMatcher {
	return matcher{of: p, name: "HaveRequestID", meets: "has a RequestId", anyProfile: true, check: hasRequestID}
}
