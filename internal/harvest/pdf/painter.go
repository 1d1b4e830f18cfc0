package pdf

import (
	"context"
	"math"
)

// A glyph is a piece of text at its place on the page; size is that of its letters.
type glyph struct {
	words      string
	x, y       float64
	width      float64
	size       float64
	horizontal bool
}

// A matrix is [a b c d e f] of ISO 32000-1, 8.3.3.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times returns the transformation m and then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// A state is what operators of text and graphics set.
type state struct {
	ctm                        matrix
	font                       *font
	size, leading              float64
	letter, word, scale, raise float64
}

// A painter follows the operators of a content stream that show text.
type painter struct {
	ctx   context.Context
	file  *file
	fonts map[int]*font    // by the number of their object
	own   map[string]*font // of this content stream, by name
	found []glyph
	state
	saved []state
	text  matrix
	line  matrix
	forms int
}

// maxForms is how deep forms may lie in one another.
const maxForms = 12

// maxOperands is how many values may stand before an operator.
const maxOperands = 64

// paint follows a content stream with its resources.
func (p *painter) paint(content []byte, resources dict, ctm matrix, depth int) {
	if depth > maxForms {
		return
	}
	before, kept, own := p.state, p.saved, p.own
	p.own = map[string]*font{}
	p.state, p.saved = state{ctm: ctm, scale: 1}, nil
	p.text, p.line = identity, identity
	l := &lexer{b: content}
	var args []any
	for p.ctx.Err() == nil && len(p.found) <= maxGlyphs {
		v, ok := l.next()
		if !ok {
			break
		}
		word, isOp := v.(op)
		if !isOp {
			if len(args) < maxOperands {
				args = append(args, v)
			}
			continue
		}
		if word == "ID" {
			l.picture()
		} else if !p.graphics(word, args, resources, depth) {
			p.shows(word, args, resources)
		}
		args = args[:0]
	}
	p.state, p.saved, p.own = before, kept, own
}

// picture passes over the bytes of a picture in a content stream (8.9.7).
func (l *lexer) picture() {
	for ; l.i+3 < len(l.b); l.i++ {
		if isSpace(l.b[l.i]) && l.b[l.i+1] == 'E' && l.b[l.i+2] == 'I' && isSpace(l.b[l.i+3]) {
			l.i += 3
			return
		}
	}
	l.i = len(l.b)
}

// graphics follows the operators of graphics.
func (p *painter) graphics(word op, args []any, resources dict, depth int) bool {
	switch word {
	case "q":
		if len(p.saved) < 512 {
			p.saved = append(p.saved, p.state)
		}
	case "Q":
		if n := len(p.saved); n > 0 {
			p.state, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		p.ctm = p.matrixOf(args).times(p.ctm)
	case "Do":
		if len(args) == 1 {
			p.form(p.file.get(resources["XObject"], p.file.name(args[0])), resources, depth)
		}
	default:
		return false
	}
	return true
}

// form paints a form, which is a content stream of its own (8.10).
func (p *painter) form(form any, resources dict, depth int) {
	if p.forms++; p.file.name(p.file.get(form, "Subtype")) != "Form" || p.forms > 20000 {
		return
	}
	content, err := p.file.content(form)
	if err != nil {
		return
	}
	if own := p.file.dict(p.file.get(form, "Resources")); own != nil {
		resources = own
	}
	at := p.ctm
	if m := p.file.list(p.file.get(form, "Matrix")); len(m) == 6 {
		at = p.matrixOf(m).times(at)
	}
	text, line := p.text, p.line
	p.paint(content, resources, at, depth+1)
	p.text, p.line = text, line
}

func (p *painter) matrixOf(args []any) matrix {
	if len(args) != 6 {
		return identity
	}
	var m matrix
	for i := range m {
		m[i] = p.file.number(args[i])
	}
	return m
}

// shows follows the operators of text (ISO 32000-1, 9.3 and 9.4).
func (p *painter) shows(word op, args []any, resources dict) {
	number := func(i int) float64 {
		if i < len(args) {
			return p.file.number(args[i])
		}
		return 0
	}
	switch word {
	case "BT":
		p.text, p.line = identity, identity
	case "Tf":
		if len(args) == 2 {
			p.font, p.size = p.fontOf(resources, p.file.name(args[0])), number(1)
		}
	case "Tc":
		p.letter = number(0)
	case "Tw":
		p.word = number(0)
	case "Tz":
		p.scale = number(0) / 100
	case "TL":
		p.leading = number(0)
	case "Ts":
		p.raise = number(0)
	case "Td":
		p.next(number(0), number(1))
	case "TD":
		p.leading = -number(1)
		p.next(number(0), number(1))
	case "Tm":
		p.line = p.matrixOf(args)
		p.text = p.line
	case "T*":
		p.next(0, -p.leading)
	case "Tj":
		p.show(args, 0)
	case "'":
		p.next(0, -p.leading)
		p.show(args, 0)
	case "\"":
		p.word, p.letter = number(0), number(1)
		p.next(0, -p.leading)
		p.show(args, 2)
	case "TJ":
		if len(args) != 1 {
			return
		}
		for _, v := range p.file.list(args[0]) {
			if s, ok := v.(str); ok {
				p.string(s)
			} else {
				p.advance(-p.file.number(v) / 1000 * p.size * p.scale)
			}
		}
	}
}

func (p *painter) show(args []any, i int) {
	if i < len(args) {
		s, _ := args[i].(str)
		p.string(s)
	}
}

// next begins a new line.
func (p *painter) next(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.times(p.line)
	p.text = p.line
}

func (p *painter) advance(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.times(p.text) }

// string shows the codes of one string.
func (p *painter) string(s str) {
	if p.font == nil {
		return
	}
	p.font.each(s, func(code int, words string, width float64) {
		at := p.text.times(p.ctm)
		at[4] += p.raise * at[2]
		at[5] += p.raise * at[3]
		w := width / 1000 * p.size * p.scale
		size := math.Hypot(at[2], at[3]) * math.Abs(p.size)
		p.found = append(p.found, glyph{words: words, x: at[4], y: at[5], width: w * math.Hypot(at[0], at[1]), size: size, horizontal: math.Abs(at[1]) < 0.1*math.Abs(at[0])+1e-9})
		w += p.letter * p.scale
		if code == ' ' && !p.font.wide {
			w += p.word * p.scale
		}
		p.advance(w)
	})
}
