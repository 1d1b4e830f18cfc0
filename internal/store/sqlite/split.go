package sqlite

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// split moves articles from some talks to new ones.
func (w *writer) split(d *record.Decision) error {
	var s store.Split
	if err := json.Unmarshal([]byte(d.After), &s); err != nil || len(s.Articles) == 0 || s.Name == "" {
		return fmt.Errorf("a split needs articles and a name: %w", record.ErrInvalid)
	}
	slices.Sort(s.Articles)
	target, err := w.talksRow("split:" + d.EntryID + ":" + s.Name + ":" + strings.Join(s.Articles, ","))
	if err != nil {
		return err
	}
	if _, err := w.one("SELECT id FROM talks WHERE n = ?", args(target), &s.ID); err != nil {
		return err
	}
	articles := []int64{}
	for _, id := range s.Articles {
		var n int64
		there, err := w.one(`SELECT a.n FROM articles a JOIN talks_seen s ON s.article = a.n JOIN talks t ON t.n = s.talks WHERE a.id = ? AND t.id = ? LIMIT 1`,
			args(id, d.EntryID), &n)
		if err != nil {
			return err
		}
		if !there {
			return fmt.Errorf("article %s does not tell of these talks: %w", id, record.ErrInvalid)
		}
		articles = append(articles, n)
		err = w.exec("INSERT INTO talks_splits(article_id, source, target, decision) SELECT ?, n, ?, ? FROM talks WHERE id = ?", id, target, d.ID, d.EntryID)
		if err != nil {
			return err
		}
	}
	return w.ruled(d, s, s.ID, articles)
}

// ruled stores the completed decision, names the talks it made and seats the
// articles anew.
func (w *writer) ruled(d *record.Decision, after any, id string, articles []int64) error {
	d.After = jsonText(after)
	if err := w.exec("UPDATE decisions SET after = ? WHERE id = ?", d.After, d.ID); err != nil {
		return err
	}
	if err := w.rejudgeJoined(store.TalksEntry, id); err != nil {
		return err
	}
	return w.reseat(articles)
}

func (w *writer) unsplit(d *record.Decision) error {
	var s store.Split
	if err := json.Unmarshal([]byte(d.After), &s); err != nil {
		return err
	}
	if err := w.exec("DELETE FROM talks_splits WHERE decision = ?", d.ID); err != nil {
		return err
	}
	articles, err := w.articlesOf(s.ID)
	if err != nil {
		return err
	}
	return w.ruled(d, s, s.ID, articles)
}

// articlesOf returns the articles that tell of talks now.
func (w *writer) articlesOf(talksID string) ([]int64, error) {
	return w.numbers("SELECT DISTINCT s.article FROM talks_seen s JOIN talks t ON t.n = s.talks WHERE t.id = ? ORDER BY 1", talksID)
}

// makeTalks makes the row of talks that a person defines.
func (w *writer) makeTalks(d *record.Decision) error {
	var def store.Definition
	if err := json.Unmarshal([]byte(d.After), &def); err != nil || def.Name == "" {
		return fmt.Errorf("talks need a name: %w", record.ErrInvalid)
	}
	n, err := w.talksRow("defined:" + fold(def.Name))
	if err != nil {
		return err
	}
	var taken bool
	if _, err := w.one("SELECT defined, id FROM talks WHERE n = ?", args(n), &taken, &d.EntryID); err != nil {
		return err
	}
	if taken {
		return fmt.Errorf("talks named %q are there already: %w", def.Name, record.ErrConflict)
	}
	return nil
}

// define notes which articles belong to talks and seats those that do.
func (w *writer) define(d *record.Decision) error {
	var def store.Definition
	if err := json.Unmarshal([]byte(d.After), &def); err != nil {
		return fmt.Errorf("a definition: %w: %w", err, record.ErrInvalid)
	}
	def.ID = d.EntryID
	if len(def.Parties)+len(def.Words) == 0 {
		if def.Since+def.Until != "" {
			return fmt.Errorf("days alone define no talks: %w", record.ErrInvalid)
		}
		return w.ruled(d, def, def.ID, nil)
	}
	rule := def
	rule.Name, rule.ID = "", ""
	if err := w.exec("INSERT INTO talks_rules(decision, talks, rule) SELECT ?, n, ? FROM talks WHERE id = ?", d.ID, jsonText(rule), d.EntryID); err != nil {
		return err
	}
	articles, err := w.candidates(&def)
	if err != nil {
		return err
	}
	return w.ruled(d, def, def.ID, articles)
}

// candidates returns the articles that may meet a definition: those that name its
// first party, or all of the days when it names none.
func (w *writer) candidates(def *store.Definition) ([]int64, error) {
	until := def.Until
	if until == "" {
		until = "~"
	}
	if len(def.Parties) == 0 {
		return w.numbers("SELECT n FROM articles WHERE published BETWEEN ? AND ? ORDER BY n", def.Since, until)
	}
	return w.numbers(`SELECT DISTINCT s.article FROM actor_names x JOIN actor_seen s ON s.actor = x.actor WHERE x.folded = ? AND s.published BETWEEN ? AND ? ORDER BY 1`,
		fold(def.Parties[0]), def.Since, until)
}

func (w *writer) undefine(d *record.Decision) error {
	if err := w.exec("DELETE FROM talks_rules WHERE decision = ?", d.ID); err != nil {
		return err
	}
	articles, err := w.articlesOf(d.EntryID)
	if err != nil {
		return err
	}
	if err := w.reseat(articles); err != nil {
		return err
	}
	return w.rejudgeJoined(store.TalksEntry, d.EntryID)
}

// reseat decides anew to which talks the tellings of articles belong, and moves
// their entries along.
func (w *writer) reseat(articles []int64) error {
	for _, article := range articles {
		var id string
		if _, err := w.one("SELECT id FROM articles WHERE n = ?", args(article), &id); err != nil {
			return err
		}
		places, err := w.seats(article, id)
		if err != nil {
			return err
		}
		for _, p := range places {
			if err := w.move(article, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// move brings one telling, and all entries with it, to the talks where it belongs.
func (w *writer) move(article int64, p place) error {
	var old int64
	if _, err := w.one("SELECT talks FROM talks_seen WHERE n = ?", args(p.row), &old); err != nil {
		return err
	}
	switch {
	case p.fresh:
		if err := w.countTalks(p.row, p.talks, 1); err != nil {
			return err
		}
		return w.moveEntries(p.row, p.talks, "article = ?2 AND talks_seen IS NULL AND talks IS NULL", article)
	case p.talks == 0:
		if err := w.countTalks(p.row, old, -1); err != nil {
			return err
		}
		if err := w.moveEntries(nil, nil, "talks_seen = ?2", p.row); err != nil {
			return err
		}
		return w.exec("DELETE FROM talks_seen WHERE n = ?", p.row)
	case old == p.talks:
		return nil
	}
	if err := w.countTalks(p.row, old, -1); err != nil {
		return err
	}
	if err := w.exec("UPDATE talks_seen SET talks = ? WHERE n = ?", p.talks, p.row); err != nil {
		return err
	}
	if err := w.countTalks(p.row, p.talks, 1); err != nil {
		return err
	}
	return w.moveEntries(p.row, p.talks, "talks_seen = ?2", p.row)
}

// moveEntries gives the entries that the condition selects (its value is ?2) a
// telling and talks, or none.
func (w *writer) moveEntries(row, talks any, condition string, value int64) error {
	for _, table := range []string{"statements", "moves", "expectations"} {
		if err := w.exec("UPDATE "+table+" SET talks = ?1, talks_seen = ?3 WHERE "+condition, talks, value, row); err != nil {
			return err
		}
	}
	if talks != nil {
		if err := w.exec("UPDATE status_seen SET talks = ?1 WHERE talks_seen = ?2", talks, row); err != nil {
			return err
		}
	}
	positions, err := w.numbers("SELECT n FROM positions WHERE "+strings.ReplaceAll(condition, "?2", "?1"), value)
	if err != nil {
		return err
	}
	if err := w.exec("UPDATE positions SET talks = ?1, talks_seen = ?3 WHERE "+condition, talks, value, row); err != nil {
		return err
	}
	if err := w.repoint(positions); err != nil {
		return err
	}
	if err := w.moveMeetings(row, talks, condition, value); err != nil {
		return err
	}
	return w.moveDocuments(row, talks, condition, value)
}

func (w *writer) moveMeetings(row, talks any, condition string, value int64) error {
	rows, err := w.numbers("SELECT n FROM meeting_seen WHERE "+strings.ReplaceAll(condition, "?2", "?1"), value)
	if err != nil {
		return err
	}
	var talksID string
	if talks != nil {
		if _, err := w.one("SELECT id FROM talks WHERE n = ?", args(talks), &talksID); err != nil {
			return err
		}
	}
	for _, n := range rows {
		var m record.Meeting
		var article, old string
		if _, err := w.one("SELECT a.id, s.block, s.id, s.name, s.date, s.place FROM meeting_seen s JOIN articles a ON a.n = s.article WHERE s.n = ?", args(n),
			&article, &old, &m.ID, &m.Name, &m.Date, &m.Place); err != nil {
			return err
		}
		block := blockOf(&m, article, talksID)
		w.touched.blocks[old], w.touched.blocks[block] = true, true
		err := w.exec("UPDATE meeting_seen SET talks = ?, talks_seen = ?, block = ?, meeting = CASE WHEN block = ? THEN meeting END WHERE n = ?", talks, row, block, block, n)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) moveDocuments(row, talks any, condition string, value int64) error {
	rows, err := w.numbers("SELECT n FROM document_seen WHERE "+strings.ReplaceAll(condition, "?2", "?1"), value)
	if err != nil {
		return err
	}
	for _, n := range rows {
		var document int64
		if _, err := w.one("SELECT document FROM document_seen WHERE n = ?", args(n), &document); err != nil {
			return err
		}
		if err := w.countDocument(n, document, -1); err != nil {
			return err
		}
		if err := w.exec("UPDATE document_seen SET talks = ?, talks_seen = ? WHERE n = ?", talks, row, n); err != nil {
			return err
		}
		if err := w.countDocument(n, document, 1); err != nil {
			return err
		}
	}
	return nil
}
