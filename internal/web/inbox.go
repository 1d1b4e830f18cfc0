package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// inboxPage shows the newest articles with what each changed in the record.
type inboxPage struct {
	Items  []inboxItem
	Likely bool
	Counts store.Pulse
	Pager  pager
}

// An inboxItem is an article and what the record owes to it.
type inboxItem struct {
	record.Article
	Talks      []record.Talks
	Statements int
	Speakers   []string
	Changes    []*change // positions that moved or are new
	Repeats    int       // positions that were known before
	Rest       int       // positions that were not compared
	Likely     int       // positions left out as they are only likely
	Meetings   []newsOfMeeting
	Documents  []record.Document // told of for the first time
	Status     []record.Step
}

// newsOfMeeting is a meeting told of for the first time, or in a new state.
type newsOfMeeting struct {
	record.Meeting
	Was string // its state before; "" where it was not known
	Is  string // its state as this article tells it
}

// nothing reports whether the article changed nothing that the page shows.
func (i *inboxItem) nothing() bool {
	return len(i.Changes)+len(i.Meetings)+len(i.Documents)+len(i.Status) == 0
}

// Bounds of the inbox.
const (
	inboxSize       = 10
	talksOfInbox    = 3
	speakersOfInbox = 4
	listedOfArticle = 300 // entries of one article
	comparedOfInbox = 10  // positions of one article that are compared with earlier ones
	earlierCompared = 20  // earlier positions that one is compared with
)

func (d *desk) inbox(r *http.Request) (page, error) {
	ctx := r.Context()
	v := inboxPage{Likely: r.URL.Query().Get("likely") == "1"}
	f := store.Filter{Newest: true}
	v.Pager = pageOf(r, &f, inboxSize)
	list, more, err := collect(d.store.Articles(ctx, f), inboxSize)
	if err != nil {
		return page{}, fmt.Errorf("web: inbox: %w", err)
	}
	v.Pager.More = more
	d.shelf().open(ctx, list)
	for _, a := range list {
		item := inboxItem{Article: a}
		if err := d.news(ctx, &item, v.Likely); err != nil {
			return page{}, fmt.Errorf("web: news of article %s: %w", a.ID, err)
		}
		v.Items = append(v.Items, item)
	}
	if v.Counts, err = d.store.Pulse(ctx); err != nil {
		return page{}, fmt.Errorf("web: counts: %w", err)
	}
	return page{Title: d.words.T("inbox.title"), Section: "inbox", Body: d.inboxView(v)}, nil
}

// news fills in what the record owes to an article.
func (d *desk) news(ctx context.Context, item *inboxItem, likely bool) error {
	f := store.Filter{Article: item.ID, Limit: listedOfArticle}
	for s, err := range d.store.Statements(ctx, f) {
		if err != nil {
			return err
		}
		item.Statements++
		if who := deref(s.Speaker); who != "" && !slices.Contains(item.Speakers, who) {
			item.Speakers = append(item.Speakers, who)
		}
	}
	f.Sure = !likely
	if err := d.newsOfMeetings(ctx, item, f); err != nil {
		return err
	}
	for x, err := range d.store.Documents(ctx, f) {
		if err != nil {
			return err
		}
		if len(x.Articles) > 0 && x.Articles[0] == item.ID {
			item.Documents = append(item.Documents, x)
		}
	}
	for t, err := range d.store.Talks(ctx, store.Filter{Article: item.ID, Limit: talksOfArticle}) {
		if err != nil {
			return err
		}
		item.Talks = append(item.Talks, t)
		for _, s := range t.Status {
			known := slices.ContainsFunc(item.Status, func(o record.Step) bool { return o.State == s.State && o.By == s.By })
			if s.Article == item.ID && !known {
				item.Status = append(item.Status, s)
			}
		}
	}
	return d.newsOfPositions(ctx, item, likely)
}

// newsOfMeetings keeps meetings that the article is the first to tell of, and
// those that it tells of in another state than was known.
func (d *desk) newsOfMeetings(ctx context.Context, item *inboxItem, f store.Filter) error {
	for m, err := range d.store.Meetings(ctx, f) {
		if err != nil {
			return err
		}
		was, is := "", m.State
		for i, s := range m.History {
			if s.Article == item.ID {
				is = s.State
				if i > 0 {
					was = m.History[i-1].State
				}
				break
			}
		}
		if was != is {
			item.Meetings = append(item.Meetings, newsOfMeeting{m, was, is})
		}
	}
	return nil
}

func (d *desk) newsOfPositions(ctx context.Context, item *inboxItem, likely bool) error {
	seen := map[string]bool{}
	for p, err := range d.store.Positions(ctx, store.Filter{Article: item.ID, Limit: listedOfArticle}) {
		if err != nil {
			return err
		}
		key := p.PartyID + "\x00" + p.Party + "\x00" + p.Point.ID
		switch {
		case p.Likely && !likely:
			item.Likely++
			continue
		case voiceOf(&p) == claimed || p.Talks == nil || seen[key]:
			continue
		case len(item.Changes)+item.Repeats == comparedOfInbox:
			item.Rest++
			continue
		}
		seen[key] = true
		c, err := d.since(ctx, &p, likely)
		if err != nil {
			return err
		}
		if c == nil {
			item.Repeats++
			continue
		}
		item.Changes = append(item.Changes, c)
	}
	slices.SortStableFunc(item.Changes, movedFirst)
	return nil
}

// since compares a position with what other articles told up to its day; nil
// where they told the same.
func (d *desk) since(ctx context.Context, p *record.Position, likely bool) (*change, error) {
	f := store.Filter{Talks: *p.Talks, Party: p.PartyID, Point: p.Point.ID, Until: deref(p.Date), Sure: !likely, Newest: true, Limit: earlierCompared}
	var was []*record.Position
	for earlier, err := range d.store.Positions(ctx, f) {
		if err != nil {
			return nil, err
		}
		if earlier.Article != p.Article && voiceOf(&earlier) != claimed && earlier.Date != nil {
			was = newestOf(was, &earlier)
		}
	}
	c := &change{Party: p.Party, Point: p.Point, Is: p, URL: cellURL(*p.Talks, p.Point.ID, p.Party, window{})}
	for _, o := range was {
		if o.Stance == p.Stance && o.Denied == p.Denied {
			return nil, nil
		}
	}
	if len(was) > 0 {
		c.Was = was[0]
	}
	return c, nil
}
