package ingest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rapporteur/data"
	"rapporteur/internal/article"
	"rapporteur/internal/lexicon"
)

func build(t testing.TB) *Ingest {
	t.Helper()
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	in, err := New(lex, Options{Deadline: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func nothing(context.Context) error { return nil }

// TestConductSettles: what is held back waits for a second at most, and is settled
// at the end.
func TestConductSettles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		held, most, stored := 0, 0, 0
		begun := time.Now()
		var first time.Time
		err := conduct(t.Context(), 1, slices.Values([]int{1, 2, 3, 4, 5}), func(_ context.Context, i int) int {
			time.Sleep(400 * time.Millisecond)
			return i
		}, func(context.Context, int) error {
			held++
			most = max(most, held)
			return nil
		}, func(context.Context) error {
			if first.IsZero() {
				first = time.Now()
			}
			stored, held = stored+held, 0
			return nil
		})
		if err != nil || stored != 5 || held != 0 || most > 3 || first.Sub(begun) > 2*patience {
			t.Errorf("%d stored, %d held, %d at most, first after %v: %v", stored, held, most, first.Sub(begun), err)
		}
	})
}

func TestConductKeepsTheOrderOfItems(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chance := rand.New(rand.NewPCG(1, 2))
		waits := make([]time.Duration, 200)
		for i := range waits {
			waits[i] = time.Duration(chance.IntN(50)) * time.Millisecond
		}
		items := make([]int, len(waits))
		for i := range items {
			items[i] = i
		}
		var got []int
		err := conduct(t.Context(), 4, slices.Values(items), func(_ context.Context, i int) int {
			time.Sleep(waits[i])
			return i
		}, func(_ context.Context, i int) error {
			got = append(got, i)
			return nil
		}, nothing)
		if err != nil || !slices.Equal(got, items) {
			t.Errorf("got %v, %v", got, err)
		}
	})
}

func TestConductFinishesWhatIsUnderWayWhenCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		begun, written := make(chan int, 100), 0
		items := func(yield func(int) bool) {
			for i := 0; yield(i); i++ {
			}
		}
		err := conduct(ctx, 2, items, func(ctx context.Context, i int) int {
			begun <- i
			if i == 5 {
				cancel()
			}
			time.Sleep(time.Millisecond)
			if ctx.Err() != nil {
				t.Error("the work under way was cancelled too")
			}
			return i
		}, func(context.Context, int) error {
			written++
			return nil
		}, nothing)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want the context's", err)
		}
		if written != len(begun) || written < 6 {
			t.Errorf("%d of %d begun items were written", written, len(begun))
		}
	})
}

func TestConductEndsWithTheErrorOfTheWriter(t *testing.T) {
	full := errors.New("disk full")
	items := func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
	err := conduct(t.Context(), 2, items, func(_ context.Context, i int) int { return i }, func(_ context.Context, i int) error {
		if i == 3 {
			return full
		}
		return nil
	}, nothing)
	if !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
}

func TestGuardedTurnsFaultsIntoRefusals(t *testing.T) {
	in := build(t)
	for name, work := range map[string]func(context.Context) (int, error){
		"panic":   func(context.Context) (int, error) { panic("index out of range") },
		"failure": func(context.Context) (int, error) { return 0, errors.New("no verb") },
		"refusal": func(context.Context) (int, error) { return 0, article.Refuse(article.Invalid, "empty") },
	} {
		_, err := guarded(t.Context(), in, "in.jsonl", 7, work)
		refusal, ok := Refusal(err)
		if !ok || refusal.Source != "in.jsonl" || refusal.Line != 7 {
			t.Errorf("%s: %+v, want a refusal of in.jsonl:7", name, err)
			continue
		}
		if want := map[bool]article.Kind{true: article.Invalid, false: article.Crashed}[name == "refusal"]; refusal.Kind != want {
			t.Errorf("%s: kind %q, want %q", name, refusal.Kind, want)
		}
	}
}

func TestGuardedEndsWorkThatHeedsNoContext(t *testing.T) {
	in := build(t)
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		_, err := guarded(t.Context(), in, "slow.html", 0, func(context.Context) (int, error) {
			<-forever
			return 0, nil
		})
		refusal, ok := Refusal(err)
		if !ok || refusal.Kind != article.Crashed {
			t.Errorf("%v, want a refusal of kind crashed", err)
		}
		close(forever)
	})
}

func TestWaits(t *testing.T) {
	for language, want := range map[string]bool{"": false, "en": false, "en-GB": false, "EN": false, "fa": true, "de": true} {
		if got := Waits(language); got != want {
			t.Errorf("Waits(%q) = %v", language, got)
		}
	}
}

func TestAPageThatIsNoArticleIsKeptAsSuch(t *testing.T) {
	in := build(t)
	a := &article.Article{ID: "x", Text: "“We will not sign,” said the envoy.", Language: "en", Kind: article.LiveBlog}
	a.Body.End = len(a.Text)
	d, r, err := in.reading(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if d.Layers != 0 || len(r.Statements) != 0 || r.Article.State != "live blog" {
		t.Errorf("layers %b, %d statements, state %q", d.Layers, len(r.Statements), r.Article.State)
	}
	if again := restore(r.Article); again.Kind != article.LiveBlog {
		t.Errorf("restored as %q", again.Kind)
	}
}

func TestAnOtherLanguageIsNotReadAsEnglish(t *testing.T) {
	in := build(t)
	a := &article.Article{ID: "x", Text: "Die Fährgesellschaften trafen sich am Dienstag.", Language: "de"}
	a.Body.End = len(a.Text)
	d, err := in.Annotate(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if d.Layers != 0 || len(d.Tokens) != 0 {
		t.Errorf("layers %b with %d tokens, want none", d.Layers, len(d.Tokens))
	}
	r, err := in.compiled(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if r.Article.State != "waits" {
		t.Errorf("state %q, want waits", r.Article.State)
	}
}
