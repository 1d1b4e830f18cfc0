// Package status finds where an article says that talks stand.
//
// In: a document with talks, statements and actors. Out: the same document with
// Status entries, in reading order. What always holds: each has the words that say
// so and who says them; an article that tells of no talks, or says nothing of how
// they go, gets none. Demands and refusals alone say nothing of status; steps such as
// a delegation named or a round held tell of the talks, and go to PartStatus: an
// article as a whole has the status that its words say.
package status

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "3"

// A word tells a state of talks.
type word struct {
	state document.StatusState
	own   bool // names the talks itself
	step  bool // tells a step on the way: of the talks' series, not of how the article as a whole sees them
}

// A Stage adds LayerStatus.
type Stage struct{ words *lexicon.Phrases[word] }

var states = []document.StatusState{
	document.Preparing, document.UnderWay, document.Progressing, document.Deadlocked, document.Suspended, document.Collapsed, document.Agreed,
}

// New returns the stage with the table "status".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	table, err := lex.Table("status")
	if err != nil {
		return nil, fmt.Errorf("status: %w", err)
	}
	s := &Stage{words: lexicon.NewPhrases[word]()}
	for _, row := range table.Rows {
		w := word{document.StatusState(row.Get("state")), row.Get("needs") == "own", row.Get("needs") == "step"}
		if !slices.Contains(states, w.state) {
			return nil, row.Errorf("%q tells %q, which is no state", row.Get("word"), w.state)
		}
		s.words.Add(row.Get("word"), w)
	}
	return s, nil
}

// Name returns "status".
func (s *Stage) Name() string { return "status" }

// Version returns the version of the rules.
func (s *Stage) Version() string { return Version }

// Needs returns the layers that the rules look at.
func (s *Stage) Needs() document.Layers {
	return document.LayerSentences | document.LayerActors | document.LayerStatements | document.LayerSpeakers | document.LayerTalks
}

// Adds returns LayerStatus.
func (s *Stage) Adds() document.Layers { return document.LayerStatus }

// Annotate adds what the sentences say of talks. What the title says leads.
func (s *Stage) Annotate(ctx context.Context, d *document.Doc) error {
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		id := document.SentenceID(i)
		v := d.ViewOf(id)
		var steps []document.Status
		for t := v.Lo; t < v.Hi; t++ {
			w, end, ok := s.words.At(v.Word, t)
			if !ok {
				continue
			}
			if st, ok := s.read(v, id, w, t, end); ok {
				if w.step {
					steps = append(steps, st)
				} else {
					place(d, st, false)
				}
			}
			t = end - 1
		}
		if len(steps) > 0 {
			place(d, furthest(steps), true)
		}
	}
	return nil
}

// furthest returns the first step that tells of progress, else the first: talks held
// that result in an agreement have made progress.
func furthest(steps []document.Status) document.Status {
	if at := slices.IndexFunc(steps, func(s document.Status) bool { return s.State == document.Progressing }); at >= 0 {
		return steps[at]
	}
	return steps[0]
}

// place keeps what is said of the article's own talks apart from what is said of
// one of several unrelated talks: a digest as a whole has no status. No step counts
// in a sentence that says how the talks go.
func place(d *document.Doc, st document.Status, step bool) {
	told := func(o document.Status) bool { return o.Talks == st.Talks && o.Evidence == st.Evidence }
	if step && (slices.ContainsFunc(d.Status, told) || slices.ContainsFunc(d.PartStatus, told)) {
		return
	}
	list := &d.Status
	if step || !leads(d, st) {
		list = &d.PartStatus
	}
	if !repeats(*list, st) {
		*list = append(*list, st)
	}
}

// leads reports whether the talks are what the article is about: at least half of
// its paragraphs, title apart, tell of them, or it knows no other talks and names
// their first two parties, or where no talks are known an actor of the sentence, in
// more than one paragraph or in half of them.
func leads(d *document.Doc, st document.Status) bool {
	if st.Talks == document.NoTalks {
		return slices.ContainsFunc(d.Actors, func(a document.Actor) bool {
			here := slices.ContainsFunc(a.Mentions, func(m document.MentionID) bool { return st.Evidence.Contains(d.Mentions[m].Span) })
			return here && isThroughout(d, &a)
		})
	}
	talks := &d.Talks[st.Talks]
	if len(talks.Paragraphs) == 0 {
		return true
	}
	body, own := 0, 0
	for i := range d.Paragraphs {
		if d.Paragraphs[i].Kind != document.Body {
			continue
		}
		body++
		if slices.Contains(talks.Paragraphs, document.ParagraphID(i)) {
			own++
		}
	}
	if len(d.Talks) > 1 || len(talks.Parties) < 2 || talks.Paragraphs[0] > 2 {
		return 2*own >= body
	}
	return 2*own >= body || isThroughout(d, &d.Actors[talks.Parties[0]]) && isThroughout(d, &d.Actors[talks.Parties[1]])
}

// isThroughout reports whether two paragraphs of the body, or half of it, name the
// actor.
func isThroughout(d *document.Doc, a *document.Actor) bool {
	body, own := 0, map[document.ParagraphID]bool{}
	for i := range d.Paragraphs {
		if d.Paragraphs[i].Kind == document.Body {
			body++
		}
	}
	for _, m := range a.Mentions {
		if p := d.ParagraphAt(d.Mentions[m].Span.Start); d.Paragraphs[p].Kind == document.Body {
			own[p] = true
		}
	}
	return len(own) >= 2 || 2*len(own) >= body
}

// talksNouns are what a state is said of.
const talksNouns = "talks negotiation negotiations discussions dialogue summit ceasefire truce deal agreement accord treaty process mediation round pact"

// read decides whether the words at [t, end) say how talks go. A negation or a
// condition before them, and words for what is only wished, say nothing: "if the
// talks collapse".
func (s *Stage) read(v *document.View, id document.SentenceID, w word, t, end int) (document.Status, bool) {
	if unreal(v, t) {
		return document.Status{}, false
	}
	paragraph := v.Doc.Sentences[id].Paragraph
	talks := talksIn(v.Doc, paragraph)
	near := 10
	if w.step {
		near = 5
	}
	if talks == document.NoTalks && w.step || !w.own && !nearTalks(v, t, end, near) {
		return document.Status{}, false
	}
	out := document.Status{
		State: w.state, Talks: talks, Statement: document.NoStatement, AssertedBy: document.NoActor, Evidence: v.Doc.Sentences[id].Span,
		Made: document.Made{Stage: "status", Rule: "words-" + strings.ReplaceAll(string(w.state), " ", "-"), Version: Version},
	}
	if st := v.Doc.StatementAt(v.Doc.Tokens[t].Span.Start); st != document.NoStatement {
		out.Statement, out.AssertedBy = st, v.Doc.Statements[st].Speaker
	}
	return out, true
}

// nearTalks reports whether a word for talks stands at most near tokens before the
// words at [t, end), or six after them.
func nearTalks(v *document.View, t, end, near int) bool {
	for k := max(v.Lo, t-near); k < min(v.Hi, end+6); k++ {
		if (k < t || k >= end) && lexicon.OneOf(v.Form(k), talksNouns) && v.UPOS(k) != document.VERB {
			return true
		}
	}
	return false
}

func unreal(v *document.View, t int) bool {
	for k := v.Lo; k < t; k++ {
		if lexicon.OneOf(v.Form(k), "if unless whether") {
			return true
		}
	}
	for k := t - 1; k >= max(v.Lo, t-6); k-- {
		if lexicon.OneOf(v.Form(k), "if unless could might may would should not n't no never until before whether") {
			return true
		}
	}
	return false
}

// talksIn returns the first talks told of in the paragraph.
func talksIn(d *document.Doc, p document.ParagraphID) document.TalksID {
	for i := range d.Talks {
		if len(d.Talks[i].Paragraphs) == 0 || slices.Contains(d.Talks[i].Paragraphs, p) {
			return document.TalksID(i)
		}
	}
	return document.NoTalks
}

// repeats reports whether the same state of the same talks was said before by the
// same side.
func repeats(list []document.Status, st document.Status) bool {
	return slices.ContainsFunc(list, func(o document.Status) bool {
		return o.State == st.State && o.Talks == st.Talks && o.AssertedBy == st.AssertedBy
	})
}
