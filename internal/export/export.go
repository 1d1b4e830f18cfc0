// Package export writes what the house knows in the forms that other programs
// read: annotations of one article, and lists of the record.
//
// In: an annotated document, or a store. Out: JSON, JSON Lines, CSV, tables and
// CoNLL-U, as docs/formats describes them. What always holds: nothing is
// changed or made up on the way out; lists keep the order they came in; a value
// that nobody looked for is absent, one that was looked for and not found is
// null; equal input gives equal bytes.
package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"rapporteur/internal/calendar"
)

// Looked is a value that a stage may have looked for: absent from JSON when
// nobody looked, null when nothing was found.
type Looked[T any] struct {
	looked bool
	value  *T
}

// found returns the value of a layer that was looked at, null when ok is false.
func found[T any](looked bool, value T, ok bool) Looked[T] {
	if !ok {
		return Looked[T]{looked: looked}
	}
	return Looked[T]{looked: looked, value: &value}
}

// IsZero reports whether nobody looked.
func (l Looked[T]) IsZero() bool { return !l.looked }

// MarshalJSON writes the value, or null when nothing was found.
func (l Looked[T]) MarshalJSON() ([]byte, error) { return encode(l.value) }

// Line writes v as one line of JSON, without escaping what HTML would need.
func Line(w io.Writer, v any) error {
	line, err := encode(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// File writes v as indented JSON into a file, whole or not at all.
func File(name string, v any) error {
	line, err := encode(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", " "); err != nil {
		return fmt.Errorf("export: %s: %w", name, err)
	}
	b.WriteByte('\n')
	half := name + ".half"
	if err := os.WriteFile(half, b.Bytes(), 0o666); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := os.Rename(half, name); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("export: as JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// orNull returns nil for the empty string, so that JSON says null.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func dayOrNull(d calendar.Day) *string { return orNull(d.String()) }

// id returns the short id of the entry at an index: "s1" for the first one.
func id(kind string, index int) string { return fmt.Sprintf("%s%d", kind, index+1) }
