package sqlite

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
)

// A telling is a meeting as one article tells it, as far as joining looks at it.
type telling struct {
	row                 int64
	id, block           string
	talks               int64
	meeting             int64 // that it belongs to, 0 when to none yet
	name, place, format string
	parties             []int64 // sorted
	cluster             int     // index of the first telling of its cluster
}

// A parted is what a meeting lost: a telling of a shape.
type parted struct {
	meeting int64
	block   string
	shape   int64
}

// Undated tellings of one block are one meeting whatever else they tell.
func isWhole(block string) bool { return strings.HasPrefix(block, "u:") }

// shape returns a hash of all by which t joins with others, or NULL when it joins
// with none. Tellings of one block and shape are one meeting.
func (t *telling) shape() any {
	if isWhole(t.block) {
		return int64(0)
	}
	if !same(t, t) {
		return nil
	}
	call := ""
	if t.format != "" {
		call = "session"
		if isCall(t.format) {
			call = "call"
		}
	}
	return int64(xxh3.HashString(jsonText([]any{t.place, t.name, call, t.talks, t.parties})) >> 1)
}

const tellingQuery = `SELECT s.n, s.id, s.block, ifnull(s.talks, 0), ifnull(s.meeting, 0), s.name, ifnull(s.place, ''), s.format,
	(SELECT json_group_array(root) FROM (SELECT DISTINCT a.root FROM meeting_parties p JOIN actors a ON a.n = p.actor WHERE p.meeting_seen = s.n ORDER BY a.root))
	FROM meeting_seen s `

// tellingsWhere returns what the rest of the query selects.
func (w *writer) tellingsWhere(rest string, values ...any) ([]telling, error) {
	var out []telling
	err := w.each(tellingQuery+rest, values, func(scan func(...any) error) error {
		var t telling
		var parties string
		if err := scan(&t.row, &t.id, &t.block, &t.talks, &t.meeting, &t.name, &t.place, &t.format, &parties); err != nil {
			return err
		}
		t.name, t.place, t.format = fold(t.name), fold(t.place), fold(t.format)
		t.cluster = len(out)
		out = append(out, t)
		return json.Unmarshal([]byte(parties), &out[len(out)-1].parties)
	})
	return out, err
}

// shapes returns one telling of each shape in a block that have a meeting.
func (w *writer) shapes(block string) ([]telling, error) {
	return w.tellingsWhere(`JOIN (WITH RECURSIVE shapes(v) AS (SELECT min(shape) FROM meeting_seen WHERE block = ?1
			UNION ALL SELECT (SELECT min(shape) FROM meeting_seen WHERE block = ?1 AND shape > v) FROM shapes WHERE v IS NOT NULL)
		SELECT (SELECT n FROM meeting_seen WHERE block = ?1 AND shape = v LIMIT 1) AS n FROM shapes WHERE v IS NOT NULL) one ON one.n = s.n ORDER BY s.n`, block)
}

// join puts tellings of one meeting into one cluster. The outcome does not depend
// on the order of the tellings: same is symmetric, and clusters are its closure.
func join(tellings []telling, whole bool) {
	find := func(i int) int {
		for tellings[i].cluster != i {
			i = tellings[i].cluster
		}
		return i
	}
	for i := range tellings {
		for k := range i {
			a, b := find(i), find(k)
			if a != b && (whole || same(&tellings[i], &tellings[k])) {
				tellings[max(a, b)].cluster = min(a, b)
			}
		}
	}
	for i := range tellings {
		tellings[i].cluster = find(i)
	}
}

// same reports whether two tellings of one day are one meeting. Different towns
// or a call beside a session never are; then one place, one name, the same
// parties, or the same talks decide, as long as the parties do not speak
// against it.
func same(a, b *telling) bool {
	if !samePlace(a.place, b.place) || isCall(a.format) != isCall(b.format) && a.format != "" && b.format != "" {
		return false
	}
	shared := 0
	for _, p := range a.parties {
		if slices.Contains(b.parties, p) {
			shared++
		}
	}
	smaller := min(len(a.parties), len(b.parties))
	if shared < 2 && shared < smaller {
		return false
	}
	sameTalks := a.talks != 0 && a.talks == b.talks
	switch {
	case a.place != "" && b.place != "":
		return shared > 0 || sameTalks || a.name == b.name || smaller == 0
	case shared >= 2 || sameTalks:
		return true
	}
	return a.name != "" && a.name == b.name && shared > 0
}

// samePlace reports whether two folded places can be one: one is not known, or
// is part of the other ("Geneva" and "Geneva, Switzerland").
func samePlace(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	a, b = " "+plain(a)+" ", " "+plain(b)+" "
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func isCall(format string) bool { return strings.Contains(format, "call") }

// refreshMeetings brings meetings up to date: new tellings join those whose shape
// they share or fit, what lost a telling may part, and the blocks that a person's
// decision touched are joined anew.
func (w *writer) refreshMeetings() error {
	changed := map[int64]bool{}
	for _, row := range sorted(w.touched.tellings) {
		if err := w.seatTelling(row, changed); err != nil {
			return err
		}
	}
	lost := slices.SortedFunc(maps.Keys(w.touched.parted), func(a, b parted) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.meeting, b.meeting), cmp.Compare(a.shape, b.shape))
	})
	for _, p := range lost {
		if err := w.part(p, changed); err != nil {
			return err
		}
	}
	for _, block := range sorted(w.touched.blocks) {
		if err := w.refreshBlock(block, changed); err != nil {
			return err
		}
	}
	return w.assembleMeetings(changed)
}

// seatTelling finds the meeting of a new telling: that of its shape, else those of
// all shapes that it fits, which become one, else one of its own.
func (w *writer) seatTelling(row int64, changed map[int64]bool) error {
	found, err := w.tellingsWhere("WHERE s.n = ?", row)
	if err != nil || len(found) == 0 {
		return err
	}
	t := &found[0]
	shape := t.shape()
	var meeting int64
	if shape != nil {
		if meeting, err = w.meetingFor(t, shape, changed); err != nil {
			return err
		}
	}
	if meeting == 0 {
		if meeting, err = w.insertMeeting(t.id, t.block); err != nil {
			return err
		}
	}
	changed[meeting] = true
	if err := w.exec("UPDATE meeting_seen SET meeting = ?, shape = ? WHERE n = ?", meeting, shape, row); err != nil {
		return err
	}
	return w.countMeeting(row, meeting, 1)
}

// meetingFor returns the meeting that a telling joins, 0 when there is none.
func (w *writer) meetingFor(t *telling, shape any, changed map[int64]bool) (int64, error) {
	var meeting int64
	there, err := w.one("SELECT meeting FROM meeting_seen WHERE block = ? AND shape = ? LIMIT 1", args(t.block, shape), &meeting)
	if err != nil || there {
		return meeting, err
	}
	others, err := w.shapes(t.block)
	if err != nil {
		return 0, err
	}
	for i := range others {
		if other := others[i].meeting; other != meeting && same(t, &others[i]) {
			if meeting, err = w.unite(meeting, other, changed); err != nil {
				return 0, err
			}
			for k := range others {
				if others[k].meeting == other {
					others[k].meeting = meeting
				}
			}
		}
	}
	return meeting, nil
}

// unite makes two meetings of one block one and returns it: the one that more
// tell of. a may be 0.
func (w *writer) unite(a, b int64, changed map[int64]bool) (int64, error) {
	if a == 0 {
		return b, nil
	}
	var more bool
	if _, err := w.one("SELECT (SELECT seen FROM meetings WHERE n = ?) < (SELECT seen FROM meetings WHERE n = ?)", args(a, b), &more); err != nil {
		return 0, err
	}
	if more {
		a, b = b, a
	}
	for _, query := range []string{
		"UPDATE meetings SET seen = seen + (SELECT seen FROM meetings WHERE n = ?2) WHERE n = ?1",
		"UPDATE meeting_seen SET meeting = ?1 WHERE meeting = ?2",
		`INSERT INTO traits(kind, entry, trait, value, uses) SELECT kind, ?1, trait, value, uses FROM traits WHERE kind = 6 AND entry = ?2
			ON CONFLICT DO UPDATE SET uses = uses + excluded.uses`,
	} {
		if err := w.exec(query, a, b); err != nil {
			return 0, err
		}
	}
	for p := range maps.Clone(w.touched.parted) {
		if p.meeting == b {
			w.touched.parted[parted{meeting: a, block: p.block, shape: p.shape}] = true
		}
	}
	return a, w.removeMeeting(b, changed)
}

// part looks at a meeting that lost a telling: it is removed when it has no other,
// and its block is joined anew when the telling may have held it together.
func (w *writer) part(p parted, changed map[int64]bool) error {
	var seen int
	if there, err := w.one("SELECT seen FROM meetings WHERE n = ?", args(p.meeting), &seen); err != nil || !there {
		return err
	}
	if seen == 0 {
		return w.removeMeeting(p.meeting, changed)
	}
	changed[p.meeting] = true
	var held bool
	if _, err := w.one("SELECT EXISTS (SELECT 1 FROM meeting_seen WHERE block = ? AND shape = ?)", args(p.block, p.shape), &held); err != nil || held {
		return err
	}
	shapes, err := w.shapes(p.block)
	if err != nil {
		return err
	}
	shapes = slices.DeleteFunc(shapes, func(t telling) bool { return t.meeting != p.meeting })
	for i := range shapes {
		shapes[i].cluster = i
	}
	join(shapes, isWhole(p.block))
	if slices.ContainsFunc(shapes, func(t telling) bool { return t.cluster != 0 }) {
		w.touched.blocks[p.block] = true
	}
	return nil
}

// refreshBlock joins all tellings of a block anew.
func (w *writer) refreshBlock(block string, changed map[int64]bool) error {
	tellings, err := w.tellingsWhere("WHERE s.block = ? ORDER BY "+firstTelling, block)
	if err != nil {
		return err
	}
	join(tellings, isWhole(block))
	before, err := w.meetingsOf(block)
	if err != nil {
		return err
	}
	old := map[string]int64{}
	for _, m := range before {
		old[m.id] = m.n
		if err := w.uncount(m.n); err != nil {
			return err
		}
	}
	rows, used := map[int]int64{}, map[int64]bool{}
	for i := range tellings {
		t := &tellings[i]
		n, ok := rows[t.cluster]
		if !ok {
			id := tellings[t.cluster].id
			if n, ok = old[id]; !ok {
				if n, err = w.insertMeeting(id, block); err != nil {
					return err
				}
			}
			rows[t.cluster], changed[n], used[n] = n, true, true
		}
		if err := w.exec("UPDATE meeting_seen SET meeting = ?, shape = ? WHERE n = ?", n, t.shape(), t.row); err != nil {
			return err
		}
		if err := w.countMeeting(t.row, n, 1); err != nil {
			return err
		}
	}
	for _, m := range before {
		if used[m.n] {
			continue
		}
		if err := w.removeMeeting(m.n, changed); err != nil {
			return err
		}
	}
	return nil
}

// A sitting is a row of meetings with its ID.
type sitting struct {
	n  int64
	id string
}

func (w *writer) meetingsOf(block string) ([]sitting, error) {
	var out []sitting
	err := w.each("SELECT n, id FROM meetings WHERE block = ? ORDER BY n", args(block), func(scan func(...any) error) error {
		var s sitting
		err := scan(&s.n, &s.id)
		out = append(out, s)
		return err
	})
	return out, err
}

// uncount takes all tellings from a meeting.
func (w *writer) uncount(n int64) error {
	if err := w.exec("DELETE FROM traits WHERE kind = 6 AND entry = ?", n); err != nil {
		return err
	}
	return w.exec("UPDATE meetings SET seen = 0 WHERE n = ?", n)
}

func (w *writer) insertMeeting(id, block string) (int64, error) {
	n, err := w.insert("INSERT INTO meetings(id, block, name, format, state, parties, confidence, likely) VALUES (?,?,'','','','[]',0,0)", id, block)
	if err != nil {
		return 0, err
	}
	return n, w.exec("UPDATE meetings SET root = n WHERE n = ?", n)
}

// removeMeeting removes a meeting of which nobody tells any more, or whose
// tellings another has taken.
func (w *writer) removeMeeting(n int64, changed map[int64]bool) error {
	rest, err := w.numbers("SELECT n FROM meetings WHERE root = ? AND n <> ?", n, n)
	if err != nil {
		return err
	}
	for _, other := range rest {
		changed[other] = true
	}
	if err := w.exec("UPDATE meetings SET root = n WHERE root = ? AND n <> ?", n, n); err != nil {
		return err
	}
	var root int64
	if _, err := w.one("SELECT root FROM meetings WHERE n = ?", args(n), &root); err != nil {
		return err
	}
	if root != n {
		changed[root] = true
	}
	delete(changed, n)
	if err := w.uncount(n); err != nil {
		return err
	}
	return w.exec("DELETE FROM meetings WHERE n = ?", n)
}
