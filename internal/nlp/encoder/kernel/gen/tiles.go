package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const tileArguments = "(a *byte, aStride int, w *byte, unit, steps int, rowScale *float32, rowSum *int32, scale, bias, out *float32, outStride int)"

// arg loads an argument where it is needed: there are too many to keep all in registers.
func arg(name string) Register { return Load(Param(name), GP64()) }

// tileVNNI: 8 rows × 16·units outputs. Activations are the signed bytes and are
// broadcast from memory, weights the unsigned ones (weight + 128), so the sum is
// too large by 128 × the row's sum, which the epilogue takes off.
func tileVNNI(units int) {
	TEXT(fmt.Sprintf("tileVNNI%d", units), NOSPLIT, "func"+tileArguments)
	Pragma("noescape")
	p0, stride, w, unit, steps := arg("a"), arg("aStride"), arg("w"), arg("unit"), arg("steps")
	p3, p6 := GP64(), GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, p3)
	LEAQ(Mem{Base: p0, Index: p3, Scale: 2}, p6)
	ADDQ(p0, p3)
	row := func(i int) Mem {
		base := [3]Register{p0, p3, p6}[i/3]
		if i%3 == 0 {
			return Mem{Base: base}
		}
		return Mem{Base: base, Index: stride, Scale: uint8(i % 3)}
	}
	sums := accumulators(8, units, func() VecVirtual {
		z := ZMM()
		VPXORD(z, z, z)
		return z
	})
	Label("step")
	var weights []VecVirtual
	for u := range units {
		z := ZMM()
		VMOVDQU32(unitOf(w, unit, u), z)
		weights = append(weights, z)
	}
	for i := range sums {
		four := ZMM()
		VPBROADCASTD(row(i), four)
		for u, z := range weights {
			VPDPBUSD(four, z, sums[i][u])
		}
	}
	for _, p := range []Register{p0, p3, p6} {
		ADDQ(Imm(4), p)
	}
	ADDQ(Imm(64), w)
	DECQ(steps)
	JNZ(LabelRef("step"))
	rowScale, rowSum, scale, bias, out, outStride := arg("rowScale"), arg("rowSum"), arg("scale"), arg("bias"), arg("out"), arg("outStride")
	for i := range sums {
		shift := ZMM()
		VPBROADCASTD(Mem{Base: rowSum, Disp: 4 * i}, shift)
		VPSLLD(Imm(7), shift, shift)
		for u, z := range sums[i] {
			VPSUBD(shift, z, z)
			VCVTDQ2PS(z, z)
			VMULPS_BCST(Mem{Base: rowScale, Disp: 4 * i}, z, z)
			VMULPS(Mem{Base: scale, Disp: 64 * u}, z, z)
			VADDPS(Mem{Base: bias, Disp: 64 * u}, z, z)
			VMOVUPS(z, Mem{Base: out, Disp: 64 * u})
		}
		ADDQ(outStride, out)
	}
	VZEROUPPER()
	RET()
}

// tileAVX2: 4 rows × 8·units outputs, in 16-bit integers, which never saturate.
func tileAVX2(units int) {
	TEXT(fmt.Sprintf("tileAVX2x%d", units), NOSPLIT, "func"+tileArguments)
	Pragma("noescape")
	p0, stride, w, unit, steps := arg("a"), arg("aStride"), arg("w"), arg("unit"), arg("steps")
	p3 := GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, p3)
	ADDQ(p0, p3)
	rows := []Mem{{Base: p0}, {Base: p0, Index: stride, Scale: 1}, {Base: p0, Index: stride, Scale: 2}, {Base: p3}}
	sums := accumulators(4, units, func() VecVirtual {
		y := YMM()
		VPXOR(y, y, y)
		return y
	})
	Label("step")
	for i, row := range rows {
		pair, product := YMM(), YMM()
		VPBROADCASTD(row, pair)
		for u := range units {
			VPMADDWD(unitOf(w, unit, u), pair, product)
			VPADDD(product, sums[i][u], sums[i][u])
		}
	}
	ADDQ(Imm(4), p0)
	ADDQ(Imm(4), p3)
	ADDQ(Imm(32), w)
	DECQ(steps)
	JNZ(LabelRef("step"))
	rowScale, scale, bias, out, outStride := arg("rowScale"), arg("scale"), arg("bias"), arg("out"), arg("outStride")
	for i := range sums {
		by := YMM()
		VBROADCASTSS(Mem{Base: rowScale, Disp: 4 * i}, by)
		for u, y := range sums[i] {
			VCVTDQ2PS(y, y)
			VMULPS(by, y, y)
			VMULPS(Mem{Base: scale, Disp: 32 * u}, y, y)
			VADDPS(Mem{Base: bias, Disp: 32 * u}, y, y)
			VMOVUPS(y, Mem{Base: out, Disp: 32 * u})
		}
		ADDQ(outStride, out)
	}
	VZEROUPPER()
	RET()
}

func accumulators(rows, units int, zero func() VecVirtual) [][]VecVirtual {
	sums := make([][]VecVirtual, rows)
	for i := range sums {
		for range units {
			sums[i] = append(sums[i], zero())
		}
	}
	return sums
}

// unitOf is the place of unit u's weights of this step.
func unitOf(w, distance Register, u int) Mem {
	if u == 0 {
		return Mem{Base: w}
	}
	return Mem{Base: w, Index: distance, Scale: uint8(u)}
}
