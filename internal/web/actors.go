package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// actorsPage lists who acts in the record.
type actorsPage struct {
	Search string
	Items  []record.Actor
	Pager  pager
}

// actorPage shows one actor.
type actorPage struct {
	Actor      record.Actor
	Statements []statementItem
	Positions  []record.Position
	More       struct{ Statements, Positions bool }
	Judge      reviewItem
	Author     string
	Last       *record.Decision
	Here       pager
}

// Bounds of the page of an actor.
const (
	entriesOfActor  = 15 // in each of its two lists
	similarToChoose = 60 // actors who may be the same one
)

func (d *desk) actors(r *http.Request) (page, error) {
	v := actorsPage{Search: strings.TrimSpace(r.URL.Query().Get("q"))}
	f := store.Filter{Search: v.Search}
	v.Pager = pageOf(r, &f, pageSize)
	var err error
	if v.Items, v.Pager.More, err = collect(d.store.Actors(r.Context(), f), pageSize); err != nil {
		return page{}, fmt.Errorf("web: actors: %w", err)
	}
	return page{Title: d.words.T("actors.title"), Section: "actors", Body: d.actorsView(v)}, nil
}

func (d *desk) actor(r *http.Request) (page, error) {
	ctx, id := r.Context(), r.PathValue("id")
	found, _, err := collect(d.store.Actors(ctx, store.Filter{ID: id, Limit: 1}), 1)
	if err != nil {
		return page{}, fmt.Errorf("web: actor %s: %w", id, err)
	}
	if len(found) == 0 {
		return page{}, fmt.Errorf("web: actor %s: %w", id, record.ErrNotFound)
	}
	v := actorPage{Actor: found[0]}
	f := store.Filter{Sure: true, Newest: true, Limit: entriesOfActor + 1}
	said := f
	said.Speaker = v.Actor.Name
	statements, more, err := collect(d.store.Statements(ctx, said), entriesOfActor)
	if err != nil {
		return page{}, fmt.Errorf("web: statements of %s: %w", v.Actor.Name, err)
	}
	v.More.Statements = more
	for _, s := range statements {
		v.Statements = append(v.Statements, newStatementItem(s, ""))
	}
	if err := d.alsoTold(ctx, v.Statements); err != nil {
		return page{}, err
	}
	held := f
	held.Party = v.Actor.Name
	if v.Positions, v.More.Positions, err = collect(d.store.Positions(ctx, held), entriesOfActor); err != nil {
		return page{}, fmt.Errorf("web: positions of %s: %w", v.Actor.Name, err)
	}
	v.Here.url = *r.URL
	v.Author = d.author(r)
	if v.Last, err = d.lastOf(ctx, v.Author); err != nil {
		return page{}, err
	}
	v.Judge = reviewItem{entry: entry{Kind: store.ActorEntry, ID: id, Entry: &v.Actor, Decision: v.Actor.Decision}, Anchor: "judge", Merge: store.ActorEntry, Whole: id}
	if v.Judge.Values, err = v.Judge.values(); err != nil {
		return page{}, err
	}
	if v.Judge.Others, err = d.similar(ctx, &v.Actor); err != nil {
		return page{}, err
	}
	return page{Title: v.Actor.Name, Section: "actors", Body: d.actorView(v)}, nil
}

// similar lists actors whose names hold the last word of this one's.
func (d *desk) similar(ctx context.Context, a *record.Actor) ([]choice, error) {
	words := strings.Fields(a.Name)
	if len(words) == 0 {
		return nil, nil
	}
	var out []choice
	for o, err := range d.store.Actors(ctx, store.Filter{Search: words[len(words)-1], Limit: similarToChoose}) {
		if err != nil {
			return nil, fmt.Errorf("web: actors like %s: %w", a.Name, err)
		}
		if o.ID != a.ID {
			out = append(out, choice{Value: o.ID, Label: o.Name})
		}
	}
	return out, nil
}
