package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// negotiationPage is everything the record holds of one negotiation.
type negotiationPage struct {
	Talks     record.Talks
	Likely    bool // likely entries are shown too
	All       showAll
	Table     positionTable
	Days      window
	Series    series
	Status    []statusDay
	Meetings  []record.Meeting
	Documents []record.Document
	Conflicts []contradictionItem
	Articles  []record.Article
	Hidden    hidden
	Switch    pager // carries the address, for switches

	Expectations []record.Expectation
	Author       string           // who decides
	Last         *record.Decision // that this person took
	Others       []choice         // negotiations that may be the same one
}

// showAll says which long lists the reader asked to see whole.
type showAll struct{ Points, Parties, Status, Conflicts, Expectations bool }

// hidden counts what a page leaves out of its lists.
type hidden struct{ Likely, Status, Conflicts, Articles, Expectations int }

// Sizes of the shorter lists of the page.
const (
	statusShown    = 10
	conflictsShown = 6
	articlesShown  = 15

	expectationsShown = 10
)

// A statusDay holds what was said on one day about where the talks stand.
type statusDay struct {
	Date    string
	Claims  []statusClaim
	Differs bool // those who spoke that day disagree
}

// A statusClaim is one state as one speaker gives it on one day.
type statusClaim struct {
	record.Step
	Outlet   string
	Articles int
}

func (d *desk) negotiation(r *http.Request) (page, error) {
	ctx, q := r.Context(), r.URL.Query()
	t, err := d.oneTalks(ctx, r.PathValue("id"))
	if err != nil {
		return page{}, err
	}
	v := negotiationPage{Talks: t, Likely: q.Get("likely") == "1", Switch: pager{url: *r.URL}}
	v.All = showAll{q.Get("points") == "all", q.Get("parties") == "all", q.Get("status") == "all", q.Get("contradictions") == "all", q.Get("expectations") == "all"}
	f := store.Filter{Talks: t.ID, Newest: true, Limit: mostPlaces + 1}
	positions, cut, err := collect(d.store.Positions(ctx, f), mostPlaces)
	if err != nil {
		return page{}, fmt.Errorf("web: positions of talks %s: %w", t.ID, err)
	}
	found := len(positions)
	if !v.Likely {
		positions = certain(positions)
	}
	v.Hidden.Likely = found - len(positions)
	if v.Days, err = newWindow(q, positions); err != nil {
		return page{}, err
	}
	v.Table = newTable(&t, v.Days.upToNow(slices.Clone(positions)), v.Days, v.All.Points, v.All.Parties)
	v.Table.Cut = cut
	if err := d.lists(ctx, &v); err != nil {
		return page{}, err
	}
	if v.Series, err = d.series(ctx, t.ID); err != nil {
		return page{}, err
	}
	if err := d.judging(r, &v); err != nil {
		return page{}, err
	}
	if err := d.conflicts(ctx, &v); err != nil {
		return page{}, err
	}
	return page{Title: t.Name, Section: "talks", Body: d.negotiationView(v)}, nil
}

// conflicts fills in the surest contradictions.
func (d *desk) conflicts(ctx context.Context, v *negotiationPage) error {
	list, _, err := collect(d.store.Contradictions(ctx, store.Filter{Talks: v.Talks.ID, Sure: !v.Likely, Limit: mostEntries}), mostEntries)
	if err != nil {
		return fmt.Errorf("web: contradictions of talks %s: %w", v.Talks.ID, err)
	}
	if !v.All.Conflicts && len(list) > conflictsShown {
		v.Hidden.Conflicts = len(list) - conflictsShown
		list = list[:conflictsShown]
	}
	v.Conflicts, err = d.contradictionItems(ctx, list)
	return err
}

func (d *desk) oneTalks(ctx context.Context, id string) (record.Talks, error) {
	found, _, err := collect(d.store.Talks(ctx, store.Filter{ID: id, Limit: 1}), 1)
	if err != nil {
		return record.Talks{}, fmt.Errorf("web: talks %s: %w", id, err)
	}
	if len(found) == 0 {
		return record.Talks{}, fmt.Errorf("web: talks %s: %w", id, record.ErrNotFound)
	}
	return found[0], nil
}

// lists fills in meetings, documents, articles and status.
func (d *desk) lists(ctx context.Context, v *negotiationPage) error {
	f := store.Filter{Talks: v.Talks.ID, Sure: !v.Likely, Limit: mostEntries}
	var err error
	if v.Meetings, _, err = collect(d.store.Meetings(ctx, f), mostEntries); err != nil {
		return fmt.Errorf("web: meetings of talks %s: %w", v.Talks.ID, err)
	}
	slices.SortStableFunc(v.Meetings, undatedLast)
	if v.Documents, _, err = collect(d.store.Documents(ctx, f), mostEntries); err != nil {
		return fmt.Errorf("web: documents of talks %s: %w", v.Talks.ID, err)
	}
	if err := d.expected(ctx, v, f); err != nil {
		return err
	}
	f.Newest = true
	if v.Articles, _, err = collect(d.store.Articles(ctx, f), mostEntries); err != nil {
		return fmt.Errorf("web: articles of talks %s: %w", v.Talks.ID, err)
	}
	v.Status = statusDays(v.Talks.Status, v.Articles)
	if !v.All.Status && len(v.Status) > statusShown {
		v.Hidden.Status = len(v.Status) - statusShown
		v.Status = v.Status[:statusShown]
	}
	v.Hidden.Articles = max(0, len(v.Talks.Articles)-articlesShown)
	v.Articles = v.Articles[:min(len(v.Articles), articlesShown)]
	d.shelf().open(ctx, v.Articles)
	return nil
}

func undatedLast(a, b record.Meeting) int {
	switch {
	case (a.Date == nil) == (b.Date == nil):
		return 0
	case a.Date == nil:
		return 1
	}
	return -1
}

// statusDays groups the claims about where the talks stand by day, newest first;
// the same state by the same speaker counts once a day.
func statusDays(steps []record.Step, articles []record.Article) []statusDay {
	outlets := map[string]string{}
	for _, a := range articles {
		outlets[a.ID] = a.Outlet
	}
	days := map[string]*statusDay{}
	for _, s := range steps {
		date := deref(s.Date)
		day := days[date]
		if day == nil {
			day = &statusDay{Date: date}
			days[date] = day
		}
		i := slices.IndexFunc(day.Claims, func(c statusClaim) bool { return c.State == s.State && c.By == s.By })
		if i < 0 {
			day.Differs = day.Differs || len(day.Claims) > 0 && day.Claims[0].State != s.State
			day.Claims = append(day.Claims, statusClaim{Step: s, Outlet: outlets[s.Article], Articles: 1})
		} else if day.Claims[i].Article != s.Article {
			day.Claims[i].Articles++
		}
	}
	var all []statusDay
	for _, day := range days {
		all = append(all, *day)
	}
	slices.SortFunc(all, func(a, b statusDay) int { return cmp.Compare(b.Date, a.Date) })
	return all
}

// A shelf keeps the articles that one page has taken from the store.
type shelf struct {
	store store.Reader
	taken map[string]*record.Article
}

func (d *desk) shelf() *shelf { return &shelf{d.store, map[string]*record.Article{}} }

// article returns an article with its text, or nil when it cannot be had: a proof
// that is gone is shown as gone, and the page goes on.
func (s *shelf) article(ctx context.Context, id string) *record.Article {
	if a, taken := s.taken[id]; taken {
		return a
	}
	var found *record.Article
	if a, err := s.store.Article(ctx, id); err == nil {
		found = &a
	}
	s.taken[id] = found
	return found
}

// open gives articles without a title their text, so that a list can show their
// first words. The articles are a page of a list.
func (s *shelf) open(ctx context.Context, list []record.Article) {
	for i := range list {
		if list[i].Title == "" && list[i].Text == "" {
			if a := s.article(ctx, list[i].ID); a != nil {
				list[i].Text = a.Text
			}
		}
	}
}

// sentence returns the words that prove a position, its mention marked.
func (s *shelf) sentence(ctx context.Context, p *record.Position) []node {
	if len(p.Evidence) == 0 {
		return nil
	}
	a := s.article(ctx, p.Evidence[0].Article)
	if a == nil || !fits(a.Text, p.Evidence[0].Span) {
		return nil
	}
	span := p.Evidence[0].Span
	return nodes(a.Text, span, mentionOf(a.Text, p))
}

// mentionOf finds the words of the point inside the sentence of its proof.
func mentionOf(body string, p *record.Position) []annotation {
	if p.Mention == "" {
		return nil
	}
	for _, e := range p.Evidence {
		if !fits(body, e.Span) {
			continue
		}
		if i := indexFold(e.Span.In(body), p.Mention); i >= 0 {
			start := e.Span.Start + i
			return []annotation{{Span: text.Span{Start: start, End: start + len(p.Mention)}, Class: "mention", rank: 1}}
		}
	}
	return nil
}
