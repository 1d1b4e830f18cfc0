package sqlite

import (
	"bytes"
	"compress/zlib"
	"database/sql/driver"
	"fmt"
	"io"

	"rapporteur/internal/text"
)

// A body is the text of an article as the file keeps it: TEXT, or, where zlib
// makes it smaller, a BLOB of zlib (RFC 1950).
type body string

// worthPacking is the size from which texts are packed; below it zlib's gain does
// not pay for a file that other programs read less easily.
const worthPacking = 1 << 10

// Value returns what is stored of b.
func (b body) Value() (driver.Value, error) {
	if len(b) < worthPacking {
		return string(b), nil
	}
	if packed := deflate([]byte(b)); len(packed) < len(b) {
		return packed, nil
	}
	return string(b), nil
}

// Scan reads what Value returned.
func (b *body) Scan(stored any) error {
	switch stored := stored.(type) {
	case string:
		*b = body(stored)
		return nil
	case []byte:
		plain, err := inflate(stored)
		*b = body(plain)
		return err
	}
	return fmt.Errorf("a text is stored as %T", stored)
}

// A places is the map of an article's text back to its page as the file keeps it:
// its first byte says how the rest is packed.
type places text.Map

const (
	asVarints = 0
	asZlib    = 1 // zlib of varints
)

// worthDeflating is the size from which zlib makes varints smaller.
const worthDeflating = 64

// Value returns what is stored of p.
func (p places) Value() (driver.Value, error) {
	varints := packMap(text.Map(p))
	if len(varints) == 0 {
		return nil, nil
	}
	if len(varints) >= worthDeflating {
		if packed := deflate(varints); len(packed) < len(varints) {
			return append([]byte{asZlib}, packed...), nil
		}
	}
	return append([]byte{asVarints}, varints...), nil
}

// Scan reads what Value returned.
func (p *places) Scan(stored any) error {
	*p = places{}
	packed, ok := stored.([]byte)
	if stored == nil || ok && len(packed) == 0 {
		return nil
	}
	if !ok || packed[0] > asZlib {
		return fmt.Errorf("a map is stored in a way that this program does not know")
	}
	varints := packed[1:]
	if packed[0] == asZlib {
		var err error
		if varints, err = inflate(varints); err != nil {
			return err
		}
	}
	m, err := unpackMap(varints)
	*p = places(m)
	return err
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, err := w.Write(b)
	if closed := w.Close(); err != nil || closed != nil {
		panic("sqlite: a buffer in memory cannot be written") // it cannot fail
	}
	return out.Bytes()
}

func inflate(b []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return out, nil
}
