package sqlite

import (
	"rapporteur/internal/record"
)

// actor returns the row of the actor with that key, made when it is new: an
// actor may be named by an entry before, or without, being shown itself.
func (w *writer) actor(key string) (int64, error) {
	var n int64
	if there, err := w.one("SELECT n FROM actors WHERE key = ?", args(key), &n); err != nil || there {
		return n, err
	}
	id := record.Digest("a", key)
	n, err := w.insert("INSERT INTO actors(key, id, name, kind) VALUES (?, ?, '', '')", key, id)
	if err != nil {
		return 0, err
	}
	w.touched.actors[n] = true
	return n, w.rootActor(n, id)
}

// rootActor points an actor at the one that persons merged it into.
func (w *writer) rootActor(n int64, id string) error {
	root := n
	to, err := w.mergedInto("actor", id)
	if err != nil {
		return err
	}
	if to != id {
		if _, err := w.one("SELECT n FROM actors WHERE id = ?", args(to), &root); err != nil {
			return err
		}
	}
	w.touched.actors[root] = true
	return w.exec("UPDATE actors SET root = ? WHERE n = ?", root, n)
}

// longestChain bounds how many merges lead from an entry to where it ended.
const longestChain = 100

// mergedInto follows what persons merged from an ID to its end.
func (w *writer) mergedInto(target, id string) (string, error) {
	for range longestChain { // a chain has no ring: see merge
		var to string
		there, err := w.one("SELECT to_id FROM merges WHERE target = ? AND from_id = ?", args(target, id), &to)
		if err != nil || !there {
			return id, err
		}
		id = to
	}
	return id, nil
}

// actorOr returns the row of the key behind p, or NULL.
func (w *writer) actorOr(p *string) (any, error) {
	if p == nil || *p == "" {
		return nil, nil
	}
	return w.actor(*p)
}

func actorTraits(name, kind string, aliases []string) []trait {
	out := []trait{{"name", name}, {"kind", kind}}
	for _, a := range aliases {
		out = append(out, trait{"alias", a})
	}
	return out
}

func (w *writer) putActors(p *placing) error {
	for seq := range p.r.Actors {
		a := &p.r.Actors[seq]
		n, err := w.actor(a.Key)
		if err != nil {
			return err
		}
		var of any
		if a.OfKey != "" {
			if of, err = w.actor(a.OfKey); err != nil {
				return err
			}
		}
		row, err := w.insert(`INSERT INTO actor_seen(article, seq, published, actor, name, kind, role, party, aliases, mentions) VALUES (?,?,?,?,?,?,?,?,?,?)`,
			p.article, seq, p.published, n, a.Name, a.Kind, a.Role, of, toJSON(a.Aliases), packSpans(a.Mentions))
		if err != nil {
			return err
		}
		if err := w.putEvidence(p.article, kindActor, row, a.Evidence); err != nil {
			return err
		}
		if err := w.countActor(n, a.Name, a.Kind, a.Aliases, 1); err != nil {
			return err
		}
		if _, taken := p.byName[a.Name]; !taken {
			p.byName[a.Name] = n
		}
	}
	return nil
}

// countActor adds or takes away one telling of an actor.
func (w *writer) countActor(n int64, name, kind string, aliases []string, by int) error {
	w.touched.actors[n] = true
	if err := w.exec("UPDATE actors SET seen = seen + ? WHERE n = ?", by, n); err != nil {
		return err
	}
	if err := w.count(kindActor, n, actorTraits(name, kind, aliases), by); err != nil {
		return err
	}
	for _, one := range append([]string{name}, aliases...) {
		folded := fold(one)
		if folded == "" {
			continue
		}
		var err error
		if by > 0 {
			err = w.exec("INSERT INTO actor_names(folded, actor, uses) VALUES (?,?,1) ON CONFLICT DO UPDATE SET uses = uses + 1", folded, n)
		} else if err = w.exec("UPDATE actor_names SET uses = uses - 1 WHERE folded = ? AND actor = ?", folded, n); err == nil {
			err = w.exec("DELETE FROM actor_names WHERE folded = ? AND actor = ? AND uses <= 0", folded, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) dropActors(article int64) error {
	if err := w.touchActorsOf("actors", article); err != nil {
		return err
	}
	type seen struct {
		actor               int64
		name, kind, aliases string
	}
	var rows []seen
	err := w.each("SELECT actor, name, kind, ifnull(aliases,'') FROM actor_seen WHERE article = ?", args(article), func(scan func(...any) error) error {
		var s seen
		rows = append(rows, s)
		last := &rows[len(rows)-1]
		return scan(&last.actor, &last.name, &last.kind, &last.aliases)
	})
	if err != nil {
		return err
	}
	for _, s := range rows {
		var aliases []string
		if err := fromJSON(s.aliases, &aliases); err != nil {
			return err
		}
		if err := w.countActor(s.actor, s.name, s.kind, aliases, -1); err != nil {
			return err
		}
	}
	return w.exec("DELETE FROM actor_seen WHERE article = ?", article)
}

// refreshActors brings the touched actors up to date: the root of a group of
// merged ones goes by the name of the one that stays.
func (w *writer) refreshActors() error {
	roots := map[int64]bool{}
	for _, n := range sorted(w.touched.actors) {
		var root int64
		if there, err := w.one("SELECT root FROM actors WHERE n = ?", args(n), &root); err != nil {
			return err
		} else if there {
			roots[root] = true
			roots[n] = true
		}
	}
	for _, n := range sorted(roots) {
		if err := w.refreshActor(n); err != nil {
			return err
		}
	}
	return nil
}

// groupTrait finds what most articles say of an actor itself, else of those
// merged into it; best finds the same, faster, for one into which none is merged.
const groupTrait = `SELECT value FROM traits WHERE kind = 4 AND entry IN (SELECT n FROM actors WHERE root = ?1 UNION SELECT ?1) AND trait = ?2
	GROUP BY value ORDER BY max(entry = ?1) DESC, sum(uses) DESC, length(value) DESC, value LIMIT 1`

func (w *writer) refreshActor(n int64) error {
	var name, kind, given, fix string
	if _, err := w.one("SELECT given, ifnull(fix, '') FROM actors WHERE n = ?", args(n), &given, &fix); err != nil {
		return err
	}
	var joined bool
	if _, err := w.one("SELECT EXISTS (SELECT 1 FROM actors WHERE root = ?1 AND n <> ?1)", args(n), &joined); err != nil {
		return err
	}
	for _, t := range []struct {
		trait string
		into  *string
	}{{"name", &name}, {"kind", &kind}} {
		var err error
		if joined {
			_, err = w.one(groupTrait, args(n, t.trait), t.into)
		} else {
			*t.into, err = w.best(kindActor, n, t.trait, false)
		}
		if err != nil {
			return err
		}
	}
	if given != "" {
		name = given
	}
	var fixed record.Actor
	if err := fromJSON(fix, &fixed); err != nil {
		return err
	}
	if fixed.Name != "" {
		name = fixed.Name
	}
	if fixed.Kind != "" {
		kind = fixed.Kind
	}
	err := w.exec(`UPDATE actors SET name = ?, kind = ?, shown = (root = n AND EXISTS (SELECT 1 FROM actors g WHERE g.root = actors.n AND g.seen > 0))
		WHERE n = ?`, name, kind, n)
	if err != nil {
		return err
	}
	return w.forgetActor(n)
}

// forgetActor removes an actor that nothing refers to any more.
func (w *writer) forgetActor(n int64) error {
	return w.exec(`DELETE FROM actors WHERE n = ?1 AND seen = 0
		AND NOT EXISTS (SELECT 1 FROM actors o WHERE o.root = ?1 AND o.n <> ?1)
		AND NOT EXISTS (SELECT 1 FROM actor_seen WHERE party = ?1)
		AND NOT EXISTS (SELECT 1 FROM statements WHERE speaker = ?1)
		AND NOT EXISTS (SELECT 1 FROM statements WHERE party = ?1)
		AND NOT EXISTS (SELECT 1 FROM positions WHERE party = ?1)
		AND NOT EXISTS (SELECT 1 FROM positions WHERE asserter = ?1)
		AND NOT EXISTS (SELECT 1 FROM moves WHERE actor = ?1)
		AND NOT EXISTS (SELECT 1 FROM expectations WHERE who = ?1)
		AND NOT EXISTS (SELECT 1 FROM talks_parties WHERE actor = ?1)
		AND NOT EXISTS (SELECT 1 FROM meeting_parties WHERE actor = ?1)
		AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.target = 'actor' AND d.entry = actors.id AND d.undone_at = '')
		AND NOT EXISTS (SELECT 1 FROM merges g WHERE g.target = 'actor' AND g.to_id = actors.id)`, n)
}
