package contradiction_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

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
			for _, x := range contradiction.Find(c.in) {
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
	want := contradiction.Find(m)
	if len(want) < 4 {
		t.Fatalf("%d contradictions, want at least 4", len(want))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(m.Positions), func(i, j int) { m.Positions[i], m.Positions[j] = m.Positions[j], m.Positions[i] })
		r.Shuffle(len(m.Statements), func(i, j int) { m.Statements[i], m.Statements[j] = m.Statements[j], m.Statements[i] })
		r.Shuffle(len(m.Status), func(i, j int) { m.Status[i], m.Status[j] = m.Status[j], m.Status[i] })
		if diff := cmp.Diff(want, contradiction.Find(m)); diff != "" {
			t.Fatal(diff)
		}
	}
}
