// Package mutants lists the servers with one thing wrong, which the suite has to catch: a file a topic, each with lists of
// variants by what they break. Package uncovered makes those whose signature does not cover one input.
//
// Nothing about it is promised to importers; package runner says what is.
package mutants

import (
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// All lists the servers with one thing wrong.
func All() []vary.Variant {
	return slices.Concat(statusMutants(), envelopeMutants(), formatMutants(), acceptMutants(), syntaxMutants(), requestIDMutants(),
		parameterMutants(), nonceMutants(), signatureMutants(), keyMutants(), routeMutants(), stateMutants(), hostileMutants(), clientMutants(), loadMutants(), dateMutants(), wordMutants(), moreSignedMutants(), tamperedMutants(), codeMutants(), formMutants(), failureMutants(), cutMutants(), sideMutants(), endsMutants(), shapeMutants(), replayMutants(), downgradeMutants(), retriedMutants(), valuePlaceMutants(), behindMutants(), otherMutants(), echoedMutants(), lookedMutants(), combinedMutants(), methodMutants(), actionMutants(), packedMutants(), burstMutants(), unsignedMutants())
}
