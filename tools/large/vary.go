//go:build unix

package main

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/zeebo/xxh3"

	"rapporteur/internal/record"
)

// A press prints templates in other words.
type press struct {
	pool map[int][]string // words by length, as often as they are written
	kept map[string]bool  // words of names that all articles share: states, organs
}

func newPress(words []string, readings []*record.Reading) *press {
	p := &press{pool: map[int][]string{}, kept: map[string]bool{}}
	for _, w := range words {
		if plain(w) {
			p.pool[len(w)] = append(p.pool[len(w)], strings.ToLower(w))
		}
	}
	for _, r := range readings {
		for i := range r.Actors {
			if r.Actors[i].Kind == "person" {
				continue
			}
			for _, name := range append(r.Actors[i].Aliases, r.Actors[i].Name) {
				for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
					p.kept[strings.ToLower(w)] = true
				}
			}
		}
	}
	return p
}

func plain(word string) bool {
	for i := range len(word) {
		if c := word[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return word != ""
}

// short words are replaced one by one, longer ones alike wherever they stand.
const short = 4

// word returns what stands for a word in a variant: another of the same length, by
// chance as often as people write it, in the same case.
func (p *press) word(variant, at int, w string) string {
	lower := strings.ToLower(w)
	pool := p.pool[len(w)]
	if len(w) < 2 || p.kept[lower] || !plain(w) || len(pool) == 0 {
		return w
	}
	if len(w) > short {
		at = 0
	}
	out := pool[xxh3.HashString(fmt.Sprintf("%d %d %s", variant, at, lower))%uint64(len(pool))]
	switch {
	case w == strings.ToUpper(w):
		return strings.ToUpper(out)
	case w[:1] != lower[:1]:
		return strings.ToUpper(out[:1]) + out[1:]
	}
	return out
}

// text replaces each word of s; lengths stay.
func (p *press) text(variant int, s string) string {
	var b strings.Builder
	b.Grow(len(s))
	start := -1
	for i, r := range s {
		letter := unicode.IsLetter(r)
		if letter && start < 0 {
			start = i
		}
		if letter {
			continue
		}
		if start >= 0 {
			b.WriteString(p.word(variant, start, s[start:i]))
			start = -1
		}
		b.WriteString(s[i : i+len(string(r))])
	}
	if start >= 0 {
		b.WriteString(p.word(variant, start, s[start:]))
	}
	return b.String()
}

// A print is one variant under way.
type print struct {
	*press
	variant int
	days    int // by which it is moved
	id      string
}

const (
	outlets = 40
	years   = 8
)

// print returns a template as article number n: another name, outlet and day, in
// other words.
func (p *press) print(t *record.Reading, n int) *record.Reading {
	mixed := binary.LittleEndian.AppendUint64(nil, uint64(n))
	chance := xxh3.Hash(mixed)
	w := print{p, n, 0, fmt.Sprintf("large-%07d", n)}
	day := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(chance%(365*years)))
	if t.Article.Published != nil {
		if was, err := time.Parse(time.DateOnly, *t.Article.Published); err == nil {
			w.days = int(day.Sub(was).Hours() / 24)
		}
	}
	published := day.Format(time.DateOnly)
	r := &record.Reading{Article: t.Article}
	a := &r.Article
	a.ID, a.Published, a.PublishedAt, a.URL, a.Digest = w.id, &published, nil, nil, ""
	a.Outlet = fmt.Sprintf("Outlet %d", chance>>20%outlets)
	a.Text = w.text(n, a.Text)
	a.Title = w.text(n, a.Title)
	w.entries(r, t)
	w.joined(r, t)
	return r
}

func (w *print) of(s *string) *string {
	if s == nil {
		return nil
	}
	out := w.text(w.variant, *s)
	return &out
}

func (w *print) day(s *string) *string {
	if s == nil {
		return nil
	}
	if was, err := time.Parse(time.DateOnly, *s); err == nil {
		moved := was.AddDate(0, 0, w.days).Format(time.DateOnly)
		return &moved
	}
	return s
}

func (w *print) named(id string) string {
	if id == "" {
		return ""
	}
	return record.Digest(id[:1], id, w.id)
}

func (w *print) evidence(list []record.Evidence) []record.Evidence {
	out := slices.Clone(list)
	for i := range out {
		out[i].Article = w.id
	}
	return out
}

// key moves the names of persons in a key; those of states stay.
func (w *print) key(k string) string {
	kind, name, ok := strings.Cut(k, ":")
	if !ok {
		return k
	}
	return kind + ":" + w.text(w.variant, name)
}

func (w *print) keyOf(k *string) *string {
	if k == nil {
		return nil
	}
	out := w.key(*k)
	return &out
}

func (w *print) entries(r, t *record.Reading) {
	said := map[string]string{}
	for _, s := range t.Statements {
		said[s.ID] = w.named(s.ID)
		s.ID, s.Article, s.Published, s.Outlet = said[s.ID], w.id, r.Article.Published, r.Article.Outlet
		s.Source, s.Speaker, s.For, s.Addressee, s.Venue, s.Cue = w.of(s.Source), w.of(s.Speaker), w.of(s.For), w.of(s.Addressee), w.of(s.Venue), w.of(s.Cue)
		s.SpeakerID, s.ForID = w.keyOf(s.SpeakerID), w.keyOf(s.ForID)
		s.SaidOn, s.SaidUntil = w.day(s.SaidOn), w.day(s.SaidUntil)
		s.Content = nil
		for _, piece := range s.Pieces {
			s.Content = append(s.Content, piece.In(r.Article.Text))
		}
		s.Evidence = w.evidence(s.Evidence)
		r.Statements = append(r.Statements, s)
	}
	ofSaid := func(id *string) *string {
		if id == nil {
			return nil
		}
		out := said[*id]
		return &out
	}
	for _, p := range t.Positions {
		p.ID, p.Article, p.Date, p.Outlet, p.Statement = w.named(p.ID), w.id, r.Article.Published, r.Article.Outlet, ofSaid(p.Statement)
		p.Party, p.PartyID, p.AssertedBy, p.Mention = w.text(w.variant, p.Party), w.key(p.PartyID), w.text(w.variant, p.AssertedBy), w.text(w.variant, p.Mention)
		if w.variant%4 == 0 { // three of four articles speak of points that others speak of
			p.Point.ID, p.Point.Label = w.text(w.variant, p.Point.ID), w.text(w.variant, p.Point.Label)
		}
		p.Evidence = w.evidence(p.Evidence)
		r.Positions = append(r.Positions, p)
	}
	for _, m := range t.Moves {
		m.ID, m.Article, m.Date, m.Statement = w.named(m.ID), w.id, r.Article.Published, ofSaid(m.Statement)
		m.Actor, m.ActorKey, m.Recipient = w.text(w.variant, m.Actor), w.key(m.ActorKey), w.of(m.Recipient)
		m.Predicate, m.Point = w.text(w.variant, m.Predicate), w.text(w.variant, m.Point)
		m.Evidence = w.evidence(m.Evidence)
		r.Moves = append(r.Moves, m)
	}
	r.Abstained = t.Abstained
}

func (w *print) joined(r, t *record.Reading) {
	for _, a := range t.Actors {
		a.Key, a.OfKey, a.Name, a.Role = w.key(a.Key), w.key(a.OfKey), w.text(w.variant, a.Name), w.text(w.variant, a.Role)
		a.Aliases = slices.Clone(a.Aliases)
		for i := range a.Aliases {
			a.Aliases[i] = w.text(w.variant, a.Aliases[i])
		}
		a.Evidence = w.evidence(a.Evidence)
		r.Actors = append(r.Actors, a)
	}
	for _, x := range t.Talks {
		x.Parties, x.Mediators = w.keys(x.Parties), w.keys(x.Mediators)
		x.Evidence = w.evidence(x.Evidence)
		r.Talks = append(r.Talks, x)
	}
	for _, m := range t.Meetings {
		m.ID, m.Date, m.Until, m.Name, m.Place = w.named(m.ID), w.day(m.Date), w.day(m.Until), w.text(w.variant, m.Name), w.of(m.Place)
		m.PartyKeys, m.Participants, m.Evidence = w.keys(m.PartyKeys), slices.Clone(m.Participants), w.evidence(m.Evidence)
		for i := range m.Participants {
			m.Participants[i] = w.text(w.variant, m.Participants[i])
		}
		r.Meetings = append(r.Meetings, m)
	}
	for _, d := range t.Documents {
		d.ID, d.Key, d.Date, d.Name, d.By = w.named(d.ID), w.text(w.variant, d.Key), w.day(d.Date), w.text(w.variant, d.Name), w.of(d.By)
		d.To, d.Evidence = slices.Clone(d.To), w.evidence(d.Evidence)
		for i := range d.To {
			d.To[i] = w.text(w.variant, d.To[i])
		}
		r.Documents = append(r.Documents, d)
	}
	for _, s := range t.Status {
		s.Article, s.Date, s.By = w.id, r.Article.Published, w.text(w.variant, s.By)
		s.Evidence.Article = w.id
		r.Status = append(r.Status, s)
	}
}

func (w *print) keys(list []string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = w.key(out[i])
	}
	return out
}
