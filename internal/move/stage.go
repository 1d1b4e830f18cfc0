package move

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"rapporteur/internal/codebook"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// Version changes whenever the same text may be read differently.
const Version = "3"

// An actCue is a verb that tells a kind of move, with where its matter and whom it
// is done to stand.
type actCue struct {
	kind             document.MoveKind
	with             []string // words that stand behind it in its clause
	recipient, point []string
}

// A Stage adds to an article the kinds of move that no stance tells: who accuses,
// concedes and defers. It runs after positions, whose moves it makes more exact.
type Stage struct {
	cues  map[string][]actCue
	bases *lexicon.Inflections
	codes map[string]codebook.Code
}

// NewStage returns the stage over the tables "move_acts" and "codebook/moves".
func NewStage(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{cues: map[string][]actCue{}}
	if err := s.loadCues(lex); err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	var err error
	if s.codes, err = lexicon.MoveCodes(lex); err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	if s.bases, err = lexicon.NewInflections(lex); err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	return s, nil
}

func (s *Stage) loadCues(lex *lexicon.Lexicon) error {
	table, err := lex.Table("move_acts")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		kind := document.MoveKind(row.Get("kind"))
		if kind != document.Accuse && kind != document.Concede && kind != document.Defer {
			return row.Errorf("%q is no kind of move that stands here", kind)
		}
		words := strings.Fields(row.Get("words"))
		if len(words) == 0 {
			return row.Errorf("no words")
		}
		s.cues[words[0]] = append(s.cues[words[0]], actCue{kind, words[1:], row.List("recipient"), row.List("point")})
	}
	return nil
}

// Name returns "move".
func (s *Stage) Name() string { return "move" }

// Version returns the version of the rules.
func (s *Stage) Version() string { return Version }

// Needs returns the layers that the rules look at.
func (s *Stage) Needs() document.Layers {
	return document.LayerSentences | document.LayerTags | document.LayerActors | document.LayerStatements | document.LayerSpeakers | document.LayerPositions
}

// Adds returns no layer: the moves are part of those that positions came with.
func (s *Stage) Adds() document.Layers { return 0 }

// Annotate adds the moves, in reading order with those that are there. An article
// without trees is left as it is.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	if !d.Layers.Has(document.LayerParse) {
		return nil
	}
	var found []document.Move
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		a := &actReader{sentence: sentence{View: d.ViewOf(document.SentenceID(i))}, s: s}
		found = append(found, a.read()...)
	}
	for _, m := range found {
		if !known(d, m) {
			d.Moves = append(d.Moves, m)
		}
	}
	inOrder(d)
	return nil
}

// known reports whether the article has the move already: the same party and
// predicate. It then learns to whom it is done, of which mode it is, and of which
// kind where it was only for or against its matter.
func known(d *document.Doc, m document.Move) bool {
	for i := range d.Moves {
		old := &d.Moves[i]
		if old.Actor != m.Actor || !old.Predicate.Overlaps(m.Predicate) {
			continue
		}
		if old.Recipient == document.NoActor && m.Recipient != old.Actor {
			old.Recipient = m.Recipient
		}
		if old.Kind == document.Support || old.Kind == document.Oppose {
			old.Kind, old.Code = m.Kind, m.Code
		}
		if old.Mode == document.Asserted {
			old.Mode = m.Mode
		}
		return true
	}
	return false
}

// inOrder sorts the moves by where they stand and keeps the positions' references.
func inOrder(d *document.Doc) {
	order := make([]int, len(d.Moves))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		return d.Moves[order[i]].Predicate.Start < d.Moves[order[j]].Predicate.Start
	})
	moves, at := make([]document.Move, len(order)), make([]document.MoveID, len(order))
	for to, from := range order {
		moves[to], at[from] = d.Moves[from], document.MoveID(to)
	}
	d.Moves = moves
	for i := range d.Positions {
		refs := slices.Clone(d.Positions[i].Moves)
		for k, m := range refs {
			refs[k] = at[m]
		}
		d.Positions[i].Moves = refs
	}
}

// An actReader reads one sentence of an article.
type actReader struct {
	sentence
	s *Stage
}

func (a *actReader) read() []document.Move {
	var out []document.Move
	for i := a.Lo; i < a.Hi; i++ {
		if a.UPOS(i) != document.VERB {
			continue
		}
		cue, end, ok := a.cue(i)
		if !ok {
			continue
		}
		out = append(out, a.moves(cue, i, end)...)
	}
	return out
}

// cue returns the longest cue that begins at the verb i, and the token behind it
// where its words stand together.
func (a *actReader) cue(i int) (actCue, int, bool) {
	var best actCue
	end, found := i+1, false
	for _, b := range a.s.bases.Bases(a.Form(i)) {
		for _, c := range a.s.cues[b] {
			e, ok := a.behind(c.with, i)
			if ok && (!found || len(c.with) > len(best.with)) {
				best, end, found = c, e, true
			}
		}
	}
	return best, end, found
}

// behind reports whether the words stand behind i, at most four words of the same
// verb between them: "dropped its long-held objection".
func (a *actReader) behind(words []string, i int) (end int, ok bool) {
	at := i + 1
	end = at
	for _, w := range words {
		found := false
		for k := at; k < min(at+5, a.Hi) && !found; k++ {
			if slices.Contains(a.s.bases.Bases(a.Form(k)), w) {
				if k == at && k == end {
					end = k + 1
				}
				at, found = k+1, true
			} else if a.UPOS(k) == document.VERB || a.UPOS(k) == document.PUNCT {
				return end, false
			}
		}
		if !found {
			return end, false
		}
	}
	return end, true
}

// moves gives each party that acts a move.
func (a *actReader) moves(c actCue, i, end int) []document.Move {
	passive := a.child(i, "nsubj:pass") >= 0 || a.child(i, "aux:pass") >= 0
	agent := a.agentOf(i, passive)
	recipient := a.recipient(c, i, passive)
	var out []document.Move
	for _, party := range a.parties(agent) {
		if party == recipient {
			continue
		}
		out = append(out, document.Move{
			Kind: c.kind, Actor: party, Recipient: recipient, Mode: a.mode(i), Predicate: a.Span(i, end), Point: a.matter(c, i, end, passive),
			Statement: a.Doc.StatementAt(a.Doc.Tokens[i].Span.Start), Code: a.s.codes[string(c.kind)],
			Made: document.Made{Stage: "move", Rule: string(c.kind), Version: Version}, Sure: document.Confidence{Likely: true},
		})
	}
	return out
}

// agentOf returns the token of who acts: the subject, that of the verb to which
// this one is joined, or the agent of a passive. UD: nsubj, obl:agent, conj, xcomp.
func (a *actReader) agentOf(i int, passive bool) int {
	if passive {
		return a.child(i, "obl:agent")
	}
	for k, up := i, 0; up < 4 && a.Has(k); up++ {
		if n := a.child(k, "nsubj"); n >= 0 {
			return n
		}
		switch a.Doc.Tokens[k].DepRel {
		case "xcomp":
			k = int(a.Doc.Tokens[k].Head)
			if n := a.child(k, "obj", "iobj"); n >= 0 && n < i {
				return n
			}
		case "conj", "advcl":
			k = int(a.Doc.Tokens[k].Head)
		case "acl", "acl:relcl":
			return int(a.Doc.Tokens[k].Head)
		default:
			return -1
		}
	}
	return -1
}

// parties returns the sides that the word at token n stands for, and of those
// joined to it: nobody where it names no actor.
func (a *actReader) parties(n int) []document.ActorID {
	if !a.Has(n) {
		return nil
	}
	var out []document.ActorID
	for _, id := range a.Doc.Parties(a.actorAt(n)) {
		if id != document.NoActor && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for k := n + 1; k < a.Hi; k++ {
		if int(a.Doc.Tokens[k].Head) == n && a.Doc.Tokens[k].DepRel == "conj" {
			for _, id := range a.parties(k) {
				if !slices.Contains(out, id) {
					out = append(out, id)
				}
			}
		}
	}
	return out
}

// actorAt returns the actor of the mention whose head is at token n. "We" of a
// statement is the party spoken for.
func (a *actReader) actorAt(n int) document.ActorID {
	switch a.Form(n) {
	case "we", "us", "our":
		at := a.Doc.Tokens[n].Span.Start
		if st := a.Doc.StatementAt(at); st != document.NoStatement && !a.isQuotedTwice(at) {
			return a.Doc.Statements[st].For
		}
	}
	m := a.Mention(n)
	if m == document.NoMention || !a.Doc.Mentions[m].Head.Overlaps(a.Doc.Tokens[n].Span) {
		return document.NoActor
	}
	return a.Doc.Mentions[m].Actor
}

// isQuotedTwice reports whether a byte stands in a quotation inside another: "we"
// is then somebody else than who speaks.
func (a *actReader) isQuotedTwice(at int) bool {
	for i := range a.Doc.Quotations {
		if q := &a.Doc.Quotations[i]; q.Outer != document.NoQuotation && q.Content.Has(at) {
			return true
		}
	}
	return false
}

// recipient returns to whom it is done.
func (a *actReader) recipient(c actCue, i int, passive bool) document.ActorID {
	for _, place := range c.recipient {
		n := a.at(place, i, passive)
		if n < 0 {
			continue
		}
		if id := a.actorAt(n); id != document.NoActor {
			return a.Doc.Party(id)
		}
	}
	return document.NoActor
}

// at returns the head of what stands in a place of the verb i: its object, its
// clause, or what a preposition joins to it; -1 for nothing.
func (a *actReader) at(place string, i int, passive bool) int {
	switch place {
	case "obj":
		if passive {
			return a.child(i, "nsubj:pass")
		}
		return a.child(i, "obj", "iobj")
	case "clause":
		return a.child(i, "ccomp", "xcomp")
	}
	for k := i + 1; k < a.Hi; k++ {
		t := &a.Doc.Tokens[k]
		h := int(t.Head)
		if a.Form(k) != place || t.DepRel != "case" && t.DepRel != "mark" || !a.Has(h) {
			continue
		}
		if up := int(a.Doc.Tokens[h].Head); up == i || a.Has(up) && int(a.Doc.Tokens[up].Head) == i && up > i {
			return h
		}
	}
	return -1
}

// matter returns the words of the matter: the first place that has some and does
// not only name an actor.
func (a *actReader) matter(c actCue, i, end int, passive bool) text.Span {
	for _, place := range c.point {
		n := a.at(place, i, passive)
		if n < 0 || place == "obj" && a.actorAt(n) != document.NoActor {
			continue
		}
		from, to := a.below(n)
		if from < end && !passive {
			from = end
		}
		if span := a.trim(a.afterCase(from, place), to); !span.IsEmpty() {
			return span
		}
	}
	return text.Span{}
}

// afterCase passes over the preposition that joins the matter to its verb.
func (a *actReader) afterCase(from int, place string) int {
	if a.Form(from) == place || place == "clause" && a.Form(from) == "that" {
		return from + 1
	}
	return from
}

// below returns the tokens from the first to the last that hang on n.
func (a *actReader) below(n int) (from, to int) {
	from, to = a.leftmost(n), n+1
	for k := n + 1; k < a.Hi; k++ {
		if a.isBelow(k, n) && a.Doc.Tokens[k].DepRel != "punct" {
			to = k + 1
		}
	}
	return from, to
}

// mode tells what the words claim: negated, planned, hypothetical or asserted.
// Conditions and what others are asked to do are hypothetical (FactBank, Saurí and
// Pustejovsky 2009: uncommitted). "Tolmark may postpone the vote."
func (a *actReader) mode(i int) document.Mode {
	mode := document.Asserted
	for k := max(a.Lo, i-6); k < i; k++ {
		if int(a.Doc.Tokens[k].Head) != i {
			continue
		}
		switch a.Form(k) {
		case "not", "n't", "never":
			return document.Negated
		case "will", "'ll", "shall":
			mode = document.Intended
		case "would", "could", "may", "might", "should", "must", "if", "unless":
			mode = document.Hypothetical
		}
	}
	if r := a.Doc.Tokens[i].DepRel; mode == document.Asserted && (r == "xcomp" || r == "ccomp") {
		return a.modeUnder(int(a.Doc.Tokens[i].Head))
	}
	return mode
}

// modeUnder returns the mode that a verb gives to the one it governs: "refused to
// concede", "denied that it had accused", "plans to postpone", "agreed to drop".
func (a *actReader) modeUnder(v int) document.Mode {
	if !a.Has(v) {
		return document.Asserted
	}
	for _, b := range a.s.bases.Bases(a.Form(v)) {
		switch b {
		case "refuse", "decline", "fail", "deny":
			return document.Negated
		case "plan", "intend", "promise", "agree", "want", "decide", "prepare", "expect", "vow", "offer":
			return document.Intended
		case "urge", "ask", "threaten", "press", "consider", "hope", "call":
			return document.Hypothetical
		}
	}
	return document.Asserted
}
