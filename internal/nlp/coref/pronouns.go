package coref

import (
	"sort"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// reach is how many sentences back a pronoun looks.
const reach = 4

// nearMentions is how many mentions back it looks at most; it bounds the time.
const nearMentions = 200

// pronoun returns the actor that a pronoun stands for: the most salient one that
// agrees with it. Salience falls with distance; a speaker and the subject of a
// sentence stand out, a name inside an apposition does not.
// Source: Lappin and Leass (1994), salience weights, simplified.
// Example: "Moreau, now deputy to President Varga, spoke. He …" is Moreau.
func (r *resolver) pronoun(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	here := r.d.SentenceAt(m.Span.Start)
	speaker, subject := r.speakerAround(m.Span), document.NoActor
	scores, order := map[document.ActorID]int{}, []document.ActorID{}
	for j := int(i) - 1; j >= max(0, int(i)-nearMentions); j-- {
		b := &r.d.Mentions[j]
		back := int(here - r.d.SentenceAt(b.Span.Start))
		if back > reach {
			break
		}
		if b.Form == document.Described && r.isQuoted(b.Span) && !r.isQuoted(m.Span) {
			continue
		}
		if b.Actor == document.NoActor || b.Actor == speaker || !r.agrees(m, b) || b.Span.Contains(m.Span) {
			continue
		}
		if back == 0 && r.bindsObject(b, m) {
			subject = b.Actor
		}
		if b.Actor == subject {
			continue
		}
		score := r.salience(document.MentionID(j)) - 24*back + 1
		if m.Gender != "" && r.d.Actors[b.Actor].Gender == m.Gender {
			score += 5
		}
		if r.isTitle(b.Span) {
			score -= 20
		}
		if old, ok := scores[b.Actor]; !ok {
			order = append(order, b.Actor)
			scores[b.Actor] = score
		} else {
			scores[b.Actor] = max(old, score) + 1
		}
	}
	return r.pick(i, scores, order)
}

// bindsObject reports whether b is the subject of the clause whose object is the
// pronoun m: then they are two. "Pellis thanked her."
// Source: Chomsky (1981), principle B.
func (r *resolver) bindsObject(b, m *document.Mention) bool {
	switch strings.ToLower(r.d.In(m.Span)) {
	case "him", "her", "them", "it":
	default:
		return false
	}
	between := r.d.TokensIn(text.Span{Start: b.Span.End, End: m.Span.Start})
	verbs := 0
	for k := between.First; k < between.End; k++ {
		switch r.d.Tokens[k].UPOS {
		case document.VERB:
			verbs++
		case document.AUX, document.ADV, document.PART, document.ADP:
		default:
			return false
		}
	}
	next := int(r.d.TokensIn(m.Span).End)
	if next < len(r.d.Tokens) {
		switch r.d.Tokens[next].UPOS {
		case document.NOUN, document.ADJ, document.PROPN:
			return false // "thanked her delegation"
		}
	}
	return verbs > 0
}

func (r *resolver) pick(i document.MentionID, scores map[document.ActorID]int, order []document.ActorID) document.ActorID {
	m := &r.d.Mentions[i]
	best, second := document.NoActor, document.NoActor
	for _, id := range order {
		switch {
		case best == document.NoActor || scores[id] > scores[best]:
			best, second = id, document.NoActor
		case scores[id] == scores[best]:
			second = id
		}
	}
	if second != document.NoActor {
		r.d.Abstain("coref", "", "two actors fit \""+r.d.In(m.Span)+"\": "+r.d.Actors[best].Name+", "+r.d.Actors[second].Name)
		if !r.sources[i] {
			return document.NoActor
		}
	}
	return best
}

// agrees reports whether a pronoun can stand for the actor of another mention.
func (r *resolver) agrees(m, b *document.Mention) bool {
	a := &r.d.Actors[b.Actor]
	if m.Gender != "" {
		if a.Kind != document.Person || r.plural[b.Actor] {
			return false
		}
		return a.Gender == "" || a.Gender == m.Gender
	}
	if m.Plural {
		return r.plural[b.Actor] || a.Kind == document.Group || a.Kind == document.Organisation || a.Kind == document.Organ || a.Kind == document.ArmedGroup
	}
	switch a.Kind {
	case document.State, document.Organ, document.Organisation, document.ArmedGroup, document.Bloc:
		return !r.plural[b.Actor]
	}
	return false
}

// salience weighs how much a mention stands out in its sentence.
func (r *resolver) salience(j document.MentionID) int {
	b := &r.d.Mentions[j]
	score := 10
	if r.sources[j] {
		score += 14
	}
	s := r.d.SentenceAt(b.Span.Start)
	if s >= 0 && r.isSubject(b.Span, r.d.Sentences[s]) {
		score += 12
	}
	if b.Form == document.Pronoun {
		score += 2
	}
	if r.isInside(j) {
		score -= 15
	}
	if r.isQuoted(b.Span) {
		score -= 12
	}
	return score
}

// isSubject reports whether no verb stands before the mention in its sentence, or a
// verb of speech in an inverted clause did.
func (r *resolver) isSubject(s text.Span, sentence document.Sentence) bool {
	if r.d.TokensIn(text.Span{Start: sentence.Span.Start, End: s.Start}).End-sentence.Tokens.First > 200 {
		return false
	}
	for k := sentence.Tokens.First; k < sentence.Tokens.End && r.d.Tokens[k].Span.Start < s.Start; k++ {
		switch r.d.Tokens[k].UPOS {
		case document.VERB, document.AUX:
			return false
		case document.ADP:
			if k+1 < sentence.Tokens.End && k > sentence.Tokens.First && r.d.Tokens[k+1].Span.Start >= s.Start {
				return false
			}
		}
	}
	return true
}

// isInside reports whether a mention stands only inside another's phrase: "Varga"
// in "deputy to President Varga", "Tolmark" in "Tolmark's envoy".
func (r *resolver) isInside(j document.MentionID) bool {
	b := &r.d.Mentions[j]
	for k := int(j) - 1; k >= 0 && k >= int(j)-6; k-- {
		o := &r.d.Mentions[k]
		if o.Span.Contains(b.Span) && o.Span != b.Span {
			return true
		}
		if !o.Same.IsEmpty() && o.Form == document.Described && o.Span.End < b.Span.Start {
			between := r.d.Text()[o.Span.End:b.Span.Start]
			if trimmed := strings.TrimSpace(between); trimmed == "to" || trimmed == "of" || trimmed == "to the" || trimmed == "of the" || trimmed == "for" {
				return true
			}
		}
	}
	return false
}

func (r *resolver) isQuoted(s text.Span) bool {
	q := r.d.Quotations
	last := sort.Search(len(q), func(i int) bool { return q[i].Content.Start > s.Start }) - 1
	for i := last; i >= 0 && i > last-4; i-- { // quotations nest, but never deep
		if q[i].Content.Contains(s) {
			return true
		}
	}
	return false
}

func (r *resolver) isTitle(s text.Span) bool {
	p := r.d.ParagraphAt(s.Start)
	return p >= 0 && r.d.Paragraphs[p].Kind == document.Title
}

// speakerAround returns the actor who utters the quotation around s: "he" inside it
// is somebody else.
func (r *resolver) speakerAround(s text.Span) document.ActorID {
	id := r.d.StatementAt(s.Start)
	if id == document.NoStatement || r.d.Statements[id].Form != document.Direct {
		return document.NoActor
	}
	if head := r.d.HeadMention(r.d.Statements[id].Source); head != document.NoMention {
		return r.d.Mentions[head].Actor
	}
	return document.NoActor
}
