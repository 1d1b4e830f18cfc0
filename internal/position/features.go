package position

import (
	"strconv"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// features tells in readable words what may make a candidate right or wrong.
func (r *reader) features(c claim) []string {
	cueWords, voice, _ := strings.Cut(c.rule, "|")
	form, stance := string(c.cue.takes), string(c.stance)
	f := []string{
		"bias", "cue=" + cueWords, "voice=" + voice, "rule=" + c.rule, "stance=" + stance, "takes=" + form, "move=" + string(c.cue.move),
		"takes+voice=" + form + "|" + voice, "stance+voice=" + stance + "|" + voice, "mode=" + string(c.mode),
		"cue+first=" + cueWords + "|" + r.XPOS(int(r.Doc.TokensIn(c.mention).First)), "voice+holder=" + voice + "|" + string(r.Doc.Actors[c.holder].Kind),
		"overlaps cue=" + strconv.FormatBool(c.overlaps) + "|" + form, "own=" + strconv.FormatBool(c.own), "denied=" + strconv.FormatBool(c.denied), "negated=" + strconv.FormatBool(c.negated),
	}
	if cueWords == "verb" {
		lemma := r.Lemma(int(r.Doc.TokensIn(c.predicate).First))
		f = append(f, "verb="+lemma, "verb+stance="+lemma+"|"+stance, "negated+stance="+strconv.FormatBool(c.negated)+"|"+stance)
	}
	if form == "" {
		f = append(f, "tone+stance="+cueWords+"|"+stance)
	}
	f = append(f, r.wordFeatures(c, form, stance)...)
	f = append(f, r.holderFeatures(c)...)
	f = append(f, r.statementFeatures(c, stance)...)
	return append(f, r.placeFeatures(c)...)
}

// wordFeatures look at the words of the mention and those beside it.
func (r *reader) wordFeatures(c claim, form, stance string) []string {
	in := r.Doc.TokensIn(c.mention)
	i, j := int(in.First), int(in.End)
	size := steps(j-i, 1, 2, 3, 5, 8, 12, 16)
	f := []string{
		"words=" + size, "words+takes=" + size + "|" + form, "first=" + r.XPOS(i), "last=" + r.XPOS(j-1), "first+takes=" + r.XPOS(i) + "|" + form,
		"after=" + string(r.UPOS(j)), "before=" + string(r.UPOS(i-1)), "gap=" + steps(i-int(r.Doc.TokensIn(c.predicate).End), -1, 0, 1, 3, 8),
	}
	if r.UPOS(i) != document.PROPN && r.UPOS(i) != document.NUM {
		f = append(f, "firstword="+r.Lemma(i))
	}
	nouns, verbs, names, finite := 0, 0, 0, 0
	for t := i; t < j; t++ {
		switch {
		case r.IsFinite(t):
			finite++
			verbs++
			f = append(f, "word+stance="+r.Lemma(t)+"|"+class(c.stance))
		case r.UPOS(t) == document.VERB, r.UPOS(t) == document.ADJ:
			f = append(f, "word+stance="+r.Lemma(t)+"|"+class(c.stance))
			if r.UPOS(t) == document.VERB {
				verbs++
			}
		case r.UPOS(t) == document.NOUN:
			nouns++
			f = append(f, "noun="+r.Lemma(t), "noun+stance="+r.Lemma(t)+"|"+class(c.stance))
		case r.UPOS(t) == document.PROPN:
			names++
		}
	}
	f = append(f, "nouns="+steps(nouns, 0, 1, 2), "verbs="+steps(verbs, 0, 1, 2), "names="+steps(names, 0, 1, 3), "finite="+steps(finite, 0, 1)+"|"+form)
	if head, ok := r.headNoun(i, j); ok {
		f = append(f, "head="+head, "head+stance="+head+"|"+stance)
	}
	if nouns+verbs == 0 {
		f = append(f, "no content word")
	}
	return f
}

// headNoun returns the lemma of the last noun before a preposition, a verb or the
// end.
func (r *reader) headNoun(i, j int) (string, bool) {
	head := ""
	for t := i; t < j; t++ {
		switch r.UPOS(t) {
		case document.NOUN:
			head = r.Lemma(t)
		case document.ADP, document.VERB, document.SCONJ, document.PUNCT:
			if head != "" {
				return head, true
			}
		}
	}
	return head, head != ""
}

func (r *reader) holderFeatures(c claim) []string {
	a := &r.Doc.Actors[c.holder]
	f := []string{"holder=" + string(a.Kind), "holder mentions=" + steps(len(a.Mentions), 0, 1, 2, 4, 8)}
	named, before := false, false
	for _, m := range a.Mentions {
		span := r.Doc.Mentions[m].Span
		if r.Doc.Sentences[r.id].Span.Contains(span) {
			named = true
			before = before || span.Start < c.mention.Start
			if c.mention.Overlaps(span) {
				f = append(f, "holder in mention")
			}
		}
	}
	f = append(f, "holder named="+strconv.FormatBool(named), "holder before="+strconv.FormatBool(before))
	if c.by != document.NoActor {
		f = append(f, "by="+string(r.Doc.Actors[c.by].Kind), "by holder="+strconv.FormatBool(c.by == c.holder))
		if r.Doc.Actors[c.by].Role != "" {
			f = append(f, "by role")
		}
	}
	return f
}

func (r *reader) statementFeatures(c claim, stance string) []string {
	if c.statement == document.NoStatement {
		return []string{"told by reporter", "told by reporter|" + stance}
	}
	st := &r.Doc.Statements[c.statement]
	f := []string{
		"kind=" + string(st.Kind), "form=" + string(st.Form), "form+stance=" + string(st.Form) + "|" + stance,
		"spoken for=" + strconv.FormatBool(st.For != document.NoActor), "cue empty=" + strconv.FormatBool(st.Cue.IsEmpty()),
		"follows=" + strconv.FormatBool(st.Follows != document.NoStatement), "within=" + strconv.FormatBool(st.Within != document.NoStatement),
		"trust=" + steps(int(100*st.Sure.Value), 50, 60, 70, 80, 90),
	}
	if !st.Cue.IsEmpty() {
		lemma := r.Doc.In(st.Cue)
		if in := r.Doc.TokensIn(st.Cue); in.First < in.End && r.Doc.Tokens[in.First].Lemma != "" {
			lemma = r.Doc.Tokens[in.First].Lemma
		}
		f = append(f, "said="+lemma, "said+stance="+lemma+"|"+stance)
	}
	for k, piece := range st.Content {
		if piece.Overlaps(c.mention) {
			share := 100 * c.mention.Len() / max(1, piece.Len())
			f = append(f, "share="+steps(share, 20, 40, 60, 80, 95), "piece="+steps(k, 0, 1, 3))
			if piece.Contains(c.mention) {
				f = append(f, "at start="+strconv.FormatBool(c.mention.Start-piece.Start < 6), "at end="+strconv.FormatBool(piece.End-c.mention.End < 3))
			}
			break
		}
	}
	return f
}

func (r *reader) placeFeatures(c claim) []string {
	span := r.Doc.Sentences[r.id].Span
	f := []string{
		"sentence=" + steps(int(r.id), 0, 1, 2, 5, 10, 20), "paragraphs=" + steps(len(r.Doc.Paragraphs), 1, 3, 8, 15, 30),
		"length=" + steps(r.Hi-r.Lo, 8, 15, 25, 40), "statements=" + steps(r.statementsHere(span), 0, 1, 2, 4),
		"place=" + steps(100*(c.mention.Start-span.Start)/max(1, span.Len()), 20, 40, 60, 80), "others=" + steps(r.proposed, 1, 2, 3, 5, 8),
	}
	if r.id == 0 || span.End <= r.Doc.Article.Body.Start {
		f = append(f, "title")
	}
	if strings.HasSuffix(strings.TrimSpace(r.Doc.In(span)), "?") {
		f = append(f, "question")
	}
	if r.marked(c.mention) {
		f = append(f, "in marks")
	}
	return f
}

func (r *reader) statementsHere(span text.Span) int {
	n := 0
	for i := range r.Doc.Statements {
		if r.Doc.Statements[i].Span().Overlaps(span) {
			n++
		}
	}
	return n
}

// marked reports whether a quotation mark opens right before the words.
func (r *reader) marked(m text.Span) bool {
	return r.opensMark(int(r.Doc.TokensIn(m).First) - 1)
}

// steps sorts a number into the first step that it does not exceed.
func steps(n int, tops ...int) string {
	for _, top := range tops {
		if n <= top {
			return "≤" + strconv.Itoa(top)
		}
	}
	return ">" + strconv.Itoa(tops[len(tops)-1])
}

// class joins stances that lean the same way.
func class(s document.Stance) string {
	switch s {
	case document.Opposes, document.Rejects, document.Threatens:
		return "against"
	case document.Open, document.Conditional:
		return "open"
	}
	return "for"
}
