package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// htmlStatus is a line of the map of codes: the rows of one status, a tile for each.
type htmlStatus struct {
	Status string
	Tiles  []htmlTile
	More   int // rows that have no tile
}

// htmlTile is one row. Its sign says what its colour does; ID is that of the row in the table.
type htmlTile struct{ ID, Code, State, Class, Sign string }

// mostTiles is up to how many rows each has a tile. Of a longer table, as products publish, the rows that came back have.
const mostTiles = 400

// tiles lays the table of codes out as a map, by status. The rows of run have the ids that codeID returns.
func tiles(run *schemas.Run, id string) []htmlStatus {
	var lines []htmlStatus
	for i, row := range run.Codes {
		status := row.Status.String()
		at := slices.IndexFunc(lines, func(l htmlStatus) bool { return l.Status == status })
		if at < 0 {
			at, lines = len(lines), append(lines, htmlStatus{Status: status})
		}
		line := &lines[at]
		if len(run.Codes) > mostTiles && row.State == schemas.Unexercised {
			line.More++
			continue
		}
		tile := htmlTile{ID: codeID(id, i), Code: visible(row.Code), State: row.State, Class: "not-judged", Sign: "·"}
		switch row.State {
		case schemas.CodeAnswered:
			tile.Class, tile.Sign = "kept", "✓"
		case schemas.CodeSeen:
			tile.Class, tile.Sign = "warned", "~"
		}
		line.Tiles = append(line.Tiles, tile)
	}
	slices.SortStableFunc(lines, func(a, b htmlStatus) int { return strings.Compare(a.Status, b.Status) })
	return lines
}

// codeID returns the id of a row of the table of codes.
func codeID(run string, i int) string { return fmt.Sprintf("%s-code-%d", run, i+1) }
