package lexicon

import "strings"

// Phrases finds fixed expressions of one or more words. A word of an expression
// matches a token by its form in lower case or by its lemma; "*" stands for one
// or two tokens of any kind. The longest expression wins.
type Phrases[T any] struct {
	first map[string][]phrase[T]
}

type phrase[T any] struct {
	words []string
	value T
}

// NewPhrases returns an empty set.
func NewPhrases[T any]() *Phrases[T] { return &Phrases[T]{first: map[string][]phrase[T]{}} }

// Add puts an expression into the set. Its words are divided by spaces; the first
// is not "*".
func (p *Phrases[T]) Add(expression string, value T) {
	words := strings.Fields(strings.ToLower(expression))
	if len(words) > 0 {
		p.first[words[0]] = append(p.first[words[0]], phrase[T]{words, value})
	}
}

// A Word gives form (lower case) and lemma of the i-th token; ok is false outside
// the tokens at hand.
type Word func(i int) (form, lemma string, ok bool)

// At returns the value of the longest expression that begins at token i, and the
// token after its end; ok is false when there is none. Of expressions of equal
// length the one added first wins.
func (p *Phrases[T]) At(word Word, i int) (value T, end int, ok bool) {
	form, lemma, there := word(i)
	if !there {
		return value, i, false
	}
	end = i
	for _, head := range []string{form, lemma} {
		for _, ph := range p.first[head] {
			if e := matchEnd(word, ph.words[1:], i+1); e > end {
				value, end, ok = ph.value, e, true
			}
		}
		if form == lemma {
			break
		}
	}
	return value, end, ok
}

// matchEnd returns the token after words when they stand at token i, else -1.
func matchEnd(word Word, words []string, i int) int {
	for n, w := range words {
		if w == "*" {
			for skip := 1; skip <= 2; skip++ {
				if e := matchEnd(word, words[n+1:], i+skip); e > 0 {
					return e
				}
			}
			return -1
		}
		form, lemma, ok := word(i)
		if !ok || (form != w && lemma != w) {
			return -1
		}
		i++
	}
	return i
}
