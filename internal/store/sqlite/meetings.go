package sqlite

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/internal/record"
)

// blockOf names the block of a telling: only tellings of one block can be one
// meeting. Dated ones share a block with all of their day; undated ones with
// those of the same talks, place and name; one that has neither place nor name
// stays alone.
func blockOf(m *record.Meeting, article, talksID string) string {
	if date := orEmpty(m.Date); date != "" {
		return "d:" + date
	}
	place, name := fold(orEmpty(m.Place)), fold(m.Name)
	if place == "" && name == "" || talksID == "" {
		return "s:" + article + ":" + m.ID
	}
	return "u:" + talksID + "|" + place + "|" + name
}

func (w *writer) putMeetings(p *placing) error {
	for seq := range p.r.Meetings {
		if err := w.putMeeting(p, seq, &p.r.Meetings[seq], false); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putMeeting(p *placing, seq int, m *record.MeetingSeen, kept bool) error {
	seen, talks, at := p.seat(m.Talks)
	block := blockOf(&m.Meeting, p.r.Article.ID, at.id)
	w.touched.blocks[block] = true
	n, err := w.insert(`INSERT INTO meeting_seen(id, article, seq, published, talks_seen, talks, block, name, date, until, place, format, state,
		confidence, likely, kept) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		m.ID, p.article, seq, p.published, seen, talks, block, m.Name, word(m.Date), word(m.Until), word(m.Place), m.Format, m.State,
		m.Value, m.Likely, kept)
	if err != nil {
		return err
	}
	for i, name := range m.Participants {
		var actor any
		if i < len(m.PartyKeys) && m.PartyKeys[i] != "" {
			if actor, err = w.actor(m.PartyKeys[i]); err != nil {
				return err
			}
		}
		if err := w.exec("INSERT INTO meeting_parties(meeting_seen, seq, actor, name) VALUES (?,?,?,?)", n, i, actor, name); err != nil {
			return err
		}
	}
	return w.putEvidence(p.article, kindMeeting, n, m.Evidence)
}

func (w *writer) dropMeetings(article int64) error {
	err := w.each("SELECT block FROM meeting_seen WHERE article = ?", args(article), func(scan func(...any) error) error {
		var block string
		err := scan(&block)
		w.touched.blocks[block] = true
		return err
	})
	if err != nil {
		return err
	}
	if err := w.touchActorsOf("meetings", article); err != nil {
		return err
	}
	if err := w.exec("DELETE FROM meeting_parties WHERE meeting_seen IN (SELECT n FROM meeting_seen WHERE article = ?)", article); err != nil {
		return err
	}
	return w.exec("DELETE FROM meeting_seen WHERE article = ?", article)
}

// A telling is a meeting as one article tells it, as far as joining looks at it.
type telling struct {
	row                    int64
	id, article, published string
	talks                  int64
	meeting                int64 // that it belonged to so far, 0 when none
	name, place, format    string
	parties                []int64 // sorted
	cluster                int     // index of the first telling of its cluster
}

// tellingsOf returns the tellings of a block, the earliest published first.
func (w *writer) tellingsOf(block string) ([]telling, error) {
	var out []telling
	index := map[int64]int{}
	err := w.each(`SELECT s.n, s.id, a.id, s.published, ifnull(s.talks, 0), ifnull(s.meeting, 0), s.name, ifnull(s.place, ''), s.format
		FROM meeting_seen s JOIN articles a ON a.n = s.article WHERE s.block = ? ORDER BY s.published = '', s.published, a.id, s.seq`, args(block),
		func(scan func(...any) error) error {
			var t telling
			err := scan(&t.row, &t.id, &t.article, &t.published, &t.talks, &t.meeting, &t.name, &t.place, &t.format)
			t.name, t.place, t.format = fold(t.name), fold(t.place), fold(t.format)
			t.cluster = len(out)
			index[t.row] = len(out)
			out = append(out, t)
			return err
		})
	if err != nil {
		return nil, err
	}
	err = w.each(`SELECT p.meeting_seen, a.root FROM meeting_parties p JOIN meeting_seen s ON s.n = p.meeting_seen JOIN actors a ON a.n = p.actor
		WHERE s.block = ?`, args(block), func(scan func(...any) error) error {
		var row, actor int64
		err := scan(&row, &actor)
		if i, ok := index[row]; ok && !slices.Contains(out[i].parties, actor) {
			out[i].parties = append(out[i].parties, actor)
		}
		return err
	})
	return out, err
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

// refreshMeetings joins the tellings of the touched blocks anew. A meeting has
// the ID of its first telling.
func (w *writer) refreshMeetings() error {
	changed := map[int64]bool{}
	for _, block := range sorted(w.touched.blocks) {
		if err := w.refreshBlock(block, changed); err != nil {
			return err
		}
	}
	return w.assembleMeetings(changed)
}

func (w *writer) refreshBlock(block string, changed map[int64]bool) error {
	tellings, err := w.tellingsOf(block)
	if err != nil {
		return err
	}
	join(tellings, strings.HasPrefix(block, "u:"))
	old := map[string]int64{}
	err = w.each("SELECT id, n FROM meetings WHERE block = ?", args(block), func(scan func(...any) error) error {
		var id string
		var n int64
		err := scan(&id, &n)
		old[id] = n
		return err
	})
	if err != nil {
		return err
	}
	rows := map[int]int64{}
	for i := range tellings {
		first := &tellings[tellings[i].cluster]
		n, ok := rows[first.cluster]
		if !ok {
			if n, ok = old[first.id]; ok {
				delete(old, first.id)
			} else if n, err = w.insertMeeting(first.id, block); err != nil {
				return err
			}
			rows[first.cluster] = n
			changed[n] = true
		}
		if tellings[i].meeting != n {
			if err := w.exec("UPDATE meeting_seen SET meeting = ? WHERE n = ?", n, tellings[i].row); err != nil {
				return err
			}
		}
	}
	for _, id := range sortedKeys(old) {
		if err := w.removeMeeting(old[id], changed); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (w *writer) insertMeeting(id, block string) (int64, error) {
	n, err := w.insert("INSERT INTO meetings(id, block, name, format, state, parties, confidence, likely) VALUES (?,?,'','','','[]',0,0)", id, block)
	if err != nil {
		return 0, err
	}
	return n, w.exec("UPDATE meetings SET root = n WHERE n = ?", n)
}

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
	return w.exec("DELETE FROM meetings WHERE n = ?", n)
}

// mostFrequent returns the value that occurs most often, of those the longest, then the first by alphabet.
func mostFrequent(values []string) string {
	counts := map[string]int{}
	for _, v := range values {
		if v != "" {
			counts[v]++
		}
	}
	keys := sortedKeys(counts)
	if len(keys) == 0 {
		return ""
	}
	return slices.MaxFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[a], counts[b]), cmp.Compare(len(a), len(b)), cmp.Compare(b, a))
	})
}
