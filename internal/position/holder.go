package position

import (
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A voice is who tells the words around a cue.
type voice struct {
	statement document.StatementID // NoStatement: the reporter
	isCue     bool                 // the cue is that of the statement itself
}

// A holder is the party of a position, with who says so.
type holder struct {
	party document.ActorID
	by    document.ActorID
	own   bool
	rule  string
}

// voiceAt returns the statement that the cue at [i, end) carries, else the one
// whose content holds it.
func (r *reader) voiceAt(i, end int) voice {
	for t := i; t < end; t++ {
		if id := r.cues[t-r.Lo]; id != document.NoStatement {
			return voice{statement: id, isCue: true}
		}
	}
	return voice{statement: r.frame(i)}
}

// speakerParty returns the party spoken for in a statement, else its speaker.
func (r *reader) speakerParty(id document.StatementID) document.ActorID {
	st := &r.Doc.Statements[id]
	switch {
	case st.For != document.NoActor:
		return st.For
	case st.Speaker != document.NoActor && r.canHold(st.Speaker):
		return st.Speaker
	}
	return document.NoActor
}

// canHold reports whether an actor can stand somewhere: not a thing that the words
// only describe ("a report").
func (r *reader) canHold(a document.ActorID) bool {
	actor := &r.Doc.Actors[a]
	return actor.Kind != document.Unclear || slices.ContainsFunc(actor.Mentions, func(m document.MentionID) bool {
		return r.Doc.Mentions[m].Form == document.Named
	})
}

// holders returns who holds what the cue at i tells. PolNeAR's guidelines give a
// cue's source the attitude it expresses; inside a content the subject decides.
func (r *reader) holders(c cue, i, end int, v voice, passive bool) []holder {
	if v.isCue {
		return r.holderOfStatement(v.statement, "cue")
	}
	if passive {
		return r.passiveHolders(end, v)
	}
	if v.statement == document.NoStatement {
		if c.takes == takesCondition || c.takes == takesSubject || lexicon.OneOf(c.words, "must should have_to would cannot could") {
			return nil
		}
		return r.reported(r.subjects(i), document.NoActor, "article")
	}
	speaker := r.speakerParty(v.statement)
	by := r.Doc.Statements[v.statement].Speaker
	if c.takes == takesSubject || c.takes == takesCondition || c.takes == takesBare && c.move == document.Demand {
		return r.holderOfStatement(v.statement, "content")
	}
	subject := r.subjects(i)
	switch subject.kind {
	case isActor:
		var out []holder
		for _, a := range subject.actors {
			p := r.Doc.Party(a)
			if p == speaker || a == by {
				out = append(out, holder{speaker, by, true, "content-own"})
				continue
			}
			if r.canHold(p) {
				out = append(out, holder{p, by, false, "content-told"})
			}
		}
		return out
	case isUnresolved:
		return nil
	case isThing:
		return r.holderOfStatement(v.statement, "content-thing")
	case isSpeaker:
		return r.holderOfStatement(v.statement, "content-we")
	}
	return r.holderOfStatement(v.statement, "content")
}

// holderOfStatement gives the stance to the party spoken for. A statement told
// within another one of another side is as told.
func (r *reader) holderOfStatement(id document.StatementID, rule string) []holder {
	st := &r.Doc.Statements[id]
	p := r.speakerParty(id)
	if p == document.NoActor {
		return nil
	}
	if outer := st.Within; outer != document.NoStatement {
		if op := r.speakerParty(outer); op != document.NoActor && op != p {
			return []holder{{p, r.Doc.Statements[outer].Speaker, false, rule + "-nested"}}
		}
	}
	by := st.Speaker
	if by == document.NoActor {
		by = p
	}
	if st.For == document.NoActor {
		rule += "-self"
	}
	return []holder{{p, by, true, rule}}
}

func (r *reader) reported(s subject, by document.ActorID, rule string) []holder {
	if s.kind != isActor {
		return nil
	}
	var out []holder
	var seen []document.ActorID
	for _, a := range s.actors {
		p := r.Doc.Party(a)
		if p == document.NoActor || slices.Contains(seen, p) || !r.canHold(p) {
			continue
		}
		seen = append(seen, p)
		out = append(out, holder{p, by, true, rule + s.how})
	}
	return out
}

// passiveHolders reads "rejected by the union"; without "by" a passive in a
// statement is the speaker's.
func (r *reader) passiveHolders(end int, v voice) []holder {
	for k := end; k < min(r.Hi, end+3); k++ {
		if r.Form(k) != "by" {
			continue
		}
		a := r.actorIn(k+1, min(r.Hi, k+5))
		if a == document.NoActor {
			return nil
		}
		if v.statement == document.NoStatement {
			return []holder{{a, document.NoActor, true, "article-passive"}}
		}
		own := a == r.speakerParty(v.statement)
		return []holder{{a, r.Doc.Statements[v.statement].Speaker, own, "content-passive"}}
	}
	if v.statement == document.NoStatement {
		return nil
	}
	return r.holderOfStatement(v.statement, "content-passive")
}

type subjectKind uint8

const (
	noSubject    subjectKind = iota
	isActor                  // one or more actors
	isSpeaker                // I, we
	isThing                  // a noun that names no actor
	isUnresolved             // a pronoun of nobody known
)

type subject struct {
	kind   subjectKind
	actors []document.ActorID
	how    string // "" next to the verb, "-far" over other words
}

// subjects finds the subject of the verb at i among the words before it of the
// same voice. Without a tree: the nearest name before the verb group; else, over a
// coordination ("Iran condemned the raid and called for calm"), the first name of
// the clause that a verb follows.
func (r *reader) subjects(i int) subject {
	lo, _ := r.bounds(i)
	j := i - 1
	for j >= lo && (r.UPOS(j) == document.AUX || r.UPOS(j) == document.ADV || r.UPOS(j) == document.PART || lexicon.OneOf(r.Form(j), "to also has have had")) {
		j--
	}
	if j < lo {
		return subject{}
	}
	if lexicon.OneOf(r.Form(j), "i we us our my let") {
		return subject{kind: isSpeaker}
	}
	if m := r.Mention(j); m != document.NoMention && !r.isObject(m) {
		return r.withConjuncts(m, lo, "")
	}
	if r.UPOS(j) == document.PRON && lexicon.OneOf(r.Form(j), "he she they it") {
		return subject{kind: isUnresolved}
	}
	if r.UPOS(j) == document.NOUN || r.UPOS(j) == document.PROPN {
		if m, ok := r.headOf(j, lo); ok {
			return r.withConjuncts(m, lo, "-possessor")
		}
	}
	return r.farSubject(j, lo)
}

// headOf finds the name that owns the noun at j: "Iran's parliament", "the Iranian
// delegation", also before a bracket or an apposition.
func (r *reader) headOf(j, lo int) (document.MentionID, bool) {
	for k := j; k >= lo && j-k < 5; k-- {
		if m := r.Mention(k); m != document.NoMention {
			return m, true
		}
		if r.IsVerb(k) || r.UPOS(k) == document.ADP || r.UPOS(k) == document.PUNCT {
			return document.NoMention, false
		}
	}
	return document.NoMention, false
}

func (r *reader) farSubject(j, lo int) subject {
	nearest := document.NoMention
	thing := false
	for k := j; k >= lo; k-- {
		if r.breaks(k) {
			break
		}
		m := r.Mention(k)
		switch {
		case m == document.NoMention:
			thing = thing || r.UPOS(k) == document.NOUN && r.IsFinite(k+1)
			if lexicon.OneOf(r.Form(k), "i we") {
				return subject{kind: isSpeaker}
			}
			continue
		case r.isObject(m):
			continue
		case r.verbFollows(m):
			return r.withConjuncts(m, lo, "-far")
		}
		nearest = m
	}
	switch {
	case thing:
		return subject{kind: isThing}
	case nearest != document.NoMention:
		return r.withConjuncts(nearest, lo, "-first")
	}
	return subject{}
}

// breaks reports whether token k ends the clause on its left.
func (r *reader) breaks(k int) bool {
	return lexicon.OneOf(r.Form(k), "; : — – while whereas although because if unless when that")
}

// isObject reports whether a preposition or a verb stands before the mention.
func (r *reader) isObject(m document.MentionID) bool {
	k := int(r.Doc.TokensIn(r.Doc.Mentions[m].Span).First) - 1
	if r.UPOS(k) == document.DET {
		k--
	}
	return r.Has(k) && (r.UPOS(k) == document.ADP || r.UPOS(k) == document.VERB && r.XPOS(k) != "VBG" && !r.isReporting(k))
}

// isReporting reports whether a statement's cue stands at k, so that what follows
// begins a clause: "said Iran would …".
func (r *reader) isReporting(k int) bool {
	return r.Has(k) && r.cues[k-r.Lo] != document.NoStatement
}

// verbFollows reports whether a verb follows the mention, past brackets, adverbs
// and an apposition between commas.
func (r *reader) verbFollows(m document.MentionID) bool {
	k := int(r.Doc.TokensIn(r.Doc.Mentions[m].Span).End)
	if r.Form(k) == "," {
		for n := k + 1; n < min(r.Hi, k+14); n++ {
			if r.Form(n) == "," {
				k = n + 1
				break
			}
		}
	}
	for k < r.Hi && (r.UPOS(k) == document.ADV || r.Form(k) == "also" || lexicon.OneOf(r.Form(k), "who which")) {
		k++
	}
	return r.IsVerb(k)
}

// withConjuncts adds the names coordinated before a subject: "Iran, Iraq and Oman
// agree".
func (r *reader) withConjuncts(m document.MentionID, lo int, how string) subject {
	out := subject{kind: isActor, how: how}
	for {
		a := r.Doc.Mentions[m].Actor
		if a == document.NoActor {
			if len(out.actors) == 0 {
				return subject{kind: isUnresolved}
			}
			break
		}
		out.actors = append(out.actors, a)
		k := int(r.Doc.TokensIn(r.Doc.Mentions[m].Span).First) - 1
		for k >= lo && (lexicon.OneOf(r.Form(k), "the , and") || r.UPOS(k) == document.DET) {
			k--
		}
		before := r.Mention(k)
		if k < lo || before == document.NoMention || !lexicon.OneOf(r.Form(k+1), ", and") || r.isObject(before) {
			break
		}
		m = before
	}
	slices.Reverse(out.actors)
	return out
}
