package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The functions here do on sixteen floats at once what those of floats.go do on
// eight: the same operations on each, and sums still over eight lanes, the lower
// half of sixteen before the upper one.

// broadcastWide returns sixteen lanes of one constant.
func broadcastWide(name string, value float32) VecVirtual {
	v := ZMM()
	VBROADCASTSS(constant(name, value), v)
	return v
}

// eachWide runs body once for every sixteen floats; n is a multiple above zero.
func eachWide(label string, n Register, body func()) {
	count := GP64()
	MOVQ(n, count)
	Label(label)
	body()
	SUBQ(Imm(16), count)
	JNZ(LabelRef(label))
}

func zeroWide() VecVirtual {
	v := ZMM()
	VPXORD(v, v, v)
	return v
}

// upper returns the upper eight lanes.
func upper(v VecVirtual) VecVirtual {
	t := YMM()
	VEXTRACTF64X4(Imm(1), v, t)
	return t
}

// halves moves both halves of v to registers that AVX2 instructions can name.
func halves(v VecVirtual) {
	VEXTRACTF64X4(Imm(0), v, Y0)
	VEXTRACTF64X4(Imm(1), v, Y1)
}

// foldMaxWide leaves the largest of sixteen lanes in lane 0 of register 0.
func foldMaxWide(v VecVirtual) {
	halves(v)
	VMAXPS(Y1, Y0, Y0)
	foldMax(Y0)
}

// integersWide writes the floats at x as bytes at q by the largest magnitude in
// lane 0 of register 0, and stores scale and sum.
func integersWide(name string, x, q, n Register) {
	VMOVSS(constant(name+"_127", 127), X1)
	VDIVSS(X0, X1, X1)
	VXORPS(X2, X2, X2)
	VCMPSS(Imm(14), X2, X0, X2) // largest > 0
	VANDPS(X2, X1, X1)
	VMULSS(constant(name+"_part", 1.0/127), X0, X0)
	Store(X0, Return("scale"))
	by, sum := ZMM(), zeroWide()
	VBROADCASTSS(X1, by)
	eachWide("integers", n, func() {
		v, bytes := ZMM(), XMM()
		VMULPS(Mem{Base: x}, by, v)
		VCVTPS2DQ(v, v)
		VPADDD(v, sum, sum)
		VPMOVSDB(v, bytes)
		VMOVDQU(bytes, Mem{Base: q})
		ADDQ(Imm(64), x)
		ADDQ(Imm(16), q)
	})
	halves(sum)
	VPADDD(Y1, Y0, Y0)
	foldInt(Y0)
	total := GP32()
	VMOVD(X0, total)
	Store(total, Return("sum"))
	VZEROUPPER()
	RET()
}

// magnitudes returns a mask that takes signs off.
func magnitudes() VecVirtual {
	sign := ZMM()
	VPTERNLOGD(Imm(0xff), sign, sign, sign) // all ones
	VPSRLD(Imm(1), sign, sign)
	return sign
}

// quantiseWide: see quantisePortable.
func quantiseWide() {
	TEXT("quantiseWide", NOSPLIT, "func(x *float32, n int, q *byte) (scale float32, sum int32)")
	Pragma("noescape")
	x, n, q := Load(Param("x"), GP64()), Load(Param("n"), GP64()), Load(Param("q"), GP64())
	sign, top, at := magnitudes(), zeroWide(), GP64()
	MOVQ(x, at)
	eachWide("largest", n, func() {
		v := ZMM()
		VPANDD(Mem{Base: at}, sign, v)
		VMAXPS(v, top, top)
		ADDQ(Imm(64), at)
	})
	foldMaxWide(top)
	integersWide("quantiseWide", x, q, n)
}

// softmaxWide: see softmaxPortable; the weights are quantised at once.
func softmaxWide() {
	TEXT("softmaxWide", NOSPLIT, "func(x, factor *float32, n int, q *byte) (total, scale float32, sum int32)")
	Pragma("noescape")
	x, factor, n, q := Load(Param("x"), GP64()), Load(Param("factor"), GP64()), Load(Param("n"), GP64()), Load(Param("q"), GP64())
	top, at := ZMM(), GP64()
	VMOVUPS(Mem{Base: x}, top)
	MOVQ(x, at)
	eachWide("largest", n, func() {
		VMAXPS(Mem{Base: at}, top, top)
		ADDQ(Imm(64), at)
	})
	foldMaxWide(top)
	VBROADCASTSS(X0, top)
	low, one := broadcastWide("softmaxWide_low", -87), broadcastWide("softmaxWide_one", 1)
	log2e, high, rest := broadcastWide("softmaxWide_log2e", 1.44269504088896341), broadcastWide("softmaxWide_high", 0.693359375), broadcastWide("softmaxWide_rest", -2.12194440e-4)
	steps := wideConstants("softmaxWide_c", 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
	sign, total, largest := magnitudes(), zeroWide(), zeroWide()
	MOVQ(x, at)
	eachWide("weights", n, func() {
		v, k, f := ZMM(), ZMM(), ZMM()
		VMOVUPS(Mem{Base: at}, v)
		VSUBPS(top, v, v)
		VMAXPS(low, v, v)
		VMULPS(log2e, v, k)
		VRNDSCALEPS(Imm(0), k, k)
		VMULPS(high, k, f)
		VSUBPS(f, v, f)
		VMULPS(rest, k, v)
		VSUBPS(v, f, f)
		p := horner(f, steps)
		VMULPS(f, f, v)
		VMULPS(v, p, p)
		VADDPS(f, p, p)
		VADDPS(one, p, p)
		VCVTPS2DQ(k, k)
		VPSLLD(Imm(23), k, k)
		VPADDD(k, p, p)
		VADDPS(p.AsY(), total.AsY(), total.AsY())
		VADDPS(upper(p), total.AsY(), total.AsY())
		VMULPS(Mem{Base: factor}, p, p)
		VMOVUPS(p, Mem{Base: at})
		VPANDD(sign, p, p)
		VMAXPS(p, largest, largest)
		ADDQ(Imm(64), at)
		ADDQ(Imm(64), factor)
	})
	halves(total)
	foldSum(Y0)
	Store(X0, Return("total"))
	foldMaxWide(largest)
	integersWide("softmaxWide", x, q, n)
}

// geluWide: see gelu in portable.go; the values are quantised at once.
func geluWide() {
	TEXT("geluWide", NOSPLIT, "func(x *float32, n int, q *byte) (scale float32, sum int32)")
	Pragma("noescape")
	x, n, q := Load(Param("x"), GP64()), Load(Param("n"), GP64()), Load(Param("q"), GP64())
	root, half := broadcastWide("geluWide_root", 0.70710678118654752440), broadcastWide("geluWide_half", 0.5)
	low, high := broadcastWide("geluWide_low", -3.925), broadcastWide("geluWide_high", 3.925)
	above := wideConstants("geluWide_top", -1.424287438e-06, 2.505258885e-04, 1.001823963e-02, 7.206599275e-02, 3.601199504e-01, 1.128382189e+00)
	below := wideConstants("geluWide_bottom", 2.338009932e-03, 2.785774139e-02, 1.813568095e-01, 6.524957778e-01, 1)
	sign, largest, at := magnitudes(), zeroWide(), GP64()
	MOVQ(x, at)
	eachWide("values", n, func() {
		v, z, s := ZMM(), ZMM(), ZMM()
		VMOVUPS(Mem{Base: at}, v)
		VMULPS(root, v, z)
		VMAXPS(low, z, z)
		VMINPS(high, z, z)
		VMULPS(z, z, s)
		p, q := horner(s, above), horner(s, below)
		VMULPS(z, p, p)
		VDIVPS(q, p, p)
		VMULPS(half, v, v)
		VMULPS(v, p, p)
		VADDPS(p, v, v)
		VMOVUPS(v, Mem{Base: at})
		VPANDD(sign, v, v)
		VMAXPS(v, largest, largest)
		ADDQ(Imm(64), at)
	})
	foldMaxWide(largest)
	integersWide("geluWide", x, q, n)
}

func wideConstants(name string, values ...float32) []VecVirtual {
	var out []VecVirtual
	for i, v := range values {
		out = append(out, broadcastWide(name+string(rune('0'+i)), v))
	}
	return out
}

// horner returns Horner's sum in s, highest coefficient first.
func horner(s VecVirtual, coefficients []VecVirtual) VecVirtual {
	p := ZMM()
	VMULPS(s, coefficients[0], p)
	VADDPS(coefficients[1], p, p)
	for _, c := range coefficients[2:] {
		VMULPS(s, p, p)
		VADDPS(c, p, p)
	}
	return p
}
