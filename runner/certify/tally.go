package certify

import "github.com/acsconform/acsconform/schemas"

// Tally is what the attestation says of a run in numbers.
type Tally struct {
	Cases   schemas.Counts         `json:"cases"`
	Clauses map[string]ClauseTally `json:"clauses"`
	Rows    RowTally               `json:"rows"`
}

// ClauseTally is what was found of one clause: its state, on how many exchanges it was looked at, and how many cases were
// sent for it.
type ClauseTally struct {
	State     string `json:"state"`
	Exchanges int    `json:"exchanges"`
	Cases     int    `json:"cases"`
}

// RowTally counts the rows of the table, and those that came back where they were asked for.
type RowTally struct {
	All      int `json:"all"`
	Answered int `json:"answered"`
}

func tallyOf(run *schemas.Run) Tally {
	t := Tally{Cases: run.Counts, Clauses: map[string]ClauseTally{}}
	sent := map[string]int{}
	for i := range run.Cases {
		if run.Cases[i].Outcome != schemas.Skipped {
			sent[run.Cases[i].Clause]++
		}
	}
	for _, c := range run.Clauses {
		t.Clauses[c.ID] = ClauseTally{c.State, c.Exchanges, sent[c.ID]}
	}
	for _, row := range run.Codes {
		t.Rows.All++
		if row.State == schemas.CodeAnswered {
			t.Rows.Answered++
		}
	}
	return t
}
