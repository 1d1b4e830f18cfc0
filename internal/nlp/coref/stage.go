// Package coref joins the mentions of one article to actors.
//
// In: mentions and statements. Out: Doc.Actors, and Mention.Actor where it could
// be decided; a source that no mention heads gets a mention and an actor of its
// own words. What always holds: each mention belongs to one actor at most; a
// description or pronoun that two actors fit equally stays open, with an
// abstention that says so.
package coref

import (
	"context"
	"sort"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// Version changes whenever the same text may be read differently.
const Version = "6"

// A Stage joins mentions to actors.
type Stage struct{ t *tables }

// New reads the tables of data/actors.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	t, err := load(lex)
	if err != nil {
		return nil, err
	}
	return &Stage{t}, nil
}

// Name returns "coref".
func (*Stage) Name() string { return "coref" }

// Version returns the version of the rules.
func (*Stage) Version() string { return Version }

// Needs returns the layers that must be there.
func (*Stage) Needs() document.Layers { return document.LayerNames | document.LayerStatements }

// Adds returns the layers that the stage fills.
func (*Stage) Adds() document.Layers { return document.LayerActors }

// Annotate fills Doc.Actors and Mention.Actor.
func (st *Stage) Annotate(_ context.Context, d *document.Doc) error {
	addSources(d, st.t.noNames)
	r := newResolver(st.t, d)
	r.named()
	r.others()
	r.nameLater()
	r.findForums()
	r.nameSources()
	r.affiliate()
	r.giveMembers()
	r.prune()
	r.order()
	return nil
}

// addSources adds a mention for each source that no mention heads: "the text of
// the ruling said". Words that name nobody ("Q" in a transcript) get none.
func addSources(d *document.Doc, noNames map[string]bool) {
	seen := map[int]bool{}
	var more []document.Mention
	for i := range d.Statements {
		s := d.Statements[i].Source
		if s.IsEmpty() || d.HeadMention(s) != document.NoMention || seen[s.Start] || noNames[d.In(s)] {
			continue
		}
		seen[s.Start] = true
		more = append(more, document.Mention{Span: s, Head: s, Form: document.Described, Actor: document.NoActor,
			Made: document.Made{Stage: "coref", Rule: "source", Version: Version}})
	}
	if len(more) == 0 {
		return
	}
	d.Mentions = append(d.Mentions, more...)
	sort.SliceStable(d.Mentions, func(i, j int) bool {
		a, b := d.Mentions[i].Span, d.Mentions[j].Span
		return a.Start < b.Start || a.Start == b.Start && a.End > b.End
	})
}
