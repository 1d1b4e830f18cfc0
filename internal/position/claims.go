package position

import (
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// A claim is a position before it has moves and a place in the document.
type claim struct {
	cue       cue
	stance    document.Stance
	denied    bool
	negated   bool
	predicate text.Span
	mention   text.Span
	sentence  document.SentenceID
	holder    document.ActorID
	recipient document.ActorID
	by        document.ActorID
	own       bool
	statement document.StatementID
	mode      document.Mode
	rule      string
}

// claims reads the sentence from left to right. What lies inside the words that a
// predicate is about belongs to it: in "refused to halt the works" the point is
// halting the works, not the works. A clause with "that" speaks for itself.
func (r *reader) claims() []claim {
	var out, sides []claim
	covered := text.Span{}
	for i := r.Lo; i < r.Hi; i++ {
		c, end, ok := r.s.cues.At(r.Word, i)
		if ok && r.isSideRemark(c, i, end) {
			sides = append(sides, r.sideRemark(c, i, end))
			i = end
			continue
		}
		if !ok || !r.fits(c, i, end) || r.passesOver(c, end) {
			continue
		}
		if covered.Has(r.Doc.Tokens[i].Span.Start) && c.takes != takesCondition {
			continue
		}
		found := r.read(c, i, end)
		for _, f := range found {
			if f.cue.takes != takesThat && f.cue.takes != takesSubject && r.Form(end) != "that" {
				covered = text.Span{Start: r.Doc.Tokens[i].Span.Start, End: max(covered.End, f.mention.End)}
			}
		}
		out = append(out, found...)
		i = end - 1
	}
	return append(out, r.onTheSame(sides, out)...)
}

// isSideRemark reports whether the cue at [i, end) is a participle with its agent
// between subject and verb: "Iran, opposed by Oman and backed by Qatar, proposed …".
func (r *reader) isSideRemark(c cue, i, end int) bool {
	return c.pos == "V" && r.Form(end) == "by" && lexicon.OneOf(r.Form(i-1), ", and") && (c.move == document.Support || c.move == document.Oppose || c.move == document.Reject)
}

func (r *reader) sideRemark(c cue, i, end int) claim {
	return claim{
		cue: c, stance: c.stance, predicate: r.Span(i, end), sentence: r.id, holder: r.actorIn(end+1, min(r.Hi, end+6)), recipient: document.NoActor,
		by: document.NoActor, own: true, statement: document.NoStatement, mode: document.Asserted, rule: c.words + "|article-aside",
	}
}

// onTheSame gives side remarks the point of the first predicate that follows them.
func (r *reader) onTheSame(sides, main []claim) []claim {
	var out []claim
	for _, side := range sides {
		for _, m := range main {
			if m.predicate.Start > side.predicate.End && side.holder != document.NoActor {
				side.mention = m.mention
				out = append(out, side)
				break
			}
		}
	}
	return out
}

// fits checks the part of speech of the cue's first word.
func (r *reader) fits(c cue, i, end int) bool {
	switch c.pos {
	case "V":
		return r.UPOS(i) == document.VERB || r.UPOS(i) == document.AUX || r.UPOS(i) == document.X || r.UPOS(i) == ""
	case "N":
		return r.UPOS(i) == document.NOUN || r.UPOS(i) == document.X || r.UPOS(i) == "" || r.UPOS(i) == document.PROPN
	}
	return r.Mention(i) == document.NoMention || end-i > 1
}

// carriers only carry the time or the plan of the predicate after them: in "will
// reject the offer" the stance is that of "reject".
const carriers = "will 'll would shall"

// passesOver reports whether the cue only carries a predicate of its own that
// follows.
func (r *reader) passesOver(c cue, end int) bool {
	if !lexicon.OneOf(c.words, carriers) {
		return false
	}
	for end < r.Hi && (r.UPOS(end) == document.ADV || r.Form(end) == "also" || r.Form(end) == "be") {
		end++
	}
	next, after, ok := r.s.cues.At(r.Word, end)
	if !ok || next.pos == "N" || !r.fits(next, end, after) {
		return false
	}
	switch next.move {
	case document.Promise, document.Concede, document.Threaten:
		return next.words != "announce"
	}
	return slices.Contains([]document.MoveKind{document.Support, document.Oppose, document.Reject, document.Accept, document.Demand, document.Agree}, next.move) &&
		next.takes != takesBare
}

// read finds what the cue at [i, end) is about and who holds it.
func (r *reader) read(c cue, i, end int) []claim {
	voice := r.voiceAt(i, end)
	negated := r.isNegated(i) || r.negatedAfter(c, end)
	stance, denied := c.stance, false
	if negated {
		switch {
		case c.denied:
			denied = true
		case c.negated != "":
			stance = c.negated
		default:
			return nil
		}
	}
	mentions, recipient := r.about(c, i, end)
	if len(mentions) == 0 {
		return nil
	}
	passive := r.isPassive(c, i)
	holders := r.widen(c, end, voice, r.holders(c, i, end, voice, passive))
	if len(holders) == 0 {
		holders = []holder{{document.NoActor, document.NoActor, true, "unknown"}}
	}
	var out []claim
	for _, h := range holders {
		for _, m := range mentions {
			if !r.isPoint(m) {
				continue
			}
			f := claim{
				cue: c, stance: stance, denied: denied, negated: negated, predicate: r.Span(i, end), mention: m, sentence: r.id,
				holder: h.party, recipient: recipient, by: h.by, own: h.own, statement: voice.statement, mode: r.modeOf(i, negated),
				rule: c.words + "|" + h.rule,
			}
			r.temper(&f, i, end)
			out = append(out, f)
		}
	}
	return out
}

// temper turns an announced step that hurts into a threat, and one that hangs on a
// condition into a conditional one. "We will retaliate", "we will sign if the ports
// open".
func (r *reader) temper(f *claim, i, end int) {
	if f.stance != document.Promises || f.negated {
		return
	}
	in := r.Doc.TokensIn(f.mention)
	for t := int(in.First); t < int(in.End); t++ {
		if (r.s.threats[r.Lemma(t)] || r.s.threats[r.Form(t)]) && t-int(in.First) < 4 {
			f.stance = document.Threatens
			f.rule += "|hurts"
			return
		}
	}
	if r.hasCondition(i) {
		f.stance = document.Conditional
		f.rule += "|if"
	}
}

// hasCondition reports whether the clause around token i names a condition.
func (r *reader) hasCondition(i int) bool {
	lo, hi := r.bounds(i)
	for t := lo; t < hi; t++ {
		if lexicon.OneOf(r.Form(t), "if unless provided") {
			return true
		}
	}
	return false
}

// isPoint reports whether the words can be a point: a noun or verb, not only
// names of parties or pronouns.
func (r *reader) isPoint(m text.Span) bool {
	in := r.Doc.TokensIn(m)
	for t := int(in.First); t < int(in.End); t++ {
		switch r.UPOS(t) {
		case document.NOUN, document.VERB, document.ADJ, document.X, "":
			return true
		case document.PROPN:
			if r.Mention(t) == document.NoMention || int(in.End-in.First) > 2 {
				return true
			}
		}
	}
	return false
}

const negations = "not n't never no neither nor cannot without hardly"

// isNegated looks for a negation before the predicate, past auxiliaries and
// adverbs: "has not yet accepted".
func (r *reader) isNegated(i int) bool {
	for j := i - 1; j >= max(r.Lo, i-5); j-- {
		switch {
		case lexicon.OneOf(r.Form(j), negations):
			return true
		case r.Form(j) == "to" || r.UPOS(j) == document.AUX || r.UPOS(j) == document.ADV || r.UPOS(j) == document.PART || r.Form(j) == "be" || r.Form(j) == "longer":
		default:
			return false
		}
	}
	return false
}

// negatedAfter looks for "not" after a modal: "will not", "must never".
func (r *reader) negatedAfter(c cue, end int) bool {
	return (c.pos == "M" || lexicon.OneOf(c.words, "need have_to")) && lexicon.OneOf(r.Form(end), "not n't never")
}

// modeOf tells what the words claim about the act: FactBank's polarity and the
// modality of TimeML, as far as the words around the predicate show them.
func (r *reader) modeOf(i int, negated bool) document.Mode {
	if negated {
		return document.Negated
	}
	for j := i - 1; j >= max(r.Lo, i-3); j-- {
		switch form := r.Form(j); {
		case lexicon.OneOf(form, "would could may might if unless should"):
			return document.Hypothetical
		case lexicon.OneOf(form, "will 'll shall plans plan intends intend going"):
			return document.Intended
		case !r.IsVerb(j) && r.UPOS(j) != document.ADV && r.UPOS(j) != document.PART:
			return document.Asserted
		}
	}
	return document.Asserted
}

// isPassive reports whether the cue is a participle with "be" before it or "by"
// after it: "the plan was rejected", "the plan rejected by the union".
func (r *reader) isPassive(c cue, i int) bool {
	if c.pos != "V" || r.XPOS(i) != "VBN" && r.XPOS(i) != "VBD" {
		return false
	}
	for j := i - 1; j >= max(r.Lo, i-4); j-- {
		switch {
		case lexicon.OneOf(r.Form(j), "be been being is are was were get got"):
			return true
		case r.UPOS(j) == document.ADV || r.UPOS(j) == document.AUX || r.UPOS(j) == document.PART:
		default:
			return r.Form(i+1) == "by"
		}
	}
	return r.Form(i+1) == "by"
}

// about returns the words that the cue is about.
func (r *reader) about(c cue, i, end int) (mentions []text.Span, recipient document.ActorID) {
	lo, hi := r.bounds(i)
	if c.pos == "M" || c.pos == "V" {
		if _, to := r.bounds(max(i, end-1)); to > hi {
			hi = to
		}
	}
	if end >= hi {
		_, hi = r.bounds(end)
	}
	if v := r.voiceAt(i, end); v.isCue {
		hi = r.endOfContent(v.statement, hi)
	}
	recipient = document.NoActor
	if r.isPassive(c, i) && c.takes != takesInfinitive {
		if r.voiceAt(i, end).isCue {
			lo = r.Lo
		}
		return r.aboutPassive(i, end, lo, hi, c)
	}
	switch c.takes {
	case takesObject:
		return r.object(end, hi), recipient
	case takesInfinitive, takesBare:
		return r.complements(r.pastNegation(end, hi), hi, verbPhrase), recipient
	case takesThat, takesCondition:
		return r.complements(end, hi, clause), recipient
	case takesAsk:
		return r.asked(end, hi)
	case takesOf:
		return r.blamed(end, hi)
	case takesSubject:
		return r.judged(i, lo), recipient
	}
	return nil, recipient
}

// endOfContent returns the token after what a cue introduces: the last piece of its
// content in this sentence, quoted parts included.
func (r *reader) endOfContent(id document.StatementID, hi int) int {
	span := r.Doc.Sentences[r.id].Span
	for _, piece := range r.Doc.Statements[id].Content {
		if piece.Overlaps(span) {
			hi = max(hi, min(r.Hi, int(r.Doc.TokensIn(piece).End)))
		}
	}
	return hi
}

func (r *reader) pastNegation(i, hi int) int {
	for i < hi && (lexicon.OneOf(r.Form(i), "not n't never to also be") && r.Form(i) != "be" || r.UPOS(i) == document.ADV) {
		i++
	}
	return i
}

func (r *reader) object(i, hi int) []text.Span {
	if i < hi && (r.Form(i) == "to" || r.UPOS(i) == document.PUNCT && !r.opensMark(i)) {
		return nil
	}
	if r.Form(i) == "that" && r.startsClause(i+1, hi) {
		return r.complements(i+1, hi, clause)
	}
	return r.complements(i, hi, nounPhrase)
}

func (r *reader) opensMark(i int) bool {
	return lexicon.OneOf(r.Form(i), "\" “ ‘ '' `` « [")
}

// asked reads "urge Iran to return", "urge that …", "urge restraint".
func (r *reader) asked(i, hi int) ([]text.Span, document.ActorID) {
	if r.Form(i) == "that" || r.startsClause(i, hi) {
		return r.complements(i, hi, clause), document.NoActor
	}
	if r.Form(i) == "to" {
		return r.complements(i+1, hi, verbPhrase), document.NoActor
	}
	for j := i; j < min(hi, i+14); j++ {
		switch {
		case r.Form(j) == "to" && r.IsVerb(j+1) && r.XPOS(j+1) == "VB":
			return r.complements(j+1, hi, verbPhrase), r.actorIn(i, j)
		case r.Form(j) == "to" && r.Form(j+1) == "not", r.Form(j) == "not" && r.Form(j+1) == "to":
			return r.complements(j+2, hi, verbPhrase), r.actorIn(i, j)
		case r.Form(j) == ";" || r.Form(j) == "." || r.IsFinite(j) && r.Mention(j) == document.NoMention:
			return r.object(i, hi), document.NoActor
		}
	}
	return r.object(i, hi), document.NoActor
}

// blamed reads "accuse Iran of delay", "criticise the ministry for its delay"; an
// object that names no party is the point itself.
func (r *reader) blamed(i, hi int) ([]text.Span, document.ActorID) {
	for j := i; j < min(hi, i+24); j++ {
		switch form := r.Form(j); {
		case j > i && lexicon.OneOf(form, "of for over from with") && (r.Mention(j-1) != document.NoMention || form == "for" || r.UPOS(j-1) == document.PRON):
			return r.complements(j+1, hi, nounPhrase), r.actorIn(i, j)
		case r.UPOS(j) == document.PUNCT && form != ",", r.IsFinite(j):
			return r.object(i, hi), document.NoActor
		}
	}
	return r.object(i, hi), document.NoActor
}

// judged reads what stands before "is unacceptable", or after "it is unacceptable
// that".
func (r *reader) judged(i, lo int) []text.Span {
	j := i
	for j > lo && (r.UPOS(j-1) == document.AUX || r.UPOS(j-1) == document.ADV || r.UPOS(j-1) == document.PART || r.UPOS(j-1) == document.DET || lexicon.OneOf(r.Form(j-1), "is are was were be been")) {
		j--
	}
	if j == i {
		return nil
	}
	_, hi := r.bounds(i)
	if lexicon.OneOf(r.Form(j-1), "it this that there") {
		for k := i + 1; k < min(hi, i+4); k++ {
			if r.Form(k) == "to" {
				return r.complements(k+1, hi, verbPhrase)
			}
			if r.Form(k) == "that" || r.Form(k) == "for" {
				return r.complements(k+1, hi, clause)
			}
		}
		return nil
	}
	if phrase, ok := r.nounPhraseBefore(j, lo); ok {
		return []text.Span{phrase}
	}
	return nil
}

func (r *reader) aboutPassive(i, end, lo, hi int, c cue) ([]text.Span, document.ActorID) {
	j := i
	for j > lo && (r.UPOS(j-1) == document.AUX || r.UPOS(j-1) == document.ADV || r.UPOS(j-1) == document.PART || lexicon.OneOf(r.Form(j-1), "be been being")) {
		j--
	}
	switch c.takes {
	case takesAsk, takesOf: // "Iran was urged to return", "Iran is accused of delay"
		for k := end; k < min(hi, end+6); k++ {
			if r.Form(k) == "to" && r.XPOS(k+1) == "VB" {
				return r.complements(k+1, hi, verbPhrase), document.NoActor
			}
			if lexicon.OneOf(r.Form(k), "of for") {
				return r.complements(k+1, hi, nounPhrase), document.NoActor
			}
		}
	}
	if phrase, ok := r.nounPhraseBefore(j, lo); ok {
		return []text.Span{phrase}, document.NoActor
	}
	return nil, document.NoActor
}

// actorIn returns the party of the first actor named in tokens [i, j).
func (r *reader) actorIn(i, j int) document.ActorID {
	for ; i < j; i++ {
		if m := r.Mention(i); m != document.NoMention && r.Doc.Mentions[m].Actor != document.NoActor {
			return r.Doc.Party(r.Doc.Mentions[m].Actor)
		}
	}
	return document.NoActor
}
