package compile

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

const body = "Veyra rejects the toll on fishing boats in talks with Tolmark, Ines Haldorn said."

func at(words string) text.Span {
	for i := range body {
		if len(body)-i >= len(words) && body[i:i+len(words)] == words {
			return text.Span{Start: i, End: i + len(words)}
		}
	}
	panic(words)
}

// doc is one sentence, annotated by hand.
func doc() *document.Doc {
	d := document.New(&article.Article{ID: "a1", Text: body, Published: calendar.Day{Year: 2024, Month: 5, Num: 16}, Body: text.Span{End: len(body)}})
	whole := text.Span{End: len(body)}
	d.Paragraphs = []document.Paragraph{{Span: whole, End: 1}}
	d.Sentences = []document.Sentence{{Span: whole}}
	made := document.Made{Stage: "test", Rule: "hand", Version: "1"}
	for i, name := range []string{"Veyra", "Tolmark", "Ines Haldorn"} {
		kind := document.State
		if i == 2 {
			kind = document.Person
		}
		d.Mentions = append(d.Mentions, document.Mention{Span: at(name), Head: at(name), Actor: document.ActorID(i)})
		d.Actors = append(d.Actors, document.Actor{Name: name, Key: "k:" + name, Kind: kind, Of: document.NoActor, Speaks: document.NoActor,
			Mentions: []document.MentionID{document.MentionID(i)}, Made: made})
	}
	d.Actors[2].Speaks = 0
	content := text.Span{End: at(", Ines").Start}
	d.Statements = []document.Statement{{Kind: document.Speech, Form: document.Indirect, Content: []text.Span{content}, Source: at("Ines Haldorn"), Cue: at("said"),
		Within: document.NoStatement, Speaker: 2, For: 0, Addressee: document.NoActor, Made: made}}
	d.Talks = []document.Talks{{Parties: []document.ActorID{0, 1}, SubjectKey: "fisheries", Mentions: []text.Span{at("talks")}, Paragraphs: []document.ParagraphID{0}, Made: made}}
	d.Moves = []document.Move{{Kind: document.Reject, Actor: 0, Recipient: document.NoActor, Mode: document.Asserted, Predicate: at("rejects"), Point: at("the toll on fishing boats"), Made: made}}
	d.Positions = []document.Position{{Party: 0, Point: "toll on fishing boats", Mention: at("the toll on fishing boats"), Stance: document.Rejects, Own: true, AssertedBy: 2,
		Evidence: whole, Talks: document.NoTalks, Moves: []document.MoveID{0}, Made: made}}
	d.Meetings = []document.Meeting{{Name: "talks with Tolmark", Participants: []document.ActorID{0, 1}, State: document.Held, Talks: document.NoTalks, Mentions: []text.Span{at("talks with Tolmark")}, Made: made}}
	d.Status = []document.Status{{State: document.UnderWay, Talks: 0, Statement: document.NoStatement, AssertedBy: document.NoActor, Evidence: whole, Made: made}}
	return d
}

func TestReading(t *testing.T) {
	r, err := Reading(doc(), "rules 1")
	if err != nil {
		t.Fatal(err)
	}
	p := r.Positions[0]
	if p.Party != "Veyra" || p.AssertedBy != "Ines Haldorn" || p.Mention != "the toll on fishing boats" || p.Point.ID == "" || p.Talks == nil || *p.Talks != r.Talks[0].Key {
		t.Errorf("position: %+v", p)
	}
	s := r.Statements[0]
	if *s.Speaker != "Ines Haldorn" || *s.For != "Veyra" || s.Talks == nil || s.Article != "a1" {
		t.Errorf("statement: %+v", s)
	}
	if r.Meetings[0].Date != nil || r.Meetings[0].Talks == "" || r.Status[0].Talks != r.Talks[0].Key {
		t.Errorf("meeting %+v, status %+v", r.Meetings[0], r.Status[0])
	}
	again, err := Reading(doc(), "rules 1")
	if diff := cmp.Diff(r.Positions, again.Positions); err != nil || diff != "" {
		t.Errorf("a second reading differs: %v\n%s", err, diff)
	}
}

func TestNoEvidence(t *testing.T) {
	d := doc()
	d.Positions[0].Evidence, d.Positions[0].Mention = text.Span{}, text.Span{}
	if _, err := Reading(d, "rules 1"); !errors.Is(err, record.ErrNoEvidence) {
		t.Errorf("a position without words: %v", err)
	}
	if _, err := Reading(document.New(&article.Article{}), "rules 1"); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("an article without id: %v", err)
	}
}

func TestPointKey(t *testing.T) {
	for _, pair := range [][2]string{
		{"the expansion of NATO", "NATO's expansion"},
		{"halting the tolls", "a halt of the toll"},
	} {
		if a, b := pointKey(pair[0]), pointKey(pair[1]); a != b {
			t.Errorf("%q has key %q, %q has %q", pair[0], a, pair[1], b)
		}
	}
	if pointKey("the toll on boats") == pointKey("the ban on nets") {
		t.Error("different points have one key")
	}
}
