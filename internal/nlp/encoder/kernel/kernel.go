// Package kernel multiplies matrices of small integers and does the few float
// steps of a transformer between them, on whatever the processor can.
//
// In: rows of float32, matrices of int8. Out: rows of float32. What always holds:
// the three paths (portable Go, AVX2, AVX-512 VNNI) give the same integers and the
// same floats, bit for bit: integer sums are exact, float steps are elementwise
// multiplications and additions without fusing, and sums of floats are taken over
// eight lanes in one fixed order. Nothing here allocates once its buffers stand.
package kernel

// A Path is one way to compute.
type Path uint8

// The paths, slowest first.
const (
	Portable Path = iota
	AVX2
	VNNI
)

// String names the path.
func (p Path) String() string { return [...]string{"portable", "AVX2", "AVX-512 VNNI"}[p] }

// Key names the path for flags.
func (p Path) Key() string { return [...]string{"portable", "avx2", "vnni"}[p] }

// Lanes is the number of partial sums in every sum of floats.
const lanes = 8

// rowBlock is the multiple to which buffers of rows are padded, so that a tile may
// read and write a few rows too many.
const rowBlock = 8

// roundUp returns the least multiple of m that is at least n.
func roundUp(n, m int) int { return (n + m - 1) / m * m }

// Rows holds quantised rows: value = Scale × integer, integers in [-127, 127].
type Rows struct {
	N, K   int       // rows, and integers in a row as padded to a multiple of 4
	Q8     []int8    // for Portable and VNNI
	Q16    []int16   // for AVX2
	Scale  []float32 // one a row
	Sum    []int32   // of the row's integers
	stride int
}

// NewRows makes room for n rows of k integers.
func NewRows(p Path, n, k int) *Rows {
	r := &Rows{stride: roundUp(k, 8)}
	padded := roundUp(n, rowBlock)
	if p == AVX2 {
		r.Q16 = make([]int16, padded*r.stride)
	} else {
		r.Q8 = make([]int8, padded*r.stride)
	}
	r.Scale, r.Sum = make([]float32, padded), make([]int32, padded)
	r.Shape(n, k)
	return r
}

// Shape says how many rows of how many integers are in use; they must fit.
func (r *Rows) Shape(n, k int) {
	r.N, r.K, r.stride = n, roundUp(k, 4), roundUp(k, 8)
}

// A Matrix is a matrix of int8 weights with one scale and one bias an output.
type Matrix struct {
	N, K  int // outputs, inputs
	Scale []float32
	Bias  []float32

	path   Path
	units  int     // groups of outputs: 16 for VNNI, 8 for AVX2, 3 for Portable
	stride int     // inputs as padded
	bytes  []uint8 // VNNI: [unit][k/4][16][4], each weight + 128
	words  []int16 // AVX2: [unit][k/2][8][2]
	lanes  []int64 // Portable: [unit][k], three weights, 21 bits apart
}

// NewMatrix makes room for a matrix of up to n outputs and k inputs.
func NewMatrix(p Path, n, k int) *Matrix {
	m := &Matrix{path: p, Scale: make([]float32, roundUp(n, 16)), Bias: make([]float32, roundUp(n, 16))}
	size := roundUp(n, 48) * roundUp(k, 8)
	switch p {
	case VNNI:
		m.bytes = make([]uint8, size)
	case AVX2:
		m.words = make([]int16, size)
	default:
		m.lanes = make([]int64, size/3)
	}
	return m
}

// Pack takes the weights of n outputs and k inputs, row by row of outputs with the
// given distance between rows, in the layout of the path. Scale and Bias are the
// caller's to fill.
func (m *Matrix) Pack(weights []int8, n, k, distance int) {
	m.N, m.K, m.stride = n, k, roundUp(k, 4)
	switch m.path {
	case VNNI:
		m.packBytes(weights, distance)
	case AVX2:
		m.packWords(weights, distance)
	default:
		m.packLanes(weights, distance)
	}
}

func (m *Matrix) packBytes(weights []int8, distance int) {
	m.units = roundUp(m.N, 16) / 16
	unit := m.stride * 16
	for n := range m.units * 16 {
		at := n/16*unit + n%16*4
		for k := 0; k < m.stride; k += 4 {
			for j := range 4 {
				w := int8(0)
				if n < m.N && k+j < m.K {
					w = weights[n*distance+k+j]
				}
				m.bytes[at+k*16+j] = uint8(w) ^ 0x80
			}
		}
	}
}

func (m *Matrix) packWords(weights []int8, distance int) {
	m.units = roundUp(m.N, 8) / 8
	unit := m.stride * 8
	for n := range m.units * 8 {
		at := n/8*unit + n%8*2
		for k := 0; k < m.stride; k += 2 {
			for j := range 2 {
				w := int8(0)
				if n < m.N && k+j < m.K {
					w = weights[n*distance+k+j]
				}
				m.words[at+k*8+j] = int16(w)
			}
		}
	}
}

func (m *Matrix) packLanes(weights []int8, distance int) {
	m.units = roundUp(m.N, 3) / 3
	for u := range m.units {
		row := m.lanes[u*m.stride : (u+1)*m.stride]
		for k := range row {
			packed := int64(0)
			for j := range 3 {
				if u*3+j < m.N && k < m.K {
					packed += int64(weights[(u*3+j)*distance+k]) << (laneBits * j)
				}
			}
			row[k] = packed
		}
	}
}

// Multiply writes rows × matrix into out, whose rows stand distance floats apart:
// out = float(integer sum) × row scale × output scale + bias. out must have room
// for the rows padded to a multiple of 8 and the outputs padded to one of 16.
func Multiply(r *Rows, m *Matrix, out []float32, distance int) {
	switch m.path {
	case VNNI:
		multiplyVNNI(r, m, out, distance)
	case AVX2:
		multiplyAVX2(r, m, out, distance)
	default:
		multiplyPortable(r, m, out, distance)
	}
}
