package document

import (
	"slices"
	"sort"
	"strings"

	"rapporteur/internal/text"
)

// TokensIn returns the range of tokens that begin inside s.
func (d *Doc) TokensIn(s text.Span) Range {
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Span.Start >= s.Start })
	end := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Span.Start >= s.End })
	return Range{TokenID(first), TokenID(max(first, end))}
}

// SpanOf returns the bytes from the first to the last token of r.
func (d *Doc) SpanOf(r Range) text.Span {
	if r.End <= r.First {
		return text.Span{}
	}
	return text.Span{Start: d.Tokens[r.First].Span.Start, End: d.Tokens[r.End-1].Span.End}
}

// SentenceAt returns the sentence that holds the byte at offset, else the last
// one before it, or NoSentence.
func (d *Doc) SentenceAt(offset int) SentenceID {
	return SentenceID(sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].Span.Start > offset })) - 1
}

// ParagraphAt returns the paragraph that holds the byte at offset, else the last
// one before it, or NoParagraph.
func (d *Doc) ParagraphAt(offset int) ParagraphID {
	return ParagraphID(sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].Span.Start > offset })) - 1
}

// StatementAt returns the innermost statement whose content holds the byte at
// offset, or NoStatement for the reporter's own voice.
func (d *Doc) StatementAt(offset int) StatementID {
	best, size := NoStatement, 0
	for i := range d.Statements {
		for _, piece := range d.Statements[i].Content {
			if piece.Has(offset) && (best == NoStatement || piece.Len() < size) {
				best, size = StatementID(i), piece.Len()
			}
		}
	}
	return best
}

// Party returns the actor as a side of a negotiation: the one whose position it
// voices, else the state, organisation or group it belongs to, else itself.
func (d *Doc) Party(id ActorID) ActorID {
	for range 4 {
		if id == NoActor {
			return NoActor
		}
		a := &d.Actors[id]
		switch {
		case a.Speaks != NoActor && a.Speaks != id:
			id = a.Speaks
		case a.Of != NoActor && a.Of != id && (a.Kind == Organ || a.Kind == Person):
			id = a.Of
		default:
			return id
		}
	}
	return id
}

// Parties returns the sides that an actor stands for: its own party, or those of its
// members where several speak together.
func (d *Doc) Parties(id ActorID) []ActorID {
	if id == NoActor {
		return nil
	}
	if members := d.Actors[id].Members; members != nil {
		var out []ActorID
		for _, m := range members {
			if p := d.Party(m); p != NoActor && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
		return out
	}
	return []ActorID{d.Party(id)}
}

// HeadMention returns the mention that heads the phrase at s: "Ryabkov" of
// "Russian Deputy Foreign Minister Sergey Ryabkov", "officials" of "U.S. officials".
// It is NoMention when the phrase's head noun is no mention.
// Where the words are parsed, a person named beside the head noun heads the phrase:
// "Moreau" of "the deputy envoy of the league for the Strait, Ilan Moreau".
func (d *Doc) HeadMention(s text.Span) MentionID {
	if d.Layers.Has(LayerParse) {
		if id := d.namedBeside(s); id != NoMention {
			return id
		}
	}
	first := NoMention
	for i := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].Span.Start >= s.Start-200 }); i < len(d.Mentions); i++ {
		m := &d.Mentions[i]
		if m.Span.Start >= s.End {
			break
		}
		if !s.Contains(m.Head) {
			continue
		}
		switch {
		case d.isOwner(m, s):
		case m.Form == Named && m.Kind == Person && (first == NoMention || d.isModifier(first, s)):
			if last := d.closing(s); last != NoMention && d.isOneWord(MentionID(i)) {
				return last
			}
			return MentionID(i)
		case first == NoMention:
			first = MentionID(i)
		}
	}
	if last := d.closing(s); last != NoMention && first != NoMention {
		return last
	}
	if first != NoMention && d.isModifier(first, s) {
		return NoMention
	}
	return first
}

// closing returns the named person whose full name ends the phrase at s behind a
// comma, a bracket or the words of an office: "the aide to the Strait League, Ilan
// Moreau", "the Strait League acting president Ilan Moreau". Behind "and" or a
// preposition somebody else is named.
// Source: Universal Dependencies, appos and flat; the name is the fullest form.
func (d *Doc) closing(s text.Span) MentionID {
	for i := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].Span.Start >= s.Start-200 }); i < len(d.Mentions); i++ {
		m := &d.Mentions[i]
		if m.Span.Start >= s.End {
			break
		}
		if m.Form != Named || m.Kind != Person || m.Head.End != s.End || m.Head.Start <= s.Start || d.isOneWord(MentionID(i)) {
			continue
		}
		before := d.TokensIn(m.Span).First - 1
		if m.Span.Start <= s.Start || before < 0 || !s.Has(d.Tokens[before].Span.Start) {
			return NoMention
		}
		switch d.Tokens[before].UPOS {
		case NOUN, ADJ, VERB, PUNCT:
			return MentionID(i)
		}
	}
	return NoMention
}

// isOneWord reports whether a mention's name is of one word: "Moreau".
func (d *Doc) isOneWord(id MentionID) bool {
	return !strings.ContainsAny(d.In(d.Mentions[id].Head), " \n\u00a0")
}

// namedBeside returns the named person in s that is, by the tree, the phrase's head
// or stands in apposition with it (UD relations appos and flat), or the named
// organisation in apposition with a common noun: "the charity Harbour Aid".
func (d *Doc) namedBeside(s text.Span) MentionID {
	r := d.TokensIn(s)
	head := NoToken
	for t := r.First; t < r.End && head == NoToken; t++ {
		if h := d.Tokens[t].Head; (h < r.First || h >= r.End) && d.Tokens[t].UPOS != PUNCT {
			head = t
		}
	}
	if head == NoToken {
		return NoMention
	}
	for i := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].Span.Start >= s.Start-200 }); i < len(d.Mentions); i++ {
		m := &d.Mentions[i]
		if m.Span.Start >= s.End {
			break
		}
		if m.Form != Named || m.Kind != Person && m.Kind != Organisation || !s.Contains(m.Head) || d.isOwner(m, s) {
			continue
		}
		for t := d.TokensIn(m.Head); t.First < t.End; t.First++ {
			token := &d.Tokens[t.First]
			if t.First == head && m.Kind == Person || token.Head == head && (token.DepRel == "appos" || token.DepRel == "flat") && (m.Kind == Person || !d.isNamed(head)) {
				return MentionID(i)
			}
		}
	}
	return NoMention
}

// isNamed reports whether a token is part of a name.
func (d *Doc) isNamed(t TokenID) bool { return d.Tokens[t].UPOS == PROPN }

// isOwner reports whether a possessive follows a mention inside s: "Okafor" in
// "Okafor's lawyer" does not head the phrase.
func (d *Doc) isOwner(m *Mention, s text.Span) bool {
	next := d.TokensIn(text.Span{Start: m.Span.End, End: s.End})
	if next.First >= next.End || d.Tokens[next.First].Span.Start != m.Span.End {
		return false
	}
	switch d.Form(next.First) {
	case "'s", "’s", "'", "’":
		return next.First+1 < next.End
	}
	return false
}

// isModifier reports whether a mention only modifies the noun that follows it
// inside s: "Veyran" in "Veyran newspapers", "its" in "its verdict".
func (d *Doc) isModifier(id MentionID, s text.Span) bool {
	m := &d.Mentions[id]
	next := d.TokensIn(text.Span{Start: m.Span.End, End: s.End})
	if next.First >= next.End {
		return false
	}
	if m.Form == Described {
		return false
	}
	if m.Made.Rule == "gazetteer-adjective" {
		return true
	}
	if form := d.Form(next.First); form == "-" || form == "'s" || form == "’s" || form == "'" || form == "’" {
		return true
	}
	switch d.Tokens[next.First].UPOS {
	case NOUN, ADJ:
		return m.Kind != Person || m.Form == Pronoun
	}
	return false
}
