package kernel

import "math"

// laneBits is the width of one of three lanes in an int64: a product of two integers
// in [-127, 127] has 15 bits with its sign, so that 64 of them fit before a lane
// overflows into the next.
const (
	laneBits = 21
	laneRun  = 64
	longest  = 2048 // integers in a row
)

// multiplyPortable does three products with one multiplication of int64, and four
// rows with one reading of the weights.
func multiplyPortable(r *Rows, m *Matrix, out []float32, distance int) {
	var wide [4][longest]int64
	for first := 0; first < r.N; first += len(wide) {
		rows := min(len(wide), r.N-first)
		for i := range rows {
			row := wide[i][:m.stride]
			for k, q := range r.Q8[(first+i)*r.stride:][:m.stride] {
				row[k] = int64(q)
			}
		}
		for u := range m.units {
			sums := dotLanes(m.lanes[u*m.stride:(u+1)*m.stride], &wide)
			for i := range rows {
				m.finish(out[(first+i)*distance:], u, &sums[i], r.Scale[first+i])
			}
		}
	}
}

// finish writes the outputs of one unit for one row.
func (m *Matrix) finish(out []float32, unit int, sums *[3]int32, scale float32) {
	for j, sum := range sums {
		if n := unit*3 + j; n < m.N {
			scaled := float32(float32(float32(sum)*scale) * m.Scale[n])
			out[n] = float32(scaled + m.Bias[n])
		}
	}
}

// dotLanes multiplies three columns of weights, one a lane, with four rows.
func dotLanes(weights []int64, rows *[4][longest]int64) (sums [4][3]int32) {
	for at := 0; at < len(weights); at += laneRun {
		run := weights[at:min(at+laneRun, len(weights))]
		a, b, c, d := rows[0][at:][:len(run)], rows[1][at:][:len(run)], rows[2][at:][:len(run)], rows[3][at:][:len(run)]
		var s0, s1, s2, s3 int64
		for k, w := range run {
			s0 += w * a[k]
			s1 += w * b[k]
			s2 += w * c[k]
			s3 += w * d[k]
		}
		addLanes(&sums[0], s0)
		addLanes(&sums[1], s1)
		addLanes(&sums[2], s2)
		addLanes(&sums[3], s3)
	}
	return sums
}

// addLanes takes a sum of lanes apart, lowest first, each with its sign.
func addLanes(sums *[3]int32, total int64) {
	low := total << (64 - laneBits) >> (64 - laneBits)
	total = (total - low) >> laneBits
	middle := total << (64 - laneBits) >> (64 - laneBits)
	sums[0] += int32(low)
	sums[1] += int32(middle)
	sums[2] += int32((total - middle) >> laneBits)
}

// quantisePortable writes one row: scale = largest magnitude / 127, integers
// rounded half to even.
func quantisePortable(x []float32, r *Rows, i int) {
	top := float32(0)
	for _, v := range x {
		top = max(top, float32(math.Abs(float64(v))))
	}
	inverse := float32(0)
	if top > 0 {
		inverse = 127 / top
	}
	r.Scale[i] = float32(top * (1.0 / 127))
	row := r.Q8[i*r.stride : (i+1)*r.stride]
	sum := int32(0)
	for k, v := range x {
		q := int32(math.RoundToEven(float64(float32(v * inverse))))
		row[k] = int8(q)
		sum += q
	}
	clear(row[len(x):])
	r.Sum[i] = sum
}

// Constants of exp: x = n·ln 2 + f, exp(f) by a polynomial; Cephes' expf (S. Moshier).
const (
	expLow    = -87
	log2e     = float32(1.44269504088896341)
	ln2High   = float32(0.693359375)
	ln2Low    = float32(-2.12194440e-4)
	expC0     = float32(1.9875691500e-4)
	expC1     = float32(1.3981999507e-3)
	expC2     = float32(8.3334519073e-3)
	expC3     = float32(4.1665795894e-2)
	expC4     = float32(1.6666665459e-1)
	expC5     = float32(5.0000001201e-1)
	geluBound = float32(3.925)
)

// exp returns e^x for x ≤ 0; below -87 as at -87.
func exp(x float32) float32 {
	x = max(x, expLow)
	n := float32(math.RoundToEven(float64(float32(x * log2e))))
	f := float32(x - float32(n*ln2High))
	f = float32(f - float32(n*ln2Low))
	p := expC0
	for _, c := range [...]float32{expC1, expC2, expC3, expC4, expC5} {
		p = float32(float32(p*f) + c)
	}
	p = float32(float32(p*float32(f*f)) + f)
	p = float32(p + 1)
	return math.Float32frombits(math.Float32bits(p) + uint32(int32(n))<<23)
}

// softmaxPortable replaces x by exp(x - max) × factor, and returns the sum of the
// exponentials.
func softmaxPortable(x, factor []float32) float32 {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum [lanes]float32
	for k, v := range x {
		p := exp(float32(v - top))
		sum[k%lanes] = float32(sum[k%lanes] + p)
		x[k] = float32(p * factor[k])
	}
	return fold(sum)
}

// erf coefficients: odd rational function on [-geluBound, geluBound], fitted by
// gen/erf.py; its error is 5e-7.
var (
	erfTop    = [...]float32{-1.424287438e-06, 2.505258885e-04, 1.001823963e-02, 7.206599275e-02, 3.601199504e-01, 1.128382189e+00}
	erfBottom = [...]float32{2.338009932e-03, 2.785774139e-02, 1.813568095e-01, 6.524957778e-01, 1}
)

// gelu returns x·Φ(x), Φ the normal distribution's cumulative function.
func gelu(x float32) float32 {
	z := float32(x * float32(math.Sqrt2/2))
	z = min(max(z, -geluBound), geluBound)
	square := float32(z * z)
	top, bottom := erfTop[0], erfBottom[0]
	for _, c := range erfTop[1:] {
		top = float32(float32(top*square) + c)
	}
	for _, c := range erfBottom[1:] {
		bottom = float32(float32(bottom*square) + c)
	}
	half := float32(x * 0.5)
	return float32(half + float32(half*float32(float32(z*top)/bottom)))
}

func geluPortable(x []float32) {
	for i, v := range x {
		x[i] = gelu(v)
	}
}

// addNormPortable writes the layer norm of x + y into x.
func addNormPortable(x, y, weight, bias []float32, eps float32) {
	var sum, square [lanes]float32
	for i := range x {
		x[i] = float32(x[i] + y[i])
		sum[i%lanes] = float32(sum[i%lanes] + x[i])
	}
	n := float32(len(x))
	mean := float32(fold(sum) / n)
	for i := range x {
		d := float32(x[i] - mean)
		x[i] = d
		square[i%lanes] = float32(square[i%lanes] + float32(d*d))
	}
	variance := float32(fold(square) / n)
	inverse := float32(1 / float32(math.Sqrt(float64(float32(variance+eps)))))
	for i, d := range x {
		x[i] = float32(float32(float32(d*inverse)*weight[i]) + bias[i])
	}
}

// fold adds eight lanes in the order of the vector code: halves, then quarters.
func fold(v [lanes]float32) float32 {
	a := [4]float32{v[0] + v[4], v[1] + v[5], v[2] + v[6], v[3] + v[7]}
	b := [2]float32{a[0] + a[2], a[1] + a[3]}
	return b[0] + b[1]
}
