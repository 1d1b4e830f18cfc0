package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// quantise: see quantisePortable.
func quantise(name string, bytes bool) {
	TEXT(name, NOSPLIT, "func(x *float32, n int, q *byte) (scale float32, sum int32)")
	Pragma("noescape")
	x, n, q := Load(Param("x"), GP64()), Load(Param("n"), GP64()), Load(Param("q"), GP64())
	sign, top := broadcast(name+"_abs", 0), YMM()
	VPCMPEQD(sign, sign, sign)
	VPSRLD(Imm(1), sign, sign)
	VXORPS(top, top, top)
	at := GP64()
	MOVQ(x, at)
	each("largest", n, func() {
		v := YMM()
		VANDPS(Mem{Base: at}, sign, v)
		VMAXPS(v, top, top)
		ADDQ(Imm(32), at)
	})
	foldMax(top)
	inverse, zero, above, scale := XMM(), XMM(), XMM(), XMM()
	VMOVSS(constant(name+"_127", 127), inverse)
	VDIVSS(top.AsX(), inverse, inverse)
	VXORPS(zero, zero, zero)
	VCMPSS(Imm(14), zero, top.AsX(), above) // top > 0
	VANDPS(above, inverse, inverse)
	VMULSS(constant(name+"_part", 1.0/127), top.AsX(), scale)
	Store(scale, Return("scale"))
	by, sum := YMM(), YMM()
	VBROADCASTSS(inverse, by)
	VPXOR(sum, sum, sum)
	each("integers", n, func() {
		v := YMM()
		VMULPS(Mem{Base: x}, by, v)
		VCVTPS2DQ(v, v)
		VPADDD(v, sum, sum)
		storeInts(v, q, bytes)
		ADDQ(Imm(32), x)
	})
	foldInt(sum)
	total := GP32()
	VMOVD(sum.AsX(), total)
	Store(total, Return("sum"))
	VZEROUPPER()
	RET()
}

// softmax: see softmaxPortable; what stands beyond the row is -Inf.
func softmax() {
	TEXT("softmaxAVX2", NOSPLIT, "func(x, factor *float32, n int) (sum float32)")
	Pragma("noescape")
	x, factor, n := Load(Param("x"), GP64()), Load(Param("factor"), GP64()), Load(Param("n"), GP64())
	top, at := YMM(), GP64()
	VMOVUPS(Mem{Base: x}, top)
	MOVQ(x, at)
	each("largest", n, func() {
		VMAXPS(Mem{Base: at}, top, top)
		ADDQ(Imm(32), at)
	})
	foldMax(top)
	VBROADCASTSS(top.AsX(), top)
	sum, low, one := YMM(), broadcast("softmax_low", -87), broadcast("softmax_one", 1)
	log2e, high, rest := broadcast("softmax_log2e", 1.44269504088896341), broadcast("softmax_high", 0.693359375), broadcast("softmax_rest", -2.12194440e-4)
	VXORPS(sum, sum, sum)
	each("weights", n, func() {
		v, k, f, p := YMM(), YMM(), YMM(), YMM()
		VMOVUPS(Mem{Base: x}, v)
		VSUBPS(top, v, v)
		VMAXPS(low, v, v)
		VMULPS(log2e, v, k)
		VROUNDPS(Imm(0), k, k)
		VMULPS(high, k, f)
		VSUBPS(f, v, f)
		VMULPS(rest, k, v)
		VSUBPS(v, f, f)
		polynomial("softmax_c", p, f, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
		VMULPS(f, f, v)
		VMULPS(v, p, p)
		VADDPS(f, p, p)
		VADDPS(one, p, p)
		VCVTPS2DQ(k, k)
		VPSLLD(Imm(23), k, k)
		VPADDD(k, p, p)
		VADDPS(p, sum, sum)
		VMULPS(Mem{Base: factor}, p, p)
		VMOVUPS(p, Mem{Base: x})
		ADDQ(Imm(32), x)
		ADDQ(Imm(32), factor)
	})
	foldSum(sum)
	Store(sum.AsX(), Return("sum"))
	VZEROUPPER()
	RET()
}

// gelu: see gelu in portable.go.
func gelu() {
	TEXT("geluAVX2", NOSPLIT, "func(x *float32, n int)")
	Pragma("noescape")
	x, n := Load(Param("x"), GP64()), Load(Param("n"), GP64())
	root, half := broadcast("gelu_root", 0.70710678118654752440), broadcast("gelu_half", 0.5)
	low, high := broadcast("gelu_low", -3.925), broadcast("gelu_high", 3.925)
	each("values", n, func() {
		v, z, s, p, q := YMM(), YMM(), YMM(), YMM(), YMM()
		VMOVUPS(Mem{Base: x}, v)
		VMULPS(root, v, z)
		VMAXPS(low, z, z)
		VMINPS(high, z, z)
		VMULPS(z, z, s)
		polynomial("gelu_top", p, s, -1.424287438e-06, 2.505258885e-04, 1.001823963e-02, 7.206599275e-02, 3.601199504e-01, 1.128382189e+00)
		polynomial("gelu_bottom", q, s, 2.338009932e-03, 2.785774139e-02, 1.813568095e-01, 6.524957778e-01, 1)
		VMULPS(z, p, p)
		VDIVPS(q, p, p)
		VMULPS(half, v, v)
		VMULPS(v, p, p)
		VADDPS(p, v, v)
		VMOVUPS(v, Mem{Base: x})
		ADDQ(Imm(32), x)
	})
	VZEROUPPER()
	RET()
}

// polynomial leaves Horner's sum in p, highest coefficient first.
func polynomial(name string, p, s VecVirtual, coefficients ...float32) {
	t := YMM()
	VBROADCASTSS(constant(name+"0", coefficients[0]), p)
	for i, c := range coefficients[1:] {
		VMULPS(s, p, p)
		VBROADCASTSS(constant(name+string(rune('1'+i)), c), t)
		VADDPS(t, p, p)
	}
}

// addNorm: see addNormPortable.
func addNorm() {
	TEXT("addNormAVX2", NOSPLIT, "func(x, y, weight, bias *float32, n int, count, eps float32)")
	Pragma("noescape")
	x, y, weight, bias, n := Load(Param("x"), GP64()), Load(Param("y"), GP64()), Load(Param("weight"), GP64()), Load(Param("bias"), GP64()), Load(Param("n"), GP64())
	count, eps := Load(Param("count"), XMM()), Load(Param("eps"), XMM())
	at, mean, square := GP64(), YMM(), YMM()
	VXORPS(mean, mean, mean)
	MOVQ(x, at)
	each("sum", n, func() {
		v := YMM()
		VMOVUPS(Mem{Base: at}, v)
		VADDPS(Mem{Base: y}, v, v)
		VMOVUPS(v, Mem{Base: at})
		VADDPS(v, mean, mean)
		ADDQ(Imm(32), at)
		ADDQ(Imm(32), y)
	})
	foldSum(mean)
	VDIVSS(count, mean.AsX(), mean.AsX())
	VBROADCASTSS(mean.AsX(), mean)
	VXORPS(square, square, square)
	MOVQ(x, at)
	each("square", n, func() {
		v := YMM()
		VMOVUPS(Mem{Base: at}, v)
		VSUBPS(mean, v, v)
		VMOVUPS(v, Mem{Base: at})
		VMULPS(v, v, v)
		VADDPS(v, square, square)
		ADDQ(Imm(32), at)
	})
	foldSum(square)
	VDIVSS(count, square.AsX(), square.AsX())
	VADDSS(eps, square.AsX(), square.AsX())
	VSQRTSS(square.AsX(), square.AsX(), square.AsX())
	inverse := YMM()
	VMOVSS(constant("norm_one", 1), inverse.AsX())
	VDIVSS(square.AsX(), inverse.AsX(), inverse.AsX())
	VBROADCASTSS(inverse.AsX(), inverse)
	each("scale", n, func() {
		v := YMM()
		VMULPS(Mem{Base: x}, inverse, v)
		VMULPS(Mem{Base: weight}, v, v)
		VADDPS(Mem{Base: bias}, v, v)
		VMOVUPS(v, Mem{Base: x})
		for _, p := range []Register{x, weight, bias} {
			ADDQ(Imm(32), p)
		}
	})
	VZEROUPPER()
	RET()
}
