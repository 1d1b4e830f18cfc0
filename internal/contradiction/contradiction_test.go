package contradiction_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/data"
	"rapporteur/internal/contradiction"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

func p(s string) *string { return &s }

func position(id, day, by string, own bool, stance string, denied bool) record.Position {
	return record.Position{
		ID: id, Party: "Tolmark", PartyID: "a1", Point: record.Point{ID: "toll", Label: "the toll"}, Mention: "the toll", Stance: stance, Own: own, AssertedBy: by,
		Denied: denied, Date: p(day), Article: "of " + id, Evidence: []record.Evidence{{Article: "of " + id, Span: text.Span{Start: 1, End: 5}}},
		Confidence: record.Confidence{Value: 0.9},
	}
}

func statement(id, day, by, cue, content string) record.Statement {
	return record.Statement{
		ID: id, Speaker: p(by), Cue: p(cue), Content: []string{content}, Published: p(day), Article: "of " + id,
		Evidence: []record.Evidence{{Article: "of " + id, Span: text.Span{Start: 1, End: 5}}},
	}
}

// side is a statement for the party that speaks.
func side(id, day, by, cue, content string) record.Statement {
	s := statement(id, day, by, cue, content)
	s.For, s.ForID, s.SpeakerID = p(by), p("state:"+by), p("state:"+by)
	return s
}

// in puts a statement into an article.
func in(article string, at int, s record.Statement) record.Statement {
	s.Article = article
	s.Pieces = []text.Span{{Start: at, End: at + 20}}
	s.Evidence = []record.Evidence{{Article: article, Span: text.Span{Start: at, End: at + 20}}}
	return s
}

func finder(t *testing.T) *contradiction.Finder {
	t.Helper()
	f, err := contradiction.New(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func step(day, state, by, article string) record.Step {
	return record.Step{Date: p(day), State: state, By: by, Article: article, Evidence: record.Evidence{Article: article, Span: text.Span{Start: 2, End: 4}}}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name string
		in   contradiction.Material
		want []string
	}{
		{"own word against a claim", contradiction.Material{Positions: []record.Position{
			position("1", "2024-05-01", "Ines Haldorn", true, "rejects", false), position("2", "2024-05-02", "Veyra", false, "accepts", false),
		}}, []string{"claim 1 2"}},
		{"a reporter's word is no claim", contradiction.Material{Positions: []record.Position{
			position("1", "2024-05-01", "Ines Haldorn", true, "rejects", false), position("2", "2024-05-02", "article", true, "accepts", false),
		}}, nil},
		{"a denied acceptance is a rejection", contradiction.Material{Positions: []record.Position{
			position("1", "2024-05-01", "Ines Haldorn", true, "rejects", false), position("2", "2024-05-02", "Veyra", false, "accepts", true),
		}}, nil},
		{"one speaker turns", contradiction.Material{Positions: []record.Position{
			position("1", "2024-05-01", "Ines Haldorn", true, "rejects", false), position("2", "2024-05-09", "Ines Haldorn", true, "accepts", false),
		}}, []string{"speaker 1 2"}},
		{"one speaker tells of another in two ways on one day", contradiction.Material{Positions: []record.Position{
			position("1", "2024-05-01", "Veyra", false, "rejects", false), position("2", "2024-05-01", "Veyra", false, "rejects", true),
		}}, []string{"speaker 2 1"}},
		{"a condition contradicts nothing", contradiction.Material{Positions: []record.Position{
			position("1", "2024-05-01", "Ines Haldorn", true, "conditional", false), position("2", "2024-05-02", "Veyra", false, "rejects", false),
		}}, nil},
		{"what one says and another denies", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Veyra", "said", "boats of Tolmark crossed the northern line"),
			statement("2", "2024-05-02", "Tolmark", "denied", "that its boats had crossed the northern line"),
		}}, []string{"account 1 2"}},
		{"a denial of something else", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Veyra", "said", "boats of Tolmark crossed the northern line"),
			statement("2", "2024-05-02", "Tolmark", "denied", "that prices would rise"),
		}}, nil},
		{"a denial long after", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Veyra", "said", "boats of Tolmark crossed the northern line"),
			statement("2", "2024-07-02", "Tolmark", "denied", "that its boats had crossed the northern line"),
		}}, nil},
		{"who rejects a claim denies it", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Veyra", "said", "boats of Tolmark crossed the northern line"),
			statement("2", "2024-05-02", "Tolmark", "rejected", "claims that its boats had crossed the northern line"),
		}}, []string{"account 1 2"}},
		{"one says it and another says it is not so", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Veyra", "said", "two patrol boats were sunk near the northern line"),
			statement("2", "2024-05-02", "Tolmark", "said", "no patrol boats were sunk near the northern line"),
		}}, []string{"account 1 2"}},
		{"what could be is not told as fact", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Veyra", "said", "two patrol boats could be sunk near the northern line"),
			statement("2", "2024-05-02", "Tolmark", "said", "no patrol boats were sunk near the northern line"),
		}}, nil},
		{"one speaker says it and its contrary", contradiction.Material{Statements: []record.Statement{
			statement("1", "2024-05-01", "Ines Haldorn", "said", "Tolmark never ruled out a shared harbour authority"),
			statement("2", "2024-05-20", "Ines Haldorn", "said", "a shared harbour authority was ruled out on the first day"),
		}}, []string{"speaker 1 2"}},
		{"a quoted answer that was not given", contradiction.Material{Statements: []record.Statement{
			in("a", 10, statement("1", "2024-05-01", "Ines Haldorn", "said", "They are telling us 'no' on the harbour.")),
			in("a", 90, statement("2", "2024-05-01", "Ines Haldorn", "added", "'No' was not said, but the terms are hard.")),
		}}, []string{"speaker 1 2"}},
		{"a plain no is no quoted answer", contradiction.Material{Statements: []record.Statement{
			in("a", 10, statement("1", "2024-05-01", "Ines Haldorn", "said", "They are telling us no.")),
			in("a", 90, statement("2", "2024-05-01", "Ines Haldorn", "added", "'No' was not said.")),
		}}, nil},
		{"two blame each other for the same", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "accused", "Tolmark of violating the northern fishing truce"),
			side("2", "2024-05-02", "Tolmark", "said", "Veyra violated the northern fishing truce at dawn"),
		}}, []string{"blame 1 2"}},
		{"two blame each other for different things", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "accused", "Tolmark of violating the northern fishing truce"),
			side("2", "2024-05-02", "Tolmark", "said", "Veyra delayed the delivery of grain"),
		}}, nil},
		{"a consent that the side itself makes depend", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "said", "Tolmark agreed to open the eastern harbour"),
			side("2", "2024-05-02", "Tolmark", "said", "it needs guarantees before the eastern harbour can open"),
		}}, []string{"claim 2 1"}},
		{"a consent that is only asked for", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "said", "Tolmark should agree to open the eastern harbour"),
			side("2", "2024-05-02", "Tolmark", "said", "it needs guarantees before the eastern harbour can open"),
		}}, nil},
		{"one wants what the other refuses", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "demands", "a joint inspection of the eastern harbour"),
			side("2", "2024-06-02", "Tolmark", "ruled out", "any joint inspection of the harbour"),
		}}, []string{"stand 1 2"}},
		{"a halt that is wanted and a halt that is refused", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "demands", "a halt of harbour inspections"),
			side("2", "2024-06-02", "Tolmark", "ruled out", "a halt of harbour inspections"),
			side("3", "2024-06-03", "Orsa", "opposes", "harbour inspections"),
		}}, []string{"stand 2 3", "stand 1 2"}},
		{"one sets conditions, the other wants none", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "demands", "an unconditional truce on the line"),
			side("2", "2024-06-02", "Tolmark", "said", "a truce would depend on the return of its boats"),
		}}, []string{"stand 1 2"}},
		{"one event counted in two ways", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "said", "12 sailors were captured near the northern line"),
			side("2", "2024-05-02", "Tolmark", "said", "four sailors were captured near the northern line"),
		}}, []string{"account 1 2"}},
		{"a bound agrees with a larger number", contradiction.Material{Statements: []record.Statement{
			side("1", "2024-05-01", "Veyra", "said", "at least four sailors were captured near the northern line"),
			side("2", "2024-05-02", "Tolmark", "said", "12 sailors were captured near the northern line"),
		}}, nil},
		{"where talks stand, told by two", contradiction.Material{Status: []record.Step{
			step("2024-05-01", "progressing", "Veyra", "a"), step("2024-05-02", "deadlocked", "Tolmark", "b"), step("2024-05-20", "agreed", "Orsa", "c"),
		}}, []string{"account  "}},
		{"a meeting that one article says was held", contradiction.Material{Meetings: []record.Meeting{{
			ID: "m", Name: "the round", Date: p("2024-05-01"), History: []record.Step{step("2024-05-02", "held", "article", "a"), step("2024-05-03", "cancelled", "article", "b")},
		}}}, []string{"account m m"}},
		{"a meeting that was put off before its day", contradiction.Material{Meetings: []record.Meeting{{
			ID: "m", Name: "the round", Date: p("2024-05-01"), History: []record.Step{step("2024-04-29", "postponed", "article", "a"), step("2024-05-03", "held", "article", "b")},
		}}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range finder(t).Find(c.in) {
				got = append(got, x.Kind+" "+x.A.ID+" "+x.B.ID)
				if x.A.Evidence.Span.IsEmpty() || x.B.Evidence.Span.IsEmpty() {
					t.Errorf("%s has no evidence", x.ID)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOrder: the order of what comes in changes nothing.
func TestOrder(t *testing.T) {
	m := contradiction.Material{Positions: []record.Position{
		position("1", "2024-05-01", "Ines Haldorn", true, "rejects", false), position("2", "2024-05-02", "Veyra", false, "accepts", false),
		position("3", "2024-05-03", "Orsa", false, "accepts", false), position("4", "2024-05-04", "Ines Haldorn", true, "accepts", false),
	}, Statements: []record.Statement{
		statement("1", "2024-05-01", "Veyra", "said", "boats of Tolmark crossed the northern line"),
		statement("2", "2024-05-02", "Tolmark", "denied", "that its boats had crossed the northern line"),
		statement("3", "2024-05-02", "Orsa", "said", "Tolmark boats crossed the northern line twice"),
	}, Status: []record.Step{
		step("2024-05-01", "progressing", "Veyra", "a"), step("2024-05-02", "deadlocked", "Tolmark", "b"), step("2024-05-02", "agreed", "Orsa", "c"),
	}}
	want := finder(t).Find(m)
	if len(want) < 4 {
		t.Fatalf("%d contradictions, want at least 4", len(want))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(m.Positions), func(i, j int) { m.Positions[i], m.Positions[j] = m.Positions[j], m.Positions[i] })
		r.Shuffle(len(m.Statements), func(i, j int) { m.Statements[i], m.Statements[j] = m.Statements[j], m.Statements[i] })
		r.Shuffle(len(m.Status), func(i, j int) { m.Status[i], m.Status[j] = m.Status[j], m.Status[i] })
		if diff := cmp.Diff(want, finder(t).Find(m)); diff != "" {
			t.Fatal(diff)
		}
	}
}
