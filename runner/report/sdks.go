package report

import (
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// sdkRows returns the table of which official SDK understands which answers, a row for each kind: the kind, how many there
// were, and a cell for each SDK. There are none where no SDK was asked.
func sdkRows(run *schemas.Run) [][]string {
	if run.SDKs == nil {
		return nil
	}
	var rows [][]string
	for _, kind := range run.SDKs.Answers {
		row := []string{kind.Kind, fmt.Sprint(kind.Exchanges)}
		for _, read := range kind.Read {
			row = append(row, sdkCell(read))
		}
		rows = append(rows, row)
	}
	return rows
}

func sdkCell(r schemas.SDKRead) string {
	switch {
	case r.Given == 0:
		return "–"
	case r.Understood == r.Given:
		return "✓"
	case r.Understood == 0:
		return visible(r.Else)
	}
	return fmt.Sprintf("%d of %d understood; of %s %s", r.Understood, r.Given, r.Case, visible(r.Else))
}

// sdkLine describes in a line how much of what it was told each SDK understood.
func sdkLine(run *schemas.Run) string {
	if run.SDKs == nil {
		return ""
	}
	var parts []string
	for i, sdk := range run.SDKs.Asked {
		given, understood := 0, 0
		for _, kind := range run.SDKs.Answers {
			given, understood = given+kind.Read[i].Given, understood+kind.Read[i].Understood
		}
		if given > 0 {
			parts = append(parts, fmt.Sprintf("%s %d of %d", sdk.Name, understood, given))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "understood by " + strings.Join(parts, ", ")
}

// sdks writes the table of official SDKs, where any were asked.
func (m Markdown) sdks(say func(string, ...any), run *schemas.Run, nth string) {
	rows := sdkRows(run)
	if len(rows) == 0 {
		return
	}
	say("\n### %s, %s%s: which official SDK understands which answers\n", cell(run.Target.Profile), run.Target.Style, cell(nth))
	head := []string{"answer", "exchanges"}
	for _, sdk := range run.SDKs.Asked {
		head = append(head, cell(sdk.Name+" "+sdk.Version))
	}
	say("| %s |", strings.Join(head, " | "))
	say("|---|--:|%s", strings.Repeat("---|", len(head)-2))
	for _, row := range rows {
		for i := range row {
			row[i] = cell(row[i])
		}
		say("| %s |", strings.Join(row, " | "))
	}
}
