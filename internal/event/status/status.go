// Package status finds where an article says that talks stand.
//
// In: a document with talks, statements and actors. Out: the same document with
// Status entries, in reading order. What always holds: each has the words that say
// so and who says them; an article that tells of no talks, or says nothing of how
// they go, gets none. Meetings, demands and refusals alone say nothing of status.
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
const Version = "1"

// A word tells a state of talks.
type word struct {
	state document.StatusState
	own   bool // names the talks itself
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
		w := word{document.StatusState(row.Get("state")), row.Get("needs") == "own"}
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
		for t := v.Lo; t < v.Hi; t++ {
			w, end, ok := s.words.At(v.Word, t)
			if !ok {
				continue
			}
			if st, ok := s.read(v, id, w, t, end); ok {
				place(d, st)
			}
			t = end - 1
		}
	}
	return nil
}

// place keeps what is said of the article's own talks apart from what is said of
// one of several unrelated talks: a digest as a whole has no status.
func place(d *document.Doc, st document.Status) {
	list := &d.Status
	if !leads(d, st.Talks) {
		list = &d.PartStatus
	}
	if !repeats(*list, st) {
		*list = append(*list, st)
	}
}

// leads reports whether at least half of the article's paragraphs, title apart,
// tell of the talks.
func leads(d *document.Doc, id document.TalksID) bool {
	if len(d.Talks[id].Paragraphs) == 0 {
		return true
	}
	body, own := 0, 0
	for i := range d.Paragraphs {
		if d.Paragraphs[i].Kind != document.Body {
			continue
		}
		body++
		if slices.Contains(d.Talks[id].Paragraphs, document.ParagraphID(i)) {
			own++
		}
	}
	return 2*own >= body
}

// talksNouns are what a state is said of.
const talksNouns = "talks negotiation negotiations discussions dialogue summit ceasefire truce deal agreement accord treaty process mediation round pact"

// read decides whether the words at [t, end) say how talks go. A negation or a
// condition before them, and words for what is only wished, say nothing: "if the
// talks collapse".
func (s *Stage) read(v *document.View, id document.SentenceID, w word, t, end int) (document.Status, bool) {
	if !w.own && !nearTalks(v, t, end) || unreal(v, t) {
		return document.Status{}, false
	}
	paragraph := v.Doc.Sentences[id].Paragraph
	talks := talksIn(v.Doc, paragraph)
	if talks == document.NoTalks {
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

func oneOf(word, list string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

func nearTalks(v *document.View, t, end int) bool {
	for k := max(v.Lo, t-10); k < min(v.Hi, end+6); k++ {
		if (k < t || k >= end) && oneOf(v.Form(k), talksNouns) && v.UPOS(k) != document.VERB {
			return true
		}
	}
	return false
}

func unreal(v *document.View, t int) bool {
	for k := v.Lo; k < t; k++ {
		if oneOf(v.Form(k), "if unless whether") {
			return true
		}
	}
	for k := t - 1; k >= max(v.Lo, t-6); k-- {
		if oneOf(v.Form(k), "if unless could might may would should not n't no never until before whether") {
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
