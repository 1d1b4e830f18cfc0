package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// magic begins each member of gzip: RFC 1952, section 2.3, with the one method there is.
const magic = "\x1f\x8b\x08"

// A members reader unpacks the members of a gzip file one after the other. A damaged
// one gives an errDamaged once; reading goes on with the next member.
type members struct {
	in     *bufio.Reader
	unpack *gzip.Reader
	open   bool
	begun  bool // the open member has given bytes
}

// errDamaged tells of a member that cannot be unpacked.
type errDamaged struct {
	cause error
	begun bool // bytes of the member were handed on before
}

func (e *errDamaged) Error() string { return fmt.Sprintf("broken gzip: %v", e.cause) }

func (m *members) Read(p []byte) (int, error) {
	for {
		if !m.open {
			if err := m.begin(); err != nil {
				return 0, err
			}
		}
		n, err := m.unpack.Read(p)
		switch {
		case errors.Is(err, io.EOF):
			m.open, err = false, nil
		case err != nil:
			m.open = false
			err = &errDamaged{err, m.begun || n > 0}
		}
		m.begun = m.open && (m.begun || n > 0)
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// begin finds the next member.
func (m *members) begin() error {
	for {
		head, err := m.in.Peek(len(magic))
		if err != nil {
			return io.EOF
		}
		if string(head) == magic {
			if m.unpack == nil {
				m.unpack, err = gzip.NewReader(m.in)
			} else {
				err = m.unpack.Reset(m.in)
			}
			if err == nil {
				m.unpack.Multistream(false)
				m.open = true
				return nil
			}
			if m.unpack == nil {
				m.unpack = new(gzip.Reader)
			}
			continue
		}
		if _, err := m.in.Discard(1); err != nil {
			return io.EOF
		}
	}
}
