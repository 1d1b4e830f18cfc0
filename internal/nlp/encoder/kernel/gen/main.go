// Command gen writes the assembly of the AVX2 and AVX-512 VNNI paths with avo.
//
// In: nothing. Out: kernel_amd64.s and its Go declarations, by the flags of avo
// (go generate in the folder above). What always holds: each float step is the
// same sequence of single operations as in portable.go, without fused ones.
package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func main() {
	Package("rapporteur/internal/text") // any package: avo only wants the signatures' types
	ConstraintExpr("amd64")
	for units := 1; units <= 3; units++ {
		tileVNNI(units)
		tileAVX2(units)
	}
	quantise("quantise8", true)
	quantise("quantise16", false)
	softmax()
	gelu()
	addNorm()
	quantiseWide()
	softmaxWide()
	geluWide()
	Generate()
}

// broadcast returns eight lanes of one constant.
func broadcast(name string, value float32) VecVirtual {
	v := YMM()
	VBROADCASTSS(constant(name, value), v)
	return v
}

func constant(name string, value float32) Mem {
	m := GLOBL(name, NOPTR|RODATA)
	DATA(0, U32(math.Float32bits(value)))
	return m
}

// A vector is a register of eight lanes, chosen by hand or not.
type vector interface {
	Register
	Vec
}

// foldMax leaves the largest of eight lanes in lane 0.
func foldMax(v vector) {
	t := XMM()
	VEXTRACTF128(Imm(1), v, t)
	VMAXPS(t, v.AsX(), v.AsX())
	VMOVHLPS(v.AsX(), v.AsX(), t)
	VMAXPS(t, v.AsX(), v.AsX())
	VPSHUFD(Imm(1), v.AsX(), t)
	VMAXPS(t, v.AsX(), v.AsX())
}

// foldSum leaves the sum of eight lanes in lane 0: halves, quarters, last two.
func foldSum(v vector) {
	t := XMM()
	VEXTRACTF128(Imm(1), v, t)
	VADDPS(t, v.AsX(), v.AsX())
	VMOVHLPS(v.AsX(), v.AsX(), t)
	VADDPS(t, v.AsX(), v.AsX())
	VPSHUFD(Imm(1), v.AsX(), t)
	VADDPS(t, v.AsX(), v.AsX())
}

// foldInt leaves the sum of eight int32 lanes in lane 0.
func foldInt(v vector) {
	t := XMM()
	VEXTRACTI128(Imm(1), v, t)
	VPADDD(t, v.AsX(), v.AsX())
	VPSHUFD(Imm(0x4e), v.AsX(), t)
	VPADDD(t, v.AsX(), v.AsX())
	VPSHUFD(Imm(1), v.AsX(), t)
	VPADDD(t, v.AsX(), v.AsX())
}

// storeInts writes eight int32 as int8 or int16 and moves the pointer on.
func storeInts(v VecVirtual, to Register, bytes bool) {
	t := XMM()
	VEXTRACTI128(Imm(1), v, t)
	VPACKSSDW(t, v.AsX(), t)
	if bytes {
		VPACKSSWB(t, t, t)
		VMOVQ(t, Mem{Base: to})
		ADDQ(Imm(8), to)
		return
	}
	VMOVDQU(t, Mem{Base: to})
	ADDQ(Imm(16), to)
}

// each runs body once for every eight floats; n is a multiple of eight above zero.
func each(label string, n Register, body func()) {
	count := GP64()
	MOVQ(n, count)
	Label(label)
	body()
	SUBQ(Imm(8), count)
	JNZ(LabelRef(label))
}
