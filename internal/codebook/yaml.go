package codebook

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// Limit is how large the file of a codebook may be.
const Limit = 8 << 20

// ParseBook reads a book in YAML and checks it. A key that the form does not have
// is an error: it is more often a slip than a note.
func ParseBook(r io.Reader) (*Book, error) {
	content, err := io.ReadAll(io.LimitReader(r, Limit+1))
	if err != nil {
		return nil, fmt.Errorf("codebook: %w", err)
	}
	if len(content) > Limit {
		return nil, fmt.Errorf("codebook: more than %d bytes", Limit)
	}
	dec := yaml.NewDecoder(bytes.NewReader(content))
	dec.KnownFields(true)
	var b Book
	if err := dec.Decode(&b); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("codebook: %w", err)
	}
	if err := b.Check(); err != nil {
		return nil, fmt.Errorf("codebook: %w", err)
	}
	return &b, nil
}

// WriteYAML writes a book in the form that [ParseBook] reads.
func (b *Book) WriteYAML(w io.Writer) error {
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(b); err != nil {
		return fmt.Errorf("codebook: %w", err)
	}
	return enc.Close()
}
