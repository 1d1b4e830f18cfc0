package engine

import (
	"fmt"
	"strings"

	"rapporteur/internal/nlp/decode"
	"rapporteur/internal/nlp/encoder"
	"rapporteur/internal/nlp/encoder/kernel"
	"rapporteur/internal/weights"
)

// A loader reads tensors and keeps the first error.
type loader struct {
	file *weights.File
	err  error
}

func (l *loader) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}

func (l *loader) floats(name string) []float32 {
	v, err := l.file.Floats(name)
	l.keep(err)
	return v
}

func (l *loader) quantised(name string) encoder.Quantised {
	data, err := l.file.Int8s(name)
	l.keep(err)
	return encoder.Quantised{Data: data, Scale: l.floats(name + ".scale")}
}

func (l *loader) linear(name string) encoder.Linear {
	return encoder.Linear{Quantised: l.quantised(name), Bias: l.floats(name + ".bias")}
}

func (l *loader) norm(name string) encoder.Norm {
	return encoder.Norm{Weight: l.floats(name + ".weight"), Bias: l.floats(name + ".bias")}
}

// whole turns a quantised matrix back into floats.
func whole(q encoder.Quantised) []float32 {
	if len(q.Scale) == 0 {
		return nil
	}
	out, width := make([]float32, len(q.Data)), len(q.Data)/len(q.Scale)
	for i, v := range q.Data {
		out[i] = float32(v) * q.Scale[i/width]
	}
	return out
}

func (l *loader) encoder(path kernel.Path) *encoder.Encoder {
	size := l.file.Encoder
	p := encoder.Parameters{
		Size:   encoder.Size{Layers: size.Layers, Hidden: size.Hidden, Heads: size.Heads, Inner: size.Inner, Positions: size.Places, Eps: size.Eps},
		Pieces: l.quantised("pieces"), Places: whole(l.quantised("places")), Shapes: l.floats("shapes"), Norm: l.norm("norm"),
	}
	for i := range size.Layers {
		name := fmt.Sprintf("layer.%d.", i)
		p.Layers = append(p.Layers, encoder.LayerParameters{
			QKV: l.linear(name + "qkv"), Out: l.linear(name + "out"), Up: l.linear(name + "up"), Down: l.linear(name + "down"),
			Norm1: l.norm(name + "norm1"), Norm2: l.norm(name + "norm2"),
		})
	}
	if l.err != nil {
		return nil
	}
	e, err := encoder.New(p, path)
	l.keep(err)
	return e
}

// heads lays all linear heads side by side and notes their columns.
func (l *loader) heads(s *Stage, path kernel.Path) *kernel.Matrix {
	var all encoder.Linear
	for _, name := range linear {
		one := l.linear("head." + name)
		s.at[name] = column{len(all.Bias), len(one.Bias)}
		all.Data = append(all.Data, one.Data...)
		all.Scale = append(all.Scale, one.Scale...)
		all.Bias = append(all.Bias, one.Bias...)
		if labels := l.labels(name); l.err == nil && labels != len(one.Bias) {
			l.keep(fmt.Errorf("head %s has %d outputs for %d labels", name, len(one.Bias), labels))
		}
	}
	if l.err != nil {
		return nil
	}
	return encoder.Pack(path, all, len(all.Bias), l.file.Encoder.Hidden)
}

func (l *loader) labels(task string) int { return len(l.file.Tasks[task].Labels) }

func (l *loader) trees(path kernel.Path) trees {
	task, hidden := l.file.Tasks["tree"], l.file.Encoder.Hidden
	t := trees{labels: task.Labels, arc: task.Arc, rel: task.Rel, root: l.floats("tree.root")}
	arcDep, arcHead, relDep, relHead := l.linear("tree.arc_dep"), l.linear("tree.arc_head"), l.linear("tree.rel_dep"), l.linear("tree.rel_head")
	arcs, rels := l.linear("tree.arc"), l.linear("tree.rel")
	if l.err != nil {
		return t
	}
	if len(rels.Bias) != len(task.Labels)*(task.Rel+1) || len(arcs.Bias) != task.Arc {
		l.keep(fmt.Errorf("the matrices of the tree do not fit %d relations", len(task.Labels)))
		return t
	}
	t.arcDep, t.arcHead = encoder.Pack(path, arcDep, task.Arc, hidden), encoder.Pack(path, arcHead, task.Arc, hidden)
	t.relDep, t.relHead = encoder.Pack(path, relDep, task.Rel, hidden), encoder.Pack(path, relHead, task.Rel, hidden)
	t.arcs, t.rels = encoder.Pack(path, arcs, task.Arc, task.Arc), encoder.Pack(path, rels, len(rels.Bias), task.Rel)
	return t
}

func (l *loader) links() links {
	out := links{hidden: l.file.Encoder.Hidden, kinds: map[string]pairNet{}}
	for _, kind := range l.file.Tasks["links"].Kinds {
		net := pairNet{}
		for name, to := range map[string]*layer{"cue": &net.cue, "span": &net.span, "number": &net.number, "last": &net.last} {
			one := l.linear("links." + name + "." + kind)
			*to = layer{weight: whole(one.Quantised), bias: one.Bias}
		}
		out.kinds[kind] = net
	}
	return out
}

// bio returns the steps of a chain that has no weights of its own: none is better
// than another, but "I" goes on with what is of its kind alone.
func bio(labels []string) decode.Transitions {
	n := len(labels)
	t := decode.Transitions{Start: make([]float32, n), From: make([]float32, n*n)}
	for b, label := range labels {
		kind, inside := strings.CutPrefix(label, "I-")
		if !inside {
			continue
		}
		t.Start[b] = decode.Never
		for a, before := range labels {
			if before != "B-"+kind && before != label {
				t.From[a*n+b] = decode.Never
			}
		}
	}
	return t
}
