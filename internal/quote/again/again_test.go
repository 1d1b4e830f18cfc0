package again_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/internal/article"
	"rapporteur/internal/document"
	"rapporteur/internal/quote/again"
	"rapporteur/internal/text"
)

// A telling is a statement made by hand: its words are all taken for nouns.
type telling struct {
	speaker document.ActorID
	form    document.Form
	words   string
}

// written makes a document of tellings, one a line. Actor 0 is a state, 1 and 2 are
// persons who speak for it, 3 is another state.
func written(list []telling) *document.Doc {
	var body strings.Builder
	for _, t := range list {
		body.WriteString(t.words + "\n")
	}
	d := document.New(&article.Article{ID: "a", Text: body.String()})
	for _, kind := range []document.ActorKind{document.State, document.Person, document.Person, document.State} {
		d.Actors = append(d.Actors, document.Actor{Kind: kind})
	}
	at := 0
	for _, t := range list {
		begin := at
		for _, w := range strings.Fields(t.words) {
			d.Tokens = append(d.Tokens, document.Token{Span: text.Span{Start: at, End: at + len(w)}, UPOS: document.NOUN})
			at += len(w) + 1
		}
		party := document.ActorID(0)
		if t.speaker == 3 {
			party = 3
		}
		d.Statements = append(d.Statements, document.Statement{
			Kind: document.Speech, Form: t.form, Speaker: t.speaker, For: party, Content: []text.Span{{Start: begin, End: at - 1}},
		})
	}
	return d
}

func TestWith(t *testing.T) {
	for name, c := range map[string]struct {
		in   []telling
		want []document.StatementID
	}{
		"a headline by the state, the body by its minister": {[]telling{
			{0, document.Indirect, "harbour toll threatens fishing villages"}, {1, document.Mixed, "toll threatens fishing villages along harbour coast"},
		}, []document.StatementID{1, 1}},
		"the reporter's words, then the quotation": {[]telling{
			{1, document.Indirect, "harbour toll threatens fishing villages"}, {1, document.Direct, "toll threatens our fishing villages"},
		}, []document.StatementID{1, 1}},
		"two ministers": {[]telling{
			{1, document.Indirect, "harbour toll threatens fishing villages"}, {2, document.Direct, "toll threatens our fishing villages"},
		}, []document.StatementID{0, 1}},
		"two states": {[]telling{
			{0, document.Indirect, "harbour toll threatens fishing villages"}, {3, document.Direct, "toll threatens our fishing villages"},
		}, []document.StatementID{0, 1}},
		"another matter": {[]telling{
			{1, document.Indirect, "harbour toll threatens fishing villages"}, {1, document.Direct, "answers about harbour arrive soon"},
		}, []document.StatementID{0, 1}},
		"told three times": {[]telling{
			{0, document.Indirect, "toll threatens fishing villages"}, {1, document.Indirect, "toll threatens fishing villages"}, {1, document.Direct, "toll threatens our fishing villages"},
		}, []document.StatementID{2, 2, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, again.With(written(c.in))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
