package kernel

import "encoding/binary"

// PackRows makes each row of r an output of m: the keys of attention, one output a
// position. An output's scale is its row's scale times factor; biases stay zero.
func (m *Matrix) PackRows(r *Rows, factor float32) {
	m.N, m.K, m.stride = r.N, r.K, r.K
	for i := range r.N {
		m.Scale[i] = float32(r.Scale[i] * factor)
	}
	switch m.path {
	case VNNI:
		m.units = roundUp(m.N, 16) / 16
		unit := m.stride * 16
		for i := range r.N {
			row, at := r.Q8[i*r.stride:i*r.stride+m.stride], i/16*unit+i%16*4
			for k := 0; k+4 <= len(row); k += 4 {
				four := uint32(uint8(row[k])) | uint32(uint8(row[k+1]))<<8 | uint32(uint8(row[k+2]))<<16 | uint32(uint8(row[k+3]))<<24
				binary.LittleEndian.PutUint32(m.bytes[at+k*16:], four^0x80808080)
			}
		}
	case AVX2:
		m.units = roundUp(m.N, 8) / 8
		unit := m.stride * 8
		for i := range r.N {
			row, at := r.Q16[i*r.stride:i*r.stride+m.stride], i/8*unit+i%8*2
			for k := 0; k+2 <= len(row); k += 2 {
				m.words[at+k*8], m.words[at+k*8+1] = row[k], row[k+1]
			}
		}
	default:
		m.packLanes(r.Q8, r.stride)
	}
}

// PackColumns makes each column of r an output of m: the values of attention, one
// output a channel over the rows as inputs. The rows' own scales are left to the
// caller (they go into the weights); the outputs' scales are one.
func (m *Matrix) PackColumns(r *Rows) {
	m.N, m.K, m.stride = r.K, r.N, roundUp(r.N, 4)
	for n := range m.N {
		m.Scale[n] = 1
	}
	r.clear(m.stride)
	switch m.path {
	case VNNI:
		m.columnBytes(r)
	case AVX2:
		m.columnWords(r)
	default:
		m.columnLanes(r)
	}
}

// clear sets the rows from the last one up to n to zero.
func (r *Rows) clear(n int) {
	if r.Q16 != nil {
		clear(r.Q16[r.N*r.stride : n*r.stride])
		return
	}
	clear(r.Q8[r.N*r.stride : n*r.stride])
}

func (m *Matrix) columnBytes(r *Rows) {
	m.units = roundUp(m.N, 16) / 16
	for u := range m.units {
		for k := 0; k < m.stride; k += 4 {
			r0, r1 := r.Q8[k*r.stride+u*16:][:16], r.Q8[(k+1)*r.stride+u*16:][:16]
			r2, r3 := r.Q8[(k+2)*r.stride+u*16:][:16], r.Q8[(k+3)*r.stride+u*16:][:16]
			to := m.bytes[u*m.stride*16+k*16:][:64]
			for c := range 16 {
				four := uint32(uint8(r0[c])) | uint32(uint8(r1[c]))<<8 | uint32(uint8(r2[c]))<<16 | uint32(uint8(r3[c]))<<24
				binary.LittleEndian.PutUint32(to[c*4:], four^0x80808080)
			}
		}
	}
}

func (m *Matrix) columnWords(r *Rows) {
	m.units = roundUp(m.N, 8) / 8
	for u := range m.units {
		for k := 0; k < m.stride; k += 2 {
			r0, r1 := r.Q16[k*r.stride+u*8:][:8], r.Q16[(k+1)*r.stride+u*8:][:8]
			to := m.words[u*m.stride*8+k*8:][:16]
			for c := range 8 {
				to[2*c], to[2*c+1] = r0[c], r1[c]
			}
		}
	}
}

func (m *Matrix) columnLanes(r *Rows) {
	m.units = roundUp(m.N, 3) / 3
	for u := range m.units {
		row := m.lanes[u*m.stride : (u+1)*m.stride]
		for k := range row {
			packed := int64(0)
			for j := range 3 {
				if n := u*3 + j; n < m.N {
					packed += int64(r.Q8[k*r.stride+n]) << (laneBits * j)
				}
			}
			row[k] = packed
		}
	}
}
