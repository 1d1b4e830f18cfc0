package plover

import (
	"rapporteur/internal/codebook"
	"rapporteur/internal/document"
)

// A value is what a predicate tells once what it governs is taken into account.
type value struct {
	cameo codebook.CAMEO
	mode  document.Mode
	sure  int // how far the words go beyond a verb that could mean anything
}

// deepest bounds how far operators look down: "agreed to begin to withdraw".
const deepest = 4

// eval returns what the word at i tells as a predicate, or nothing.
func (s *scan) eval(i, depth int) value {
	if depth > deepest {
		return value{}
	}
	m, ok := s.sense(i)
	if !ok {
		return s.plainVerb(i, depth)
	}
	v := s.compose(i, m, depth)
	if v.cameo == "" {
		return v
	}
	if len(m.with) > 0 {
		v.sure++
	}
	return s.modal(i, v)
}

// plainVerb gives a verb that the acts lack the code that it has by itself.
func (s *scan) plainVerb(i, depth int) value {
	if s.UPOS(i) != document.VERB {
		return value{}
	}
	for _, b := range s.bases[i-s.Lo] {
		if code := s.c.plain[b]; code != "" {
			return s.modal(i, value{cameo: code, mode: document.Asserted, sure: -3})
		}
	}
	return value{}
}

// sense returns the meaning of the word at i: the one with most words by it.
func (s *scan) sense(i int) (sense, bool) {
	var best sense
	found := false
	for _, b := range s.bases[i-s.Lo] {
		for _, m := range s.c.acts[s.pos(i)+" "+b] {
			if s.stands(m.with, i) && (!found || len(m.with) > len(best.with)) {
				best, found = m, true
			}
		}
	}
	return best, found
}

// pos returns the class of word by which the table knows token i.
func (s *scan) pos(i int) string {
	switch s.UPOS(i) {
	case document.VERB:
		return "V"
	case document.NOUN, document.PROPN:
		return "N"
	case document.ADJ:
		return "A"
	}
	return ""
}

// stands reports whether all words stand by token i: among what hangs on it, two
// steps deep, or right behind it.
func (s *scan) stands(words []string, i int) bool {
	for _, w := range words {
		if !s.is(i+1, w) && !s.is(i+2, w) && !s.hangs(w, i, 2) {
			return false
		}
	}
	return true
}

func (s *scan) hangs(word string, i, depth int) bool {
	for _, k := range s.kids(i) {
		if s.rel(k) == "case" && s.UPOS(s.head(k)) != document.VERB && s.hasObject(s.head(s.head(k))) {
			continue
		}
		if s.rel(k) == "nsubj" || s.rel(k) == "conj" && s.UPOS(k) == document.VERB || s.rel(k) == "parataxis" || s.rel(k) == "ccomp" {
			continue
		}
		if s.is(k, word) || depth > 1 && s.hangs(word, k, depth-1) {
			return true
		}
	}
	return false
}

// hasObject reports whether token i has an object: a preposition behind one is not
// the verb's own ("called the plan a gift for smugglers").
func (s *scan) hasObject(i int) bool {
	if !s.Has(i) {
		return false
	}
	for _, k := range s.kids(i) {
		if s.rel(k) == "obj" {
			return true
		}
	}
	return false
}

// compose joins the meaning of the word at i with what it governs.
func (s *scan) compose(i int, m sense, depth int) value {
	v := value{cameo: m.cameo, mode: document.Asserted}
	if m.act == does {
		return v
	}
	below := s.governed(i, depth+1)
	root := s.c.codebook.root(below.cameo)
	switch m.act {
	case asks:
		v.cameo = requested(root)
	case intends:
		v.cameo, v.mode = intended(root, below.cameo), document.Intended
		if below.cameo == "" {
			v.mode = document.Asserted
		}
	case refuses:
		v.cameo = refused(root)
	case threaten:
		v.cameo = threatened(root)
	case stops:
		v.cameo = stopped(root)
		if root == "" {
			v.sure = -2
		}
	case resumes:
		if isCooperation(root) || root == "" {
			v.cameo = "050"
		} else {
			v.cameo = below.cameo
		}
	case light, tries, says:
		return below
	case passes:
		if below.cameo != "" {
			return below
		}
	}
	return v
}

// governed returns what the complements of i tell: its clauses first, then its
// object, then what prepositions join to it.
func (s *scan) governed(i, depth int) value {
	for _, wanted := range [][]string{{"xcomp", "ccomp"}, {"obj", "nsubj:pass", "obl", "nmod"}, {"advcl", "acl"}} {
		for _, k := range s.kids(i) {
			for _, r := range wanted {
				if s.rel(k) != r || k < i && r != "nsubj:pass" {
					continue
				}
				if v := s.evalPhrase(k, depth); v.cameo != "" {
					return v
				}
			}
		}
	}
	return value{}
}

// evalPhrase evaluates the head of a complement, else the nouns that specify it:
// "a series of attacks", "new trade sanctions".
func (s *scan) evalPhrase(k, depth int) value {
	if v := s.eval(k, depth); v.cameo != "" || s.UPOS(k) == document.VERB {
		return v
	}
	for _, n := range s.kids(k) {
		switch s.rel(n) {
		case "nmod", "compound", "conj", "amod":
			if v := s.eval(n, depth+1); v.cameo != "" {
				return v
			}
		}
	}
	return value{}
}

// modal changes a value by what stands before the predicate: negation, the future,
// obligation. PLOVER manual 0.8: future cooperation is AGREE, future conflict is
// THREATEN.
func (s *scan) modal(i int, v value) value {
	root := s.c.codebook.root(v.cameo)
	negated, modal := false, ""
	for _, k := range s.kids(i) {
		switch s.Form(k) {
		case "not", "n't", "never", "no":
			negated = negated || k < i || s.rel(k) == "advmod"
		case "will", "would", "shall", "'ll", "'d":
			modal = "will"
		case "should", "must":
			modal = "must"
		case "could", "may", "might":
			modal = "may"
		}
	}
	if v.mode == "" {
		v.mode = document.Asserted
	}
	switch {
	case negated && (isCooperation(root) || root == "REQUEST"):
		return value{cameo: refused(root), mode: document.Asserted, sure: v.sure}
	case negated && modal == "will" && isConflict(root):
		return value{cameo: "030", mode: document.Intended, sure: v.sure}
	case negated:
		v.mode, v.sure = document.Negated, v.sure-4
	case modal == "must":
		return value{cameo: requested(root), mode: document.Asserted, sure: v.sure}
	case modal == "will":
		return value{cameo: intended(root, v.cameo), mode: document.Intended, sure: v.sure}
	case modal == "may":
		v.mode = document.Hypothetical
	}
	return v
}

// isCooperation reports whether a root is cooperative in deed.
func isCooperation(r codebook.PLOVER) bool {
	switch r {
	case "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT":
		return true
	}
	return false
}

// isConflict reports whether a root is material conflict.
func isConflict(r codebook.PLOVER) bool {
	switch r {
	case "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT":
		return true
	}
	return false
}

// requested, intended, refused, threatened and stopped give the code of a request
// for, an intention of, a refusal of, a threat of and an end to an act of a root.
// CAMEO manual 1.1b3, chapter 2: codes 10, 03, 12, 13, 16 and 08 repeat the others.
func requested(r codebook.PLOVER) codebook.CAMEO {
	switch r {
	case "COOPERATE", "SUPPORT":
		return "101"
	case "AID":
		return "103"
	case "CONCEDE":
		return "104"
	case "RETREAT":
		return "105"
	case "CONSULT", "AGREE":
		return "106"
	}
	return "100"
}

func intended(r codebook.PLOVER, plain codebook.CAMEO) codebook.CAMEO {
	switch r {
	case "":
		return "030"
	case "AID":
		return "033"
	case "COOPERATE":
		return "031"
	case "CONSULT":
		return "036"
	case "CONCEDE", "RETREAT":
		return "035"
	case "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "THREATEN":
		return threatened(r)
	}
	return plain
}

func refused(r codebook.PLOVER) codebook.CAMEO {
	switch r {
	case "COOPERATE", "SUPPORT":
		return "121"
	case "AID":
		return "122"
	case "CONCEDE", "RETREAT":
		return "124"
	case "CONSULT":
		return "125"
	case "AGREE":
		return "127"
	}
	return "120"
}

func threatened(r codebook.PLOVER) codebook.CAMEO {
	switch r {
	case "SANCTION":
		return "131"
	case "COERCE":
		return "132"
	case "PROTEST":
		return "133"
	case "ASSAULT", "MOBILIZE":
		return "138"
	}
	return "130"
}

func stopped(r codebook.PLOVER) codebook.CAMEO {
	switch r {
	case "AID":
		return "162"
	case "CONSULT":
		return "164"
	case "SUPPORT", "COOPERATE", "AGREE":
		return "161"
	case "SANCTION":
		return "085"
	case "COERCE", "ACCUSE", "REJECT", "REQUEST":
		return "081"
	case "PROTEST":
		return "082"
	case "ASSAULT", "MOBILIZE", "THREATEN":
		return "087"
	case "CONCEDE", "RETREAT":
		return "130"
	}
	return "160"
}
