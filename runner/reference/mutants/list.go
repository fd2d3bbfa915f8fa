package mutants

import (
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// Mutants lists the servers with one thing wrong.
func All() []vary.Variant {
	return slices.Concat(statusMutants(), envelopeMutants(), formatMutants(), syntaxMutants(), requestIDMutants(),
		parameterMutants(), nonceMutants(), signatureMutants(), keyMutants(), routeMutants(), stateMutants(), hostileMutants(), clientMutants(), loadMutants(), dateMutants(), wordMutants(), moreSignedMutants(), tamperedMutants(), codeMutants(), formMutants(), failureMutants(), cutMutants(), sideMutants(), endsMutants(), shapeMutants(), replayMutants(), downgradeMutants(), retriedMutants(), valuePlaceMutants(), behindMutants(), otherMutants(), echoedMutants())
}
