package story

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const wire = `The ferry company and the harbour union met in Orsa on Tuesday for a second day of talks on night shifts. Ida Lund, who leads the union, said that no crew would sail after midnight without a second engineer on board. The company answered that the rule would cost it four crossings a week and that it had put a new schedule on the table. Both sides agreed to meet again on Friday, and the mediator said that she was "neither glad nor worried". Passengers have waited for three weeks.`

func TestCopies(t *testing.T) {
	turned := strings.NewReplacer("second day", "other day", "said that", "insisted that", "answered", "replied", "agreed", "decided", "worried", "sad").Replace(wire)
	half := wire[:len(wire)/2]
	other := `Ida Lund, who leads the union, spoke to the paper at her kitchen table in Veyra, where three generations of her family went to sea. The company has not answered her letters since the spring. "We are neither glad nor worried," she says of the years before the mediator came, and pours another cup. Her father sailed at night with half a crew; he came home every time but once, and that was enough for her to stay on land.`
	for _, c := range []struct {
		name string
		a, b string
		want bool
	}{
		{"the same", wire, strings.ToUpper(wire), true},
		{"some words changed", wire, turned, true},
		{"cut", wire, half, true},
		{"another report of the same persons", wire, other, false},
		{"too short", "The ferry did not sail.", "The ferry did not sail.", false},
	} {
		a, b := Words(c.a, 0), Words(c.b, 0)
		if got := Copies(a, b); got != c.want || Copies(b, a) != got {
			t.Errorf("%s: %v, shared %.2f", c.name, got, Shared(a, b))
		}
		if c.want && !Likely(sharedEntries(a, b), len(SketchOf(a)), len(SketchOf(b))) {
			t.Errorf("%s: the sketches do not lead from one to the other: %d entries", c.name, sharedEntries(a, b))
		}
	}
}

func sharedEntries(a, b []Word) int {
	n := 0
	for _, entry := range SketchOf(a) {
		if slices.Contains(SketchOf(b), entry) {
			n++
		}
	}
	return n
}

// TestMayBeCopies: outlines rule out strangers and never a copy.
func TestMayBeCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	ruledOut := 0
	for range 2000 {
		a, b := make([]Word, MinWords+r.IntN(60)), make([]Word, MinWords+r.IntN(60))
		for i := range a {
			a[i].Form = strconv.Itoa(r.IntN(1000))
		}
		for i := range b {
			b[i].Form = strconv.Itoa(r.IntN(1000))
		}
		copy(b[r.IntN(10):], a[r.IntN(10):][:r.IntN(31)])
		may := MayBeCopies(OutlineOf(a), OutlineOf(b))
		if Copies(a, b) && !may {
			t.Fatalf("outlines rule out copies:\n%v\n%v", a, b)
		}
		if !may {
			ruledOut++
		}
	}
	if ruledOut < 500 {
		t.Errorf("outlines rule out %d of 2000 pairs, few of which are copies", ruledOut)
	}
}

func TestCompare(t *testing.T) {
	a := "The talks ended without a deal, both envoys said, and a new round was set for May."
	for _, c := range []struct {
		name, b             string
		cut, added, changed []string
	}{
		{"nothing", "THE talks ended without a deal – both envoys said – and a new round was set for May", nil, nil, nil},
		{"cut", "The talks ended without a deal, and a new round was set for May.", []string{"both envoys said"}, nil, nil},
		{"added", "The talks ended late at night without a deal, both envoys said, and a new round was set for May.", nil, []string{"late at night"}, nil},
		{"changed", "The talks ended without an agreement, both envoys said, and a new round was set for June.", nil, nil, []string{"an agreement", "june"}},
	} {
		x, y := Words(a, 0), Words(c.b, 7)
		d := Compare(x, y)
		if !slices.Equal(Spelled(x, d.Cut), c.cut) || !slices.Equal(Spelled(y, d.Added), c.added) || !slices.Equal(Spelled(y, d.Changed), c.changed) {
			t.Errorf("%s: cut %q, added %q, changed %q", c.name, Spelled(x, d.Cut), Spelled(y, d.Added), Spelled(y, d.Changed))
		}
	}
}

func TestQuoted(t *testing.T) {
	said := "We will not sign a paper that our neighbours have not read, and nobody will make us do so before the spring."
	for _, c := range []struct {
		name, other string
		want        Likeness
		same        bool
	}{
		{"other marks", `“We will not sign a paper that our neighbours have not read – and nobody will make us do so before the spring”`, Same, true},
		{"end cut", "We will not sign a paper that our neighbours have not read", Cut, true},
		{"begin cut", "nobody will make us do so before the spring", Cut, true},
		{"elided", "We will not sign a paper […] and nobody will make us do so before the spring", Elided, true},
		{"editor's words", "We will not sign a paper that our neighbours [the Veyrans] have not read, and nobody will make us do so before the spring.", Changed, true},
		{"a word changed", "We will never sign a paper that our neighbours have not read, and nobody will make us do so before the spring.", Changed, true},
		{"longer", "Listen: we will not sign a paper that our neighbours have not read, and nobody will make us do so before the spring.", Longer, true},
		{"like words", "We will not sign a treaty before our neighbours do, and nobody has asked us to read it.", "", false},
		{"a stock phrase", "nobody will make us", "", false},
		{"a few of its words", "before the spring", "", false},
		{"no words", "…", "", false},
	} {
		got, same := Quoted(Words(said, 0), Words(c.other, 0))
		if got != c.want || same != c.same {
			t.Errorf("%s: %q, %v", c.name, got, same)
		}
		if _, back := Quoted(Words(c.other, 0), Words(said, 0)); back != same {
			t.Errorf("%s: the other way round it is %v", c.name, back)
		}
	}
}

// Aligned texts have the same words where they are aligned, in the order of both.
func FuzzAlign(f *testing.F) {
	f.Add(wire, strings.Replace(wire, "the", "a", -1))
	f.Add("a b a b a", "b a b a b")
	f.Fuzz(func(t *testing.T, one, other string) {
		a, b := Words(one, 0), Words(other, 0)
		checkRuns(t, a, b)
		rng := rand.New(rand.NewPCG(uint64(len(one)), uint64(len(other))))
		long := make([]Word, 400) // longer than what is aligned at once
		for i := range long {
			long[i].Form = string(rune('a' + rng.IntN(20)))
		}
		checkRuns(t, append(a, long...), append(long[:300:300], b...))
		if Copies(a, b) != Copies(b, a) {
			t.Error("a verdict hangs on the order")
		}
	})
}

func checkRuns(t *testing.T, a, b []Word) {
	t.Helper()
	endA, endB := 0, 0
	for _, r := range align(a, b) {
		if r.a < endA || r.b < endB || r.length <= 0 {
			t.Fatalf("run %v after %d, %d", r, endA, endB)
		}
		for i := range r.length {
			if a[r.a+i].Form != b[r.b+i].Form {
				t.Fatalf("%q is aligned with %q", a[r.a+i].Form, b[r.b+i].Form)
			}
		}
		endA, endB = r.a+r.length, r.b+r.length
	}
}
