package web

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser starts Debian's chromium, or skips the test when there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no chromium: apt-get install chromium")
		}
		t.Skip("no chromium: apt-get install chromium to run this test")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox}
	for _, flag := range []string{
		"headless", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	options = append(options, chromedp.Flag("window-size", "1280,900"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stopBrowser := chromedp.NewContext(ctx)
	t.Cleanup(stopBrowser)
	ctx, stopWaiting := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(stopWaiting)
	return ctx
}

// An analyst opens the desk, follows a card, clicks a cell and sees the marked
// words beside the table, without leaving the page; keys work.
func TestBrowser(t *testing.T) {
	ctx := browser(t)
	server := httptest.NewServer(newDesk(t, newFake(t)))
	t.Cleanup(server.Close)
	const panel = "#proofs .proof mark.k-proof"
	if err := chromedp.Do(ctx,
		chromedp.Navigate(server.URL+"/"),
		chromedp.Click(".card h2 a"),
		chromedp.WaitVisible("table.positions"),
		chromedp.Click("#point-pt-canal-toll a.cell"),
		chromedp.WaitVisible(panel),
	); err != nil {
		t.Fatal(err)
	}
	see := func(what, script, want string) {
		t.Helper()
		got, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
	see("marked words", `document.querySelector("`+panel+`").textContent`, "We have never accepted any toll,")
	see("the page stays", `location.pathname`, "/talks/t1")
	see("the table stays", `String(document.querySelectorAll("table.positions").length)`, "1")
	see("proofs beside the table", `String(document.querySelector("#proofs").getBoundingClientRect().left > document.querySelector("table.positions th").getBoundingClientRect().left + 300)`, "true")
	see("the cell is marked", `document.querySelector("a.cell[aria-current]").textContent`, "rejects")
	see("nothing runs over the edge", `String(document.documentElement.scrollWidth <= innerWidth)`, "true")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("\x1b"), chromedp.KeyEvent("k")); err != nil {
		t.Fatal(err)
	}
	see("Esc closes the proofs", `String(document.querySelector("#proofs").childNodes.length)`, "0")
	see("k goes to the cell before", `document.activeElement.textContent`, "supports")
	if err := chromedp.Do(ctx, chromedp.KeyEvent("/")); err != nil {
		t.Fatal(err)
	}
	see("the slash goes to the search box", `document.activeElement.id`, "find")
}

// Typing narrows a list in place; the address follows, so that it can be sent on.
func TestBrowserFilters(t *testing.T) {
	ctx := browser(t)
	server := httptest.NewServer(newDesk(t, newFake(t)))
	t.Cleanup(server.Close)
	if err := chromedp.Do(ctx,
		chromedp.Navigate(server.URL+"/statements"),
		chromedp.WaitVisible("#statements-q"),
		chromedp.SendKeys("#statements-q", "accepted"),
		chromedp.WaitVisible("mark.k-hit"),
	); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.search + " " + document.activeElement.id`))
	if err != nil {
		t.Fatal(err)
	}
	if got != "?q=accepted statements-q" {
		t.Errorf("address and focus are %q", got)
	}
	if err := chromedp.Do(ctx, chromedp.NavigateBack(), chromedp.WaitVisible("#results .entry:nth-child(3)")); err != nil {
		t.Errorf("the way back does not bring the whole list: %v", err)
	}
}
