// Package encoder turns word pieces into vectors with a small transformer whose
// weights are int8, in pure Go.
//
// In: piece ids and shapes of one window. Out: one vector of float32 a piece. What
// always holds: the same vectors on every processor, bit for bit.
package encoder
