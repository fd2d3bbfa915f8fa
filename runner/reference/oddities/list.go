// Package oddities lists the servers with one peculiarity that no document forbids, which the suite has to let pass.
//
// Nothing about it is promised to importers; package runner says what is.
package oddities

import (
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// All lists the servers with one peculiarity that no document forbids.
func All() []vary.Variant {
	return slices.Concat(bodyOddities(), spelledOddities(), wireOddities(), idOddities(), orderOddities(), codeOddities(), loadOddities(), clockOddities(), targetOddities(), wordOddities(), todaysOddities(), formOddities(), dataOddities(), sideOddities(), strictOddities(), replayOddities(), downgradeOddities(), valuePlaceOddities(), otherOddities(), lookedOddities(), strangerOddities(), unreadableOddities(), laterOddities(), methodOddities(), unsignedOddities())
}
