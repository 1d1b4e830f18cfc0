package move

import (
	"strings"

	"rapporteur/internal/lexicon"
)

// shape is a form of a verb.
type shape uint8

const (
	base   shape = 1 << iota // "urge", "urges"
	past                     // "urged", as past tense or participle
	gerund                   // "urging"
)

// A verb is a predicate that may carry a move.
type verb struct {
	polarity Polarity
	says     bool
}

// A form is a verb in one of its shapes.
type form struct {
	verb
	lemma  string
	shapes shape
}

// verbs holds every form of the verbs of a table: trees are kinder to long lists
// than lemmas are.
type verbs map[string]form

func loadVerbs(lex *lexicon.Lexicon) (verbs, error) {
	table, err := lex.Table("move_verbs")
	if err != nil {
		return nil, err
	}
	out := verbs{}
	for _, row := range table.Rows {
		v := verb{polarity: Polarity(row.Get("polarity")), says: row.Get("says") == "yes"}
		if v.polarity != Support && v.polarity != Oppose && v.polarity != Report {
			return nil, row.Errorf("%q is no polarity", v.polarity)
		}
		lemma := row.Get("verb")
		out.add(lemma, lemma, v, base)
		out.add(third(lemma), lemma, v, base)
		out.add(ing(lemma), lemma, v, gerund)
		pasts := strings.Fields(row.Get("irregular"))
		if len(pasts) == 0 {
			pasts = []string{ed(lemma)}
		}
		for _, p := range pasts {
			out.add(p, lemma, v, past)
		}
	}
	return out, nil
}

func (vs verbs) add(word, lemma string, v verb, s shape) {
	vs[word] = form{verb: v, lemma: lemma, shapes: vs[word].shapes | s}
}

// third, ed and ing are the regular forms of English verbs (Quirk et al. 1985,
// 3.5 to 3.10).
func third(v string) string {
	switch {
	case endsIn(v, "s", "x", "z", "ch", "sh"):
		return v + "es"
	case endsIn(v, "y") && !endsIn(v, "ay", "ey", "oy", "uy"):
		return v[:len(v)-1] + "ies"
	}
	return v + "s"
}

func ed(v string) string {
	switch {
	case endsIn(v, "e"):
		return v + "d"
	case endsIn(v, "y") && !endsIn(v, "ay", "ey", "oy", "uy"):
		return v[:len(v)-1] + "ied"
	}
	return v + "ed"
}

func ing(v string) string {
	switch {
	case v == "refer" || v == "prefer":
		return v + "ring"
	case endsIn(v, "e") && !endsIn(v, "ee"):
		return v[:len(v)-1] + "ing"
	}
	return v + "ing"
}

func endsIn(word string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}
