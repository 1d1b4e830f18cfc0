package sqlite

import (
	"strconv"

	"rapporteur/internal/record"
)

// A seat is where one article's telling of talks came to stand: its row, and the
// talks that it belongs to after decisions.
type seat struct {
	row, talks int64
	id         string // of the talks
}

// talksRow returns the row of the talks with that key, made when it is new.
func (w *writer) talksRow(key string) (int64, error) {
	var n int64
	if there, err := w.one("SELECT n FROM talks WHERE key = ?", args(key), &n); err != nil || there {
		return n, err
	}
	id := record.Digest("t", key)
	n, err := w.insert("INSERT INTO talks(key, id, name, subject) VALUES (?, ?, '', '')", key, id)
	if err != nil {
		return 0, err
	}
	w.touched.talks[n] = true
	return n, w.pointInto("talks", "talks", n, id)
}

// pointInto sets into_n of a row of talks, points or documents to what persons
// merged it into, or to NULL.
func (w *writer) pointInto(table, target string, n int64, id string) error {
	to, err := w.mergedInto(target, id)
	if err != nil {
		return err
	}
	if to == id {
		return w.exec("UPDATE "+table+" SET into_n = NULL WHERE n = ? AND into_n IS NOT NULL", n)
	}
	return w.exec("UPDATE "+table+" SET into_n = (SELECT n FROM "+table+" WHERE id = ?) WHERE n = ?", to, n)
}

// standing follows into_n of a row of talks, points or documents.
func (w *writer) standing(table string, n int64) (int64, error) {
	var to int64
	_, err := w.one("SELECT ifnull(into_n, n) FROM "+table+" WHERE n = ?", args(n), &to)
	return to, err
}

func (w *writer) putTalks(p *placing) error {
	for seq := range p.r.Talks {
		t := &p.r.Talks[seq]
		own, err := w.talksRow(t.Key)
		if err != nil {
			return err
		}
		row, err := w.insert(`INSERT INTO talks_seen(article, seq, published, key_talks, talks, name, subject, confidence, likely) VALUES (?,?,?,?,?,?,?,?,?)`,
			p.article, seq, p.published, own, own, t.Name, t.Subject, t.Value, t.Likely)
		if err != nil {
			return err
		}
		if err := w.putTalksParties(row, t); err != nil {
			return err
		}
		if err := w.putEvidence(p.article, kindTalks, row, t.Evidence); err != nil {
			return err
		}
	}
	return w.seatTalks(p)
}

func (w *writer) putTalksParties(row int64, t *record.TalksSeen) error {
	for i, key := range append(append([]string(nil), t.Parties...), t.Mediators...) {
		actor, err := w.actor(key)
		if err != nil {
			return err
		}
		if err := w.exec("INSERT INTO talks_parties(talks_seen, seq, actor, mediator) VALUES (?,?,?,?)", row, i, actor, i >= len(t.Parties)); err != nil {
			return err
		}
	}
	return nil
}

// seatTalks decides, for each telling of talks in an article just put, which
// talks it belongs to, and counts it there.
func (w *writer) seatTalks(p *placing) error {
	places, err := w.seats(p.article, p.r.Article.ID)
	if err != nil {
		return err
	}
	for _, s := range places {
		if err := w.exec("UPDATE talks_seen SET talks = ? WHERE n = ? AND talks <> ?", s.talks, s.row, s.talks); err != nil {
			return err
		}
		if err := w.countTalks(s.row, s.talks, 1); err != nil {
			return err
		}
		if _, err := w.one("SELECT id FROM talks WHERE n = ?", args(s.talks), &s.id); err != nil {
			return err
		}
		if s.seq < len(p.r.Talks) {
			if _, taken := p.talks[p.r.Talks[s.seq].Key]; !taken {
				p.talks[p.r.Talks[s.seq].Key] = s.seat
			}
		} else {
			p.without = &s.seat
		}
	}
	return nil
}

// countTalks adds or takes away one telling of talks.
func (w *writer) countTalks(row, talks int64, by int) error {
	w.touched.talks[talks] = true
	if err := w.exec("UPDATE talks SET seen = seen + ? WHERE n = ?", by, talks); err != nil {
		return err
	}
	var name, subject string
	if _, err := w.one("SELECT name, subject FROM talks_seen WHERE n = ?", args(row), &name, &subject); err != nil {
		return err
	}
	traits := []trait{{"name", name}, {"subject", subject}}
	err := w.each("SELECT DISTINCT actor, mediator FROM talks_parties WHERE talks_seen = ? ORDER BY seq", args(row), func(scan func(...any) error) error {
		var actor int64
		var mediator bool
		if err := scan(&actor, &mediator); err != nil {
			return err
		}
		kind := "party"
		if mediator {
			kind = "mediator"
		}
		traits = append(traits, trait{kind, strconv.FormatInt(actor, 10)})
		return nil
	})
	if err != nil {
		return err
	}
	return w.count(kindTalks, talks, traits, by)
}

func (w *writer) dropTalks(article int64) error {
	if err := w.touchActorsOf("talks", article); err != nil {
		return err
	}
	if err := w.exec("DELETE FROM status_seen WHERE article = ?", article); err != nil {
		return err
	}
	rows, err := w.seatsAsTheyAre(article)
	if err != nil {
		return err
	}
	for _, s := range rows {
		if err := w.countTalks(s.row, s.talks, -1); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM talks_parties WHERE talks_seen = ?", s.row); err != nil {
			return err
		}
	}
	return w.exec("DELETE FROM talks_seen WHERE article = ?", article)
}

func (w *writer) seatsAsTheyAre(article int64) ([]seat, error) {
	var out []seat
	err := w.each("SELECT n, talks FROM talks_seen WHERE article = ? ORDER BY seq", args(article), func(scan func(...any) error) error {
		var s seat
		err := scan(&s.row, &s.talks)
		out = append(out, s)
		return err
	})
	return out, err
}

// refreshTalks brings the touched talks up to date.
func (w *writer) refreshTalks() error {
	for _, n := range sorted(w.touched.talks) {
		var given, fix string
		if there, err := w.one("SELECT given, ifnull(fix,'') FROM talks WHERE n = ?", args(n), &given, &fix); err != nil || !there {
			if err != nil {
				return err
			}
			continue
		}
		name, err := w.best(kindTalks, n, "name", false)
		if err != nil {
			return err
		}
		subject, err := w.best(kindTalks, n, "subject", true)
		if err != nil {
			return err
		}
		if given != "" {
			name = given
		}
		fixed := record.Talks{Name: name, Subject: subject}
		if err := fromJSON(fix, &fixed); err != nil {
			return err
		}
		if err := w.exec("UPDATE talks SET name = ?, subject = ? WHERE n = ?", fixed.Name, fixed.Subject, n); err != nil {
			return err
		}
		if err := w.forgetTalks(n); err != nil {
			return err
		}
	}
	return nil
}

// forgetTalks removes talks that nothing refers to any more.
func (w *writer) forgetTalks(n int64) error {
	return w.exec(`DELETE FROM talks WHERE n = ?1 AND seen = 0 AND NOT defined
		AND NOT EXISTS (SELECT 1 FROM talks o WHERE o.into_n = ?1)
		AND NOT EXISTS (SELECT 1 FROM talks_seen s WHERE s.talks = ?1 OR s.key_talks = ?1)
		AND NOT EXISTS (SELECT 1 FROM points WHERE talks = ?1)
		AND NOT EXISTS (SELECT 1 FROM talks_splits WHERE source = ?1 OR target = ?1)
		AND NOT EXISTS (SELECT 1 FROM talks_rules WHERE talks = ?1)
		AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.target = 'talks' AND d.entry = talks.id AND d.undone_at = '')
		AND NOT EXISTS (SELECT 1 FROM merges g WHERE g.target = 'talks' AND g.to_id = talks.id)`, n)
}
