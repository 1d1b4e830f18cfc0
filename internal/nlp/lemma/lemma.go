// Package lemma gives words their dictionary form.
//
// In: tokens with their XPOS. Out: Token.Lemma. What always holds: the lemma is in
// lower case and depends on the word and its XPOS alone; the time is linear in the
// text.
//
// Lemmas follow Universal Dependencies for English (EWT): "met" is "meet", "n't" is
// "not", "better" is "good" or "well" by its part of speech.
package lemma

import (
	"context"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A Stage adds LayerLemmas.
type Stage struct {
	words map[[2]string]string // word and XPOS → lemma
	verbs map[string]bool      // forms that are a bare verb
}

// New returns a stage that reads the tables "lemma/words" and "lemma/verbs".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{words: map[[2]string]string{}, verbs: map[string]bool{}}
	words, err := lex.Table("lemma/words")
	if err != nil {
		return nil, err
	}
	for _, r := range words.Rows {
		s.words[[2]string{r.Get("word"), r.Get("xpos")}] = r.Get("lemma")
	}
	verbs, err := lex.Table("lemma/verbs")
	if err != nil {
		return nil, err
	}
	for _, r := range verbs.Rows {
		s.verbs[r.Get("word")] = true
	}
	return s, nil
}

// Name returns "lemma".
func (s *Stage) Name() string { return "lemma" }

// Version changes whenever the same text may be read differently.
func (s *Stage) Version() string { return "1" }

// Needs returns tags.
func (s *Stage) Needs() document.Layers { return document.LayerTags }

// Adds returns lemmas.
func (s *Stage) Adds() document.Layers { return document.LayerLemmas }

// Annotate fills Token.Lemma.
func (s *Stage) Annotate(_ context.Context, d *document.Doc) error {
	for i := range d.Tokens {
		t := &d.Tokens[i]
		t.Lemma = s.Of(d.In(t.Span), t.XPOS)
	}
	return nil
}

// Of returns the lemma of a word that has a Penn tag: from the table, else by the
// regular endings of English.
func (s *Stage) Of(form, xpos string) string {
	w := strings.ToLower(strings.ReplaceAll(form, "’", "'"))
	if lemma, ok := s.words[[2]string{w, xpos}]; ok {
		return lemma
	}
	switch xpos {
	case "NNS", "VBZ":
		return singular(w)
	case "VBD", "VBN":
		if strings.HasSuffix(w, "ied") && len(w) > 4 {
			return w[:len(w)-3] + "y"
		}
		return s.bareVerb(w, "ed")
	case "VBG":
		return s.bareVerb(w, "ing")
	case "CD":
		return number(w)
	}
	return w
}

// number takes the commas between thousands out: "12,000".
func number(w string) string {
	if w[0] < '0' || w[0] > '9' || strings.Trim(w, "0123456789,.") != "" || !strings.Contains(w, ",") {
		return w
	}
	for i, part := range strings.Split(strings.SplitN(w, ".", 2)[0], ",") {
		if i > 0 && len(part) != 3 {
			return w
		}
	}
	return strings.ReplaceAll(w, ",", "")
}

func singular(w string) string {
	if strings.HasSuffix(w, "ies") && len(w) > 4 {
		return w[:len(w)-3] + "y"
	}
	for _, end := range []string{"crises", "theses", "lyses"} {
		if strings.HasSuffix(w, end) {
			return w[:len(w)-2] + "is"
		}
	}
	for _, end := range []string{"sses", "shes", "ches", "xes", "zzes"} {
		if strings.HasSuffix(w, end) {
			return w[:len(w)-2]
		}
	}
	if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return strings.TrimSuffix(w[:len(w)-1], "'")
	}
	return w
}

// bareVerb takes the ending off a verb: a known verb first ("stating" → "state"),
// then by spelling ("planned" → "plan").
func (s *Stage) bareVerb(w, end string) string {
	stem := strings.TrimSuffix(w, end)
	if stem == w || !strings.ContainsAny(stem, "aeiouy") {
		return w
	}
	single := stem
	if n := len(stem); n > 2 && stem[n-1] == stem[n-2] {
		single = stem[:n-1]
	}
	for _, candidate := range []string{stem + "e", stem, single} {
		if s.verbs[candidate] {
			return candidate
		}
	}
	last := stem[len(stem)-1:]
	if single != stem && !strings.ContainsAny(last, "lsfz") {
		return single
	}
	if strings.ContainsAny(last, "vscgzu") && !strings.HasSuffix(stem, "ss") {
		return stem + "e"
	}
	for _, tail := range []string{"at", "iz", "ir", "ur", "ut", "id", "as", "is", "os", "bl", "pl", "tl", "dl", "gl", "kl"} {
		if strings.HasSuffix(stem, tail) {
			return stem + "e"
		}
	}
	return stem
}
