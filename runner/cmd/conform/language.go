package main

import "strings"

// sentences is translated for a table in which single words are names.
func (w *env) sentences(rows [][]string) [][]string {
	for n, row := range rows {
		for i, cell := range row {
			if n == 0 || strings.Contains(cell, " ") {
				row[i] = w.lang.Text(cell)
			}
		}
	}
	return rows
}

// translated puts the cells of a table into the language. Names are no messages, and stay.
func (w *env) translated(rows [][]string) [][]string {
	for _, row := range rows {
		for i := range row {
			row[i] = w.lang.Text(row[i])
		}
	}
	return rows
}
