package main

// translated puts the cells of a table into the language. Names are no messages, and stay.
func (w *env) translated(rows [][]string) [][]string {
	for _, row := range rows {
		for i := range row {
			row[i] = w.lang.Text(row[i])
		}
	}
	return rows
}
