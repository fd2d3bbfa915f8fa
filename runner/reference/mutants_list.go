package reference

import "slices"

// Mutants lists the servers with one thing wrong.
func Mutants() []Variant {
	return slices.Concat(statusMutants(), envelopeMutants(), formatMutants(), syntaxMutants(), requestIDMutants(),
		parameterMutants(), nonceMutants(), signatureMutants(), keyMutants(), routeMutants(), stateMutants(), hostileMutants(), clientMutants(), loadMutants(), dateMutants(), wordMutants(), moreSignedMutants(), tamperedMutants(), codeMutants(), formMutants(), failureMutants(), cutMutants(), sideMutants(), endsMutants(), shapeMutants(), replayMutants(), downgradeMutants(), retriedMutants(), valuePlaceMutants(), behindMutants(), otherMutants(), echoedMutants())
}
