package web

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// seer returns a function that checks what a script gives in the page.
func seer(ctx context.Context, t *testing.T) func(what, script, want string) {
	return func(what, script, want string) {
		t.Helper()
		got, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
}

// A person judges entries with keys alone: each key leads to the next entry, and
// u brings the last one back.
func TestBrowserReview(t *testing.T) {
	ctx := browser(t)
	f := newFake(t)
	server := httptest.NewServer(newDesk(t, f))
	t.Cleanup(server.Close)
	see := seer(ctx, t)
	left := func(n string) string { return `#review:has(> .judge:nth-child(` + n + `):last-child)` }
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/review"), chromedp.WaitVisible(left("5"))); err != nil {
		t.Fatal(err)
	}
	see("the first entry is in focus", `document.activeElement.id`, "judge-1")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("c"), chromedp.WaitVisible(left("4"))); err != nil {
		t.Fatal(err)
	}
	see("the next entry is in focus", `document.activeElement.id`, "judge-1")
	see("what was decided is told", `document.querySelector(".last").textContent`, "Confirmed: Norria threatens: closing the locks")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("j")); err != nil {
		t.Fatal(err)
	}
	see("j goes on", `document.activeElement.id`, "judge-2")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("x"), chromedp.WaitVisible(left("3"))); err != nil {
		t.Fatal(err)
	}
	see("the one at the same place is in focus", `document.activeElement.id`, "judge-2")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("u"), chromedp.WaitVisible(left("4")), chromedp.KeyEvent("e")); err != nil {
		t.Fatal(err)
	}
	see("e opens the correction", `String(document.querySelector(".judge .change").open) + " " + document.activeElement.name`, "true field.party")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("c")); err != nil {
		t.Fatal(err)
	}
	see("keys in a field are words", `document.activeElement.value`, "c")
	if len(f.decided) != 2 || f.decided[0].Act != "confirm" || f.decided[1].Act != "reject" || f.decided[1].UndoneAt == "" {
		t.Errorf("decided: %+v", f.decided)
	}
}

// The slider of days and the two dates change the table in place; the address
// follows, and the panel of proofs still opens afterwards.
func TestBrowserThenAndNow(t *testing.T) {
	ctx := browser(t)
	server := httptest.NewServer(newDesk(t, newFake(t)))
	t.Cleanup(server.Close)
	see := seer(ctx, t)
	slide := `(() => { const s = document.getElementById("slide-now"); s.value = 0;
		s.dispatchEvent(new Event("input", { bubbles: true })); s.dispatchEvent(new Event("change", { bubbles: true })); return "" })()`
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/talks/t1"), chromedp.WaitVisible("#slide-now")); err != nil {
		t.Fatal(err)
	}
	see("the slider says the newest day", `document.querySelector(".slide output").textContent`, "9 Mar 2031")
	see("it moves", slide, "")
	if err := chromedp.Do(ctx, chromedp.WaitVisible(`#positions a[href*="until=2031-03-04"]`)); err != nil {
		t.Fatal(err)
	}
	see("the address follows", `location.search`, "now=2031-03-04")
	see("the table is that of the day", `document.querySelector("#point-pt-joint-canal-board").textContent`, "rejects")
	see("the slider stays where it was put", `document.getElementById("slide-now").value + document.querySelector(".slide output").textContent`, "04 Mar 2031")
	if err := chromedp.Do(ctx,
		chromedp.Navigate(server.URL+"/talks/t1"),
		chromedp.WaitVisible("#positions [name=then]"),
		chromedp.SetValue("#positions [name=then]", "2031-03-05"),
		chromedp.Click("#positions .then-now button"),
		chromedp.WaitVisible("#positions .moved li"),
	); err != nil {
		t.Fatal(err)
	}
	see("what moved is listed", `document.querySelector(".moved li").textContent`, "Sorland on joint canal board")
	if err := chromedp.Do(ctx, chromedp.Click("#point-pt-joint-canal-board a.cell"), chromedp.WaitVisible("#proofs .proof mark.k-proof")); err != nil {
		t.Fatal(err)
	}
	see("the panel of proofs opens", `document.activeElement.id`, "proofs")
	see("nothing runs over the edge", `String(document.documentElement.scrollWidth <= innerWidth)`, "true")
	// By script: a click at a place misses while a busy browser still lays the panel out.
	see("it can be judged", `(() => { document.querySelector("#proofs .verdict button[value=confirm]").click(); return "" })()`, "")
	if err := chromedp.Do(ctx, chromedp.WaitVisible("#positions:target .moved li")); err != nil {
		t.Fatal(err)
	}
	see("a proof that was judged leads back to the same table", `location.pathname + location.search + location.hash`, "/talks/t1?now=&then=2031-03-05#positions")
}
