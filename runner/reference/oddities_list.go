package reference

import "slices"

// Oddities lists the servers with one peculiarity that no document forbids.
func Oddities() []Variant {
	return slices.Concat(bodyOddities(), wireOddities(), idOddities(), orderOddities(), codeOddities(), loadOddities(), clockOddities(), targetOddities(), wordOddities(), todaysOddities(), formOddities(), dataOddities(), sideOddities(), strictOddities(), replayOddities(), downgradeOddities(), valuePlaceOddities(), otherOddities())
}
