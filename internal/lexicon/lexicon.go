// Package lexicon loads the word lists, patterns and codes of the data folder.
//
// In: tables, one a file: lines "# key: value" that must name licence, source and
// version, then a line of column names and rows, tab-separated; further lines that
// begin with "#" and empty lines are comments. Out: rows by column name. What
// always holds: a mistake is an error that names file and line; tables are
// read-only and the same in every run.
package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode/utf8"
)

// A Lexicon holds all tables of a data folder.
type Lexicon struct {
	tables map[string]*Table
	digest string
}

// A Table is one word list.
type Table struct {
	Name    string // file name without ".tsv"; folders divided by "/"
	File    string
	Header  map[string]string // licence, source, version and whatever else it says
	Columns []string
	Rows    []Row
}

// A Row is one line of a table.
type Row struct {
	table  *Table
	Line   int
	values []string
}

// Open reads every .tsv file of the folder.
func Open(folder fs.FS) (*Lexicon, error) {
	lex := &Lexicon{tables: map[string]*Table{}}
	sum := sha256.New()
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".tsv" {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		table, err := parse(name, string(content))
		if err != nil {
			return err
		}
		sum.Write(content)
		lex.tables[table.Name] = table
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	lex.digest = hex.EncodeToString(sum.Sum(nil))[:8]
	return lex, nil
}

// ReadTable reads one table of the folder, for who needs no other.
func ReadTable(folder fs.FS, name string) (*Table, error) {
	content, err := fs.ReadFile(folder, name+".tsv")
	if err != nil {
		return nil, fmt.Errorf("lexicon: no table %q: %w", name, err)
	}
	table, err := parse(name+".tsv", string(content))
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	return table, nil
}

// Digest returns 8 hex digits that change whenever a table changes.
func (l *Lexicon) Digest() string { return l.digest }

// Table returns the table of that name ("cues", "actors/states").
func (l *Lexicon) Table(name string) (*Table, error) {
	t, ok := l.tables[name]
	if !ok {
		return nil, fmt.Errorf("lexicon: no table %q", name)
	}
	return t, nil
}

// Names returns the names of all tables, sorted.
func (l *Lexicon) Names() []string {
	names := make([]string, 0, len(l.tables))
	for name := range l.tables {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func parse(file, content string) (*Table, error) {
	t := &Table{Name: strings.TrimSuffix(file, ".tsv"), File: file, Header: map[string]string{}}
	if !utf8.ValidString(content) {
		return nil, fmt.Errorf("%s: not UTF-8", file)
	}
	for i, line := range strings.Split(content, "\n") {
		if err := t.addLine(i+1, strings.TrimSuffix(line, "\r")); err != nil {
			return nil, err
		}
	}
	for _, key := range []string{"licence", "source", "version"} {
		if t.Header[key] == "" {
			return nil, fmt.Errorf("%s: the header lacks \"# %s:\"", file, key)
		}
	}
	if t.Columns == nil {
		return nil, fmt.Errorf("%s: no line of column names", file)
	}
	return t, nil
}

func (t *Table) addLine(number int, line string) error {
	switch {
	case strings.TrimSpace(line) == "":
		return nil
	case strings.HasPrefix(line, "#"):
		key, value, found := strings.Cut(strings.TrimSpace(line[1:]), ":")
		if found && t.Columns == nil {
			t.Header[key] = strings.TrimSpace(value)
		}
		return nil
	case t.Columns == nil:
		t.Columns = strings.Split(line, "\t")
		return nil
	}
	values := strings.Split(line, "\t")
	if len(values) > len(t.Columns) {
		return fmt.Errorf("%s:%d: %d columns, not %d", t.File, number, len(values), len(t.Columns))
	}
	t.Rows = append(t.Rows, Row{table: t, Line: number, values: values})
	return nil
}

// Get returns the value of a column, "" where the row ends before it. It panics
// for a column that the table does not have, which is a bug of the caller.
func (r Row) Get(column string) string {
	for i, name := range r.table.Columns {
		if name == column {
			if i < len(r.values) {
				return r.values[i]
			}
			return ""
		}
	}
	panic(fmt.Sprintf("lexicon: table %s has no column %q", r.table.Name, column))
}

// List returns the values of a column that are divided by "|"; nil for an empty one.
func (r Row) List(column string) []string {
	value := r.Get(column)
	if value == "" {
		return nil
	}
	return strings.Split(value, "|")
}

// Errorf returns an error that names file and line of the row.
func (r Row) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.table.File, r.Line, fmt.Sprintf(format, args...))
}
