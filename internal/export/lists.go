package export

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// Format is a form in which lists are written.
type Format string

// The forms of lists.
const (
	Table Format = "table" // columns of text for people
	JSON  Format = "json"  // one array
	JSONL Format = "jsonl" // one object a line
	CSV   Format = "csv"   // RFC 4180 with a line of names
)

// A Column is one column of a table or of CSV.
type Column[T any] struct {
	Name  string
	Value func(T) string
	Width int  // in a table, at most so many characters; 0: as many as there are
	CSV   bool // stands in CSV alone
}

// sample is how many rows of a table are looked at for the width of its columns.
const sample = 200

// Write writes a list in the form given and returns how many entries it held.
// A table is cut to width characters a line; 0 cuts nothing.
func Write[T any](w io.Writer, format Format, columns []Column[T], list iter.Seq2[T, error], width int) (int, error) {
	out := bufio.NewWriter(w)
	var n int
	var err error
	switch format {
	case JSON:
		n, err = writeJSON(out, list)
	case JSONL:
		n, err = writeLines(out, list)
	case CSV:
		n, err = writeCSV(out, columns, list)
	case Table:
		n, err = writeTable(out, columns, list, width)
	default:
		return 0, fmt.Errorf("export: no form %q for lists", format)
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	return n, err
}

func writeLines[T any](out *bufio.Writer, list iter.Seq2[T, error]) (int, error) {
	n := 0
	for entry, err := range list {
		if err != nil {
			return n, err
		}
		if err := Line(out, entry); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func writeJSON[T any](out *bufio.Writer, list iter.Seq2[T, error]) (int, error) {
	n := 0
	for entry, err := range list {
		if err != nil {
			return n, err
		}
		line, err := encode(entry)
		if err != nil {
			return n, err
		}
		lead := ",\n"
		if n == 0 {
			lead = "[\n"
		}
		if _, err := fmt.Fprintf(out, "%s%s", lead, line); err != nil {
			return n, err
		}
		n++
	}
	if n == 0 {
		_, err := out.WriteString("[]\n")
		return 0, err
	}
	_, err := out.WriteString("\n]\n")
	return n, err
}

func writeCSV[T any](out *bufio.Writer, columns []Column[T], list iter.Seq2[T, error]) (int, error) {
	rows := csv.NewWriter(out)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	if err := rows.Write(names); err != nil {
		return 0, err
	}
	n := 0
	for entry, err := range list {
		if err != nil {
			return n, err
		}
		values := make([]string, len(columns))
		for i, c := range columns {
			values[i] = c.Value(entry)
		}
		if err := rows.Write(values); err != nil {
			return n, err
		}
		n++
	}
	rows.Flush()
	return n, rows.Error()
}

// writeTable settles the widths by the first rows and then streams, so that a
// long list needs no memory.
func writeTable[T any](out *bufio.Writer, columns []Column[T], list iter.Seq2[T, error], width int) (int, error) {
	shown := make([]Column[T], 0, len(columns))
	header := make([]string, 0, len(columns))
	for _, c := range columns {
		if !c.CSV {
			shown = append(shown, c)
			header = append(header, strings.ToUpper(c.Name))
		}
	}
	waiting := [][]string{header}
	var widths []int
	n := 0
	for entry, err := range list {
		if err != nil {
			return n, err
		}
		row := make([]string, len(shown))
		for i, c := range shown {
			row[i] = cut(oneLine(c.Value(entry)), c.Width)
		}
		n++
		waiting = append(waiting, row)
		if widths == nil && len(waiting) <= sample {
			continue
		}
		if widths == nil {
			widths = widest(waiting)
		}
		if err := writeRows(out, waiting, widths, width); err != nil {
			return n, err
		}
		waiting = waiting[:0]
	}
	if n == 0 {
		return 0, nil
	}
	if widths == nil {
		widths = widest(waiting)
	}
	return n, writeRows(out, waiting, widths, width)
}

func widest(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

func writeRows(out *bufio.Writer, rows [][]string, widths []int, width int) error {
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell))+2))
			}
		}
		if _, err := fmt.Fprintln(out, strings.TrimRight(cut(line.String(), width), " ")); err != nil {
			return err
		}
	}
	return nil
}

// cut shortens s to width characters, the last of which is then "…".
func cut(s string, width int) string {
	if width <= 0 || utf8.RuneCountInString(s) <= width {
		return s
	}
	runes := []rune(s)
	return string(runes[:width-1]) + "…"
}
