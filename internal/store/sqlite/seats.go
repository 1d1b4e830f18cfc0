package sqlite

import (
	"slices"
	"strings"

	"rapporteur/internal/store"
)

// A place is a seat with the order of its telling in the article.
type place struct {
	seat
	seq  int
	base int64 // talks by the telling's own key; 0 where a person alone put the article there

	fresh bool // the telling was made just now
}

// A ruling is a decision about where articles belong: a definition of talks, or
// the move of one article from some talks to others. Rulings apply in the order
// in which they were taken.
type ruling struct {
	decision int64
	target   int64
	source   int64             // of a move
	rule     *store.Definition // of a definition that the article meets
}

// seats decides where the tellings of one article belong: by their own key, then
// by each ruling in its order, then by merges. An article that meets a
// definition without telling of such talks gets a telling of no words.
func (w *writer) seats(article int64, id string) ([]place, error) {
	places, err := w.tellings(article)
	if err != nil {
		return nil, err
	}
	rulings, err := w.rulings(article, id)
	if err != nil {
		return nil, err
	}
	last := slices.IndexFunc(places, func(p place) bool { return p.base == 0 })
	if last >= 0 {
		places[last].talks = 0
	} else {
		places = append(places, place{seq: nextSeq(places)})
		last = len(places) - 1
	}
	for _, r := range rulings {
		if err := w.apply(r, article, places, last); err != nil {
			return nil, err
		}
	}
	for i := range places {
		if places[i].talks == 0 {
			continue
		}
		if places[i].talks, err = w.standing("talks", places[i].talks); err != nil {
			return nil, err
		}
	}
	return w.settle(article, places, last)
}

func nextSeq(places []place) int {
	if len(places) == 0 {
		return 0
	}
	return places[len(places)-1].seq + 1
}

// settle makes or removes the telling of no words as places[last] needs it. A
// removed one stays in the list with talks 0.
func (w *writer) settle(article int64, places []place, last int) ([]place, error) {
	p := &places[last]
	switch {
	case p.talks != 0 && p.row == 0:
		var err error
		p.fresh = true
		p.row, err = w.insert(`INSERT INTO talks_seen(article, seq, published, talks, name, subject, confidence, likely)
			SELECT n, ?, published, ?, '', '', 0, 0 FROM articles WHERE n = ?`, p.seq, p.talks, article)
		return places, err
	case p.row == 0:
		return slices.Delete(places, last, last+1), nil
	}
	return places, nil
}

func (w *writer) tellings(article int64) ([]place, error) {
	var out []place
	err := w.each("SELECT n, seq, ifnull(key_talks, 0) FROM talks_seen WHERE article = ? ORDER BY seq", args(article), func(scan func(...any) error) error {
		var p place
		err := scan(&p.row, &p.seq, &p.base)
		p.talks = p.base
		out = append(out, p)
		return err
	})
	return out, err
}

// apply lets one ruling move the tellings that it speaks of.
func (w *writer) apply(r ruling, article int64, places []place, last int) error {
	if r.rule == nil {
		source, err := w.standing("talks", r.source)
		if err != nil {
			return err
		}
		for i := range places {
			if places[i].talks == 0 {
				continue
			}
			if now, err := w.standing("talks", places[i].talks); err != nil {
				return err
			} else if now == source {
				places[i].talks = r.target
			}
		}
		return nil
	}
	found := false
	for i := range places {
		if i == last {
			continue
		}
		overlaps, err := w.overlaps(article, places[i].row, r.rule.Parties)
		if err != nil {
			return err
		}
		if overlaps {
			places[i].talks, found = r.target, true
		}
	}
	if !found {
		places[last].talks = r.target
	}
	return nil
}

// rulings returns what persons decided that touches the article.
func (w *writer) rulings(article int64, id string) ([]ruling, error) {
	var out, defined []ruling
	err := w.each("SELECT decision, source, target FROM talks_splits WHERE article_id = ?", args(id), func(scan func(...any) error) error {
		var r ruling
		err := scan(&r.decision, &r.source, &r.target)
		out = append(out, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = w.each("SELECT decision, talks, rule FROM talks_rules", nil, func(scan func(...any) error) error {
		r := ruling{rule: &store.Definition{}}
		var text string
		if err := scan(&r.decision, &r.target, &text); err != nil {
			return err
		}
		defined = append(defined, r)
		return fromJSON(text, r.rule)
	})
	if err != nil {
		return nil, err
	}
	if len(defined) > 0 {
		a, err := w.described(article)
		if err != nil {
			return nil, err
		}
		for _, r := range defined {
			if a.meets(r.rule) {
				out = append(out, r)
			}
		}
	}
	slices.SortFunc(out, func(a, b ruling) int { return int(a.decision - b.decision) })
	return out, nil
}

// A description is what definitions look at: an article's own names and words.
type description struct {
	published string
	names     map[string]bool
	words     string // folded, words between single spaces
}

func (w *writer) described(article int64) (description, error) {
	d := description{names: map[string]bool{}}
	var whole body
	_, err := w.one("SELECT a.published, t.text FROM articles a JOIN texts t ON t.article = a.n WHERE a.n = ?", args(article), &d.published, &whole)
	if err != nil {
		return d, err
	}
	d.words = plain(string(whole))
	err = w.each("SELECT name, ifnull(aliases,'') FROM actor_seen WHERE article = ?", args(article), func(scan func(...any) error) error {
		return scanNames(scan, d.names)
	})
	return d, err
}

func scanNames(scan func(...any) error, into map[string]bool) error {
	var name, aliases string
	var list []string
	if err := scan(&name, &aliases); err != nil {
		return err
	}
	if err := fromJSON(aliases, &list); err != nil {
		return err
	}
	for _, one := range append(list, name) {
		into[fold(one)] = true
	}
	return nil
}

// meets reports whether the article names every party, holds one of the words
// and was published in the days of the definition.
func (d description) meets(rule *store.Definition) bool {
	if rule.Since != "" && d.published < rule.Since || rule.Until != "" && (d.published == "" || d.published > rule.Until) {
		return false
	}
	for _, p := range rule.Parties {
		if !d.names[fold(p)] {
			return false
		}
	}
	if len(rule.Words) == 0 {
		return true
	}
	return slices.ContainsFunc(rule.Words, func(word string) bool { return strings.Contains(d.words, plain(word)) })
}

// overlaps reports whether a telling of talks is about the parties of a
// definition: two of them sit there, or the only one.
func (w *writer) overlaps(article, row int64, parties []string) (bool, error) {
	names := map[string]bool{}
	err := w.each(`SELECT s.name, ifnull(s.aliases,'') FROM talks_parties p JOIN actor_seen s ON s.actor = p.actor AND s.article = ?
		WHERE p.talks_seen = ?`, args(article, row), func(scan func(...any) error) error { return scanNames(scan, names) })
	if err != nil {
		return false, err
	}
	n := 0
	for _, p := range parties {
		if names[fold(p)] {
			n++
		}
	}
	return n >= min(2, len(parties)), nil
}
