package event

import (
	"slices"
	"strings"

	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// findInstruments reads documents in play: a noun of a document that a verb of
// its state rules, or that its author owns: "Iran's draft", "sent a letter to".
func (s *Stage) findInstruments(d *document.Doc, trees []*tree) {
	for _, t := range trees {
		v, x := t.View, &expecting{tree: t, s: s}
		for i := v.Lo; i < v.Hi; i++ {
			w, end, ok := s.instruments.At(v.Word, i)
			if !ok || w.tells != "kind" || !isPaper(v, i) {
				continue
			}
			if in, ok := s.readInstrument(x, w, i, end); ok {
				addInstrument(d, in)
			}
			i = end - 1
		}
	}
}

func (s *Stage) readInstrument(x *expecting, w instrumentWord, i, end int) (document.Instrument, bool) {
	v := x.View
	out := document.Instrument{Kind: w.value, By: document.NoActor, Made: document.Made{Stage: "event", Rule: "instrument-noun", Version: Version}}
	mention := phraseOf(v, i, end)
	about := x.complement(i, end)
	if !about.IsEmpty() {
		mention = mention.Cover(about)
	}
	out.Name, out.Mentions = v.Doc.In(mention), []text.Span{mention}
	verb := s.stateOf(v, i, end, &out)
	switch {
	case v.Has(verb) && x.isKnown() && x.isUnreal(verb):
		out.State = ""
	case x.isKnown():
		x.whoPut(&out, verb, i, end)
	case lexicon.OneOf(out.State, "proposed introduced") && verb < i:
		out.By = leftSide(v, verb)
	}
	if owner := ownerOf(v, i); owner != document.NoActor && v.UPOS(i) != document.PROPN {
		out.By = owner
	}
	put := true // "the draft by Orsa", "submitted by Orsa", but "rejected by Orsa"
	for k := end; k < min(v.Hi, end+8); k++ {
		put = put && (!v.IsVerb(k) || lexicon.OneOf(out.State, "proposed introduced"))
		if v.Form(k) == "by" && put && out.By == document.NoActor {
			out.By = sideAt(v, k+1)
		}
		if lexicon.OneOf(v.Form(k), "to with") {
			if to := sideAt(v, k+1); to != document.NoActor && !slices.Contains(out.To, to) && to != out.By {
				out.To = append(out.To, to)
			}
		}
	}
	for _, t := range v.Doc.Times {
		if v.Span(v.Lo, v.Hi).Contains(t.Span) && t.When.Precision == calendar.ToDay && out.State != "" {
			out.When = t.When
			break
		}
	}
	if lexicon.OneOf(out.Kind, "agreement treaty") { // it is of all who sign it
		out.To, out.By = addSide(out.To, out.By), document.NoActor
	}
	named := v.UPOS(i) == document.PROPN || strings.Contains(out.Name, " ") && hasDigit(out.Name)
	told := out.State != "" && (strings.Contains(out.Name, " ") || lexicon.OneOf(out.Kind, "letter bill resolution draft agreement treaty"))
	return out, told || out.By != document.NoActor || named || !about.IsEmpty() && lexicon.OneOf(out.Kind, "agreement treaty letter resolution proposal")
}

// isPaper reports whether the word at i can be a document: a noun; an act or a law
// only by its name ("the Harbour Act"), plans and acts of people are none.
func isPaper(v *document.View, i int) bool {
	if lexicon.OneOf(v.Lemma(i), "act law convention protocol note") || v.Lemma(i) == "plan" && v.XPOS(i) != "NN" {
		return v.UPOS(i) == document.PROPN
	}
	return lexicon.OneOf(string(v.UPOS(i)), "NOUN PROPN")
}

// longestComplement is how many tokens of what a document is about its name takes.
const longestComplement = 8

// complement returns what follows a document's noun and belongs to it: "with Veyra",
// "between Orsa and Veyra on the toll".
func (x *expecting) complement(i, end int) text.Span {
	top := x.top(i, end)
	for _, k := range x.kids(top, "nmod") {
		if k < end || !lexicon.OneOf(x.mark(k), "with between on") {
			continue
		}
		lo, hi := x.extent(k)
		for n := lo + 1; n < hi; n++ {
			if x.Form(n) == "to" || x.isDay(n) {
				hi = n
			}
		}
		if lo >= end && hi-lo <= longestComplement && !x.isDay(lo) {
			return x.Span(lo, hi)
		}
	}
	return text.Span{}
}

// isUnreal reports whether a verb tells what did not happen or may never: it is
// negated, stands in a condition or under a modal (TimeML: polarity, modality).
func (x *expecting) isUnreal(verb int) bool {
	if x.isNegated(verb) || x.isSupposed(verb) {
		return true
	}
	if m := x.kids(verb, "mark"); len(m) > 0 && lexicon.OneOf(x.Form(m[0]), "to") && x.rel(verb) == "xcomp" {
		return true // "wants to submit a draft"
	}
	return slices.ContainsFunc(x.kids(verb, "aux"), func(k int) bool { return lexicon.OneOf(x.Form(k), "will 'll shall may can") })
}

// whoPut fills in who put a document and who got it, by the verb of its state: whose
// act proposing is, whom it goes to; who received, studied or rejected it got it.
func (x *expecting) whoPut(out *document.Instrument, verb, i, end int) {
	if !x.Has(verb) || !x.under(x.top(i, end), verb) {
		return
	}
	var doers []document.ActorID
	passive := slices.ContainsFunc(x.below[verb], func(k int) bool { return x.Doc.Tokens[k].DepRel == "nsubj:pass" })
	if !passive {
		for _, k := range x.subjects(verb) {
			doers = append(doers, x.party(k))
		}
	}
	for _, k := range x.kids(verb, "obl") {
		switch {
		case passive && x.mark(k) == "by":
			doers = append(doers, x.party(k))
		case lexicon.OneOf(out.State, "proposed introduced") && x.mark(k) == "to":
			out.To = addSide(out.To, x.party(k))
		case out.State == "received" && x.mark(k) == "from":
			out.By = x.party(k)
		}
	}
	for _, k := range x.kids(verb, "iobj") {
		out.To = addSide(out.To, x.party(k))
	}
	for _, a := range doers {
		switch out.State {
		case "proposed", "introduced":
			if out.By == document.NoActor {
				out.By = a
			}
		case "received", "under review", "rejected":
			out.To = addSide(out.To, a)
		}
	}
}

// party returns the named side at token k.
func (x *expecting) party(k int) document.ActorID {
	a := x.side(k)
	if a == document.NoActor || x.Doc.Actors[a].Kind == document.Unclear {
		return document.NoActor
	}
	return a
}

func addSide(list []document.ActorID, a document.ActorID) []document.ActorID {
	if a == document.NoActor || slices.Contains(list, a) {
		return list
	}
	return append(list, a)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// stateOf sets the state told by the nearest verb of the table around the noun and
// returns where that verb stands.
func (s *Stage) stateOf(v *document.View, i, end int, out *document.Instrument) int {
	for away := 1; away <= 7; away++ {
		for _, k := range []int{i - away, end + away - 1} {
			w, _, ok := s.instruments.At(v.Word, k)
			if ok && w.tells == "state" && v.IsVerb(k) {
				out.State = w.value
				return k
			}
		}
	}
	return v.Hi
}

// phraseOf returns the noun with its modifiers and a closing "on trade", "of
// 1987".
func phraseOf(v *document.View, i, end int) text.Span {
	lo := i
	for lo > v.Lo && i-lo < 4 && (lexicon.OneOf(string(v.UPOS(lo-1)), "ADJ NOUN PROPN NUM") && !isCalendarName(v.Doc.Form(document.TokenID(lo-1))) || v.Form(lo-1) == "-" && lo < i) {
		lo--
	}
	hi := end
	if lexicon.OneOf(v.Form(hi), "on of for") {
		for k := hi + 1; k < min(v.Hi, hi+5) && lexicon.OneOf(string(v.UPOS(k)), "ADJ NOUN PROPN NUM DET"); k++ {
			if isCalendarName(v.Doc.Form(document.TokenID(k))) || v.Form(hi) == "for" && v.Mention(k) != document.NoMention {
				break // when it came or whom it is for is no part of its name
			}
			end = k + 1
		}
	}
	return v.Span(lo, end)
}

// ownerOf returns the side whose document it is by the words before its noun: "Orsa's
// new draft", "the Orsan plan". A name of another phrase owns nothing: "aid to Orsa
// and the new draft".
func ownerOf(v *document.View, i int) document.ActorID {
	for k := i - 1; k >= max(v.Lo, i-4); k-- {
		if v.IsVerb(k) || lexicon.OneOf(string(v.UPOS(k)), "ADP DET CCONJ SCONJ") || v.UPOS(k) == document.PUNCT && v.Form(k) != "-" {
			return document.NoActor
		}
		if a := sideAt(v, k); a != document.NoActor {
			return a
		}
	}
	return document.NoActor
}

func leftSide(v *document.View, i int) document.ActorID {
	for k := i - 1; k >= max(v.Lo, i-8); k-- {
		if a := sideAt(v, k); a != document.NoActor {
			return a
		}
	}
	return document.NoActor
}

func sideAt(v *document.View, k int) document.ActorID {
	for lexicon.OneOf(v.Form(k), "the a an") {
		k++
	}
	a := v.Actor(k)
	if a == document.NoActor {
		return document.NoActor
	}
	p := v.Doc.Party(a)
	named := func(m document.MentionID) bool { return v.Doc.Mentions[m].Form == document.Named }
	if v.Doc.Actors[p].Kind == document.Unclear || !slices.ContainsFunc(v.Doc.Actors[p].Mentions, named) {
		return document.NoActor // "a letter says": the document is no author of another
	}
	return p
}

// addInstrument joins a document with an earlier one of the same kind that has the
// same name, or the same author where one of the two is only "the proposal".
func addInstrument(d *document.Doc, in document.Instrument) {
	for i := range d.Instruments {
		o := &d.Instruments[i]
		if o.Kind != in.Kind || o.By != in.By && o.By != document.NoActor && in.By != document.NoActor {
			continue
		}
		bare := !strings.Contains(in.Name, " ")
		if !strings.EqualFold(o.Name, in.Name) && !bare {
			continue
		}
		o.Mentions = append(o.Mentions, in.Mentions...)
		if o.By == document.NoActor {
			o.By = in.By
		}
		for _, to := range in.To {
			if !slices.Contains(o.To, to) {
				o.To = append(o.To, to)
			}
		}
		if in.State != "" {
			o.State = in.State
		}
		if !o.When.IsKnown() {
			o.When = in.When
		}
		return
	}
	d.Instruments = append(d.Instruments, in)
}
