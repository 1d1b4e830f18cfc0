package event

import (
	"slices"
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// An expectWord tells of what is to come.
type expectWord struct {
	tells, value string
	days         int // of a window
}

// expectWords are the words that tell of what is to come, by what they tell.
type expectWords struct{ acts, awaits, plans, windows *lexicon.Phrases[expectWord] }

func (s *Stage) loadExpectations(lex *lexicon.Lexicon) error {
	table, err := lex.Table("expectations")
	if err != nil {
		return err
	}
	of := map[string]**lexicon.Phrases[expectWord]{"act": &s.expect.acts, "await": &s.expect.awaits, "plan": &s.expect.plans, "window": &s.expect.windows}
	for _, list := range of {
		*list = lexicon.NewPhrases[expectWord]()
	}
	for _, row := range table.Rows {
		w := expectWord{tells: row.Get("tells"), value: row.Get("value")}
		list, ok := of[w.tells]
		if !ok {
			return row.Errorf("%q tells %q, which is no part of what is to come", row.Get("word"), w.tells)
		}
		if w.tells == "window" {
			if w.days, ok = number(w.value); !ok {
				return row.Errorf("%q is no number of days", w.value)
			}
		}
		(*list).Add(row.Get("word"), w)
	}
	return nil
}

func number(s string) (int, bool) {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 10000 {
			return 0, false
		}
		n = 10*n + int(r-'0')
	}
	return n, s != ""
}

// findExpectations reads acts under a verb or auxiliary of the future that have a day
// to come, and acts told as done. Negated, supposed and asked ones say nothing
// (TimeML annotation guidelines 1.2.1: modality and polarity of events): "will not
// send", "would send if", "will they send?".
func (s *Stage) findExpectations(d *document.Doc, trees []*tree) {
	if !d.Layers.Has(document.LayerParse) || d.Article.Published.IsZero() {
		return
	}
	for id, t := range trees {
		x := &expecting{tree: t, s: s, sentence: document.SentenceID(id)}
		for i := t.Lo; i < t.Hi; i++ {
			if e, ok := x.read(i); ok {
				d.Expectations = append(d.Expectations, e)
			}
		}
	}
}

// An expecting reads one sentence.
type expecting struct {
	*tree
	s        *Stage
	sentence document.SentenceID
}

func (x *expecting) read(i int) (document.Expectation, bool) {
	if !x.acts(i) || x.Form(x.Hi-1) == "?" || x.isSupposed(i) {
		return document.Expectation{}, false
	}
	if w, _, ok := x.s.expect.acts.At(x.Word, i); ok {
		switch {
		case x.isAhead(i):
			return x.future(i, w)
		case x.isDone(i):
			return x.done(i, w)
		}
	}
	if w, end, ok := x.s.expect.awaits.At(x.Word, i); ok && !x.isNegated(i) {
		return x.awaited(i, end, w)
	}
	return document.Expectation{}, false
}

// isNegated reports whether "not" or "never" stands with the verb.
func (x *expecting) isNegated(i int) bool {
	return slices.ContainsFunc(x.kids(i, "advmod aux det"), func(k int) bool { return lexicon.OneOf(x.Form(k), "not n't never no hardly") })
}

// isSupposed reports whether the verb stands in a condition, or under one.
func (x *expecting) isSupposed(i int) bool {
	for _, clause := range x.kids(i, "advcl") {
		for _, k := range x.kids(clause, "mark") {
			if lexicon.OneOf(x.Form(k), "if unless") {
				return true
			}
		}
	}
	for n := 0; i >= 0 && n < 8; n++ {
		for _, k := range x.kids(i, "mark aux advmod") {
			if lexicon.OneOf(x.Form(k), "if unless whether could might would should lest") {
				return true
			}
		}
		if i = x.head(i); i >= 0 && x.IsVerb(i) && !lexicon.OneOf(x.rel(i), "root") && x.rel(i) == "parataxis" {
			return false
		}
	}
	return false
}

// isAhead reports whether the act is set ahead: by "will", or by a verb or adjective
// of planning that rules it: "is due to publish".
func (x *expecting) isAhead(i int) bool {
	if x.isNegated(i) {
		return false
	}
	for _, k := range x.kids(i, "aux") {
		if lexicon.OneOf(x.Form(k), "will 'll shall may") {
			return true
		}
	}
	if x.rel(i) != "xcomp" && x.rel(i) != "ccomp" {
		return false
	}
	up := x.head(i)
	_, _, ok := x.s.expect.plans.At(x.Word, up)
	return ok && !x.isNegated(up) && x.XPOS(i) == "VB"
}

// isDone reports whether the act is told as done: in the past tense, or perfect.
func (x *expecting) isDone(i int) bool {
	if x.isNegated(i) {
		return false
	}
	switch x.XPOS(i) {
	case "VBD":
		return true
	case "VBN":
		return slices.ContainsFunc(x.kids(i, "aux"), func(k int) bool { return lexicon.OneOf(x.Form(k), "has have had was were been 's") })
	case "VBZ", "VBP":
		return len(x.kids(i, "aux")) == 0 // reports of the day tell what was done in the present
	}
	return false
}

func (x *expecting) future(i int, w expectWord) (document.Expectation, bool) {
	e, ok := x.act(i, w.value)
	if !ok {
		return e, false
	}
	e.By = x.daysAhead(i)
	if !e.By.IsKnown() {
		return e, false
	}
	e.Made.Rule = "expected-act"
	return e, true
}

func (x *expecting) done(i int, w expectWord) (document.Expectation, bool) {
	e, ok := x.act(i, w.value)
	if !ok || e.Who == document.NoActor {
		return e, false
	}
	e.Done, e.Made.Rule = true, "done-act"
	e.By = calendar.On(x.Doc.Article.Published)
	for _, t := range x.Doc.Times {
		if k := int(x.Doc.TokensIn(t.Span).First); x.Has(k) && x.under(k, i) && t.When.Precision == calendar.ToDay && !x.Doc.Article.Published.Before(t.When.First) {
			e.By = t.When
		}
	}
	return e, true
}

// act fills in who does what. What is done has an object, or is an answer or a vote.
func (x *expecting) act(i int, kind string) (document.Expectation, bool) {
	e := x.empty(kind)
	passive := slices.ContainsFunc(x.below[i], func(k int) bool { return x.Doc.Tokens[k].DepRel == "nsubj:pass" })
	what := text.Span{}
	if passive {
		for _, k := range x.kids(i, "obl") {
			if x.mark(k) == "by" {
				e.Who = x.side(k)
			}
		}
		subject := x.kids(i, "nsubj")[0]
		lo, _ := x.extent(subject)
		what = x.Span(lo, i+1)
	} else {
		for _, k := range x.subjects(i) {
			if e.Who == document.NoActor {
				e.Who = x.side(k)
			}
		}
		hi := i + 1
		for _, k := range x.kids(i, "obj ccomp xcomp iobj") {
			if _, end := x.extent(k); k > i {
				hi = max(hi, end)
			}
		}
		what = x.Span(i, hi)
		if hi == i+1 && !lexicon.OneOf(x.Lemma(i), "respond reply answer vote decide rule") && kind != "begin" {
			return e, false
		}
	}
	e.What = what
	return e, true
}

func (x *expecting) empty(kind string) document.Expectation {
	return document.Expectation{
		Who: document.NoActor, Kind: kind, AssertedBy: document.NoActor, Statement: document.NoStatement,
		Evidence: x.Doc.Sentences[x.sentence].Span, Made: document.Made{Stage: "event", Version: Version},
	}
}

// awaited reads "Moscow expects written answers from Veyra next week".
func (x *expecting) awaited(i, end int, w expectWord) (document.Expectation, bool) {
	e := x.empty("give")
	objects := x.kids(i, "obj")
	if len(objects) == 0 && end > i+1 {
		objects = x.kids(i, "obl")
	}
	if len(objects) == 0 || x.UPOS(objects[0]) != document.NOUN {
		return e, false
	}
	for _, k := range x.kids(objects[0], "nmod") {
		if x.mark(k) == "from" {
			e.Who = x.side(k)
		}
	}
	lo, hi := x.extent(objects[0])
	e.What = x.Span(lo, x.withoutTime(lo, hi))
	e.By = x.daysAhead(i)
	e.Made.Rule = "awaited"
	return e, e.By.IsKnown()
}

// extent returns the tokens from the first to the last below token i, up to a clause
// or a time of its own.
func (x *expecting) extent(i int) (lo, hi int) {
	lo, hi = i, i+1
	for _, k := range x.below[i] {
		if lexicon.OneOf(x.rel(k), "punct acl advcl parataxis appos") || k > i && x.isDay(k) {
			continue
		}
		l, h := x.extent(k)
		lo, hi = min(lo, l), max(hi, h)
	}
	return lo, hi
}

func (x *expecting) withoutTime(lo, hi int) int {
	for k := lo; k < hi; k++ {
		if x.isDay(k) && k > lo {
			return k
		}
	}
	return hi
}

func (x *expecting) isDay(k int) bool {
	at := x.Doc.Tokens[k].Span.Start
	return slices.ContainsFunc(x.Doc.Times, func(t document.Time) bool { return t.Span.Has(at) })
}

// side returns the side that the noun at k stands for; "we" is that of the speaker, and
// "US" no pronoun: "Aydin noted that the US may send the text next week".
func (x *expecting) side(k int) document.ActorID {
	if x.UPOS(k) == document.PRON && lexicon.OneOf(x.Form(k), "we i us") {
		if st := x.Doc.StatementAt(x.Doc.Tokens[k].Span.Start); st != document.NoStatement {
			return x.Doc.Statements[st].For
		}
		return document.NoActor
	}
	a := x.actorAt(k, func(document.ActorID) bool { return true })
	if a == document.NoActor {
		return a
	}
	if list := x.Doc.Parties(a); len(list) > 0 {
		return list[0]
	}
	return a
}

// daysAhead returns the days to come that the words beside the act at i tell: a time
// below it, or below what rules it, or at the end of its clause.
func (x *expecting) daysAhead(i int) calendar.When {
	published := x.Doc.Article.Published
	for _, t := range x.Doc.Times {
		k := int(x.Doc.TokensIn(t.Span).First)
		if !x.Has(k) || k < i && !x.under(k, i) || !published.Before(t.When.Last) || t.When.Precision == calendar.ToYear || !t.When.IsKnown() {
			continue
		}
		if x.belongs(k, i) {
			return t.When
		}
	}
	for k := i + 1; k < min(x.Hi, i+25); k++ {
		if w, _, ok := x.s.expect.windows.At(x.Word, k); ok && x.belongs(k, i) {
			return calendar.Between(published, published.Add(w.days))
		}
	}
	return calendar.When{}
}

// belongs reports whether the words at k hang below the act at i, or on what rules it
// without another act between them.
func (x *expecting) belongs(k, i int) bool {
	if x.under(k, i) {
		return true
	}
	for h := x.head(k); h >= 0; h = x.head(h) {
		if x.acts(h) {
			return x.under(i, h) && lexicon.OneOf(x.rel(i), "xcomp ccomp conj") && x.head(i) == h
		}
	}
	return false
}

// tellExpectations says who tells each of them.
func tellExpectations(d *document.Doc) {
	for i := range d.Expectations {
		e := &d.Expectations[i]
		if st := d.StatementAt(e.What.Start); st != document.NoStatement {
			e.Statement, e.AssertedBy = st, d.Statements[st].Speaker
		}
		e.Sure = document.Confidence{Likely: strings.Contains(" "+strings.ToLower(d.In(e.Evidence))+" ", " may ")}
	}
}
