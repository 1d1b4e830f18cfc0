package sqlite

import (
	"slices"
	"strconv"
	"strings"

	"rapporteur/internal/record"
)

// assembleMeetings brings meetings up to date from their tellings, after what
// persons merged and corrected.
func (w *writer) assembleMeetings(changed map[int64]bool) error {
	roots := map[int64]bool{}
	for _, n := range sorted(changed) {
		group, err := w.mergedGroup(n)
		if err != nil {
			return err
		}
		for _, member := range group.members {
			var before int64
			if _, err := w.one("SELECT root FROM meetings WHERE n = ?", args(member), &before); err != nil {
				return err
			}
			if before != group.root {
				roots[before] = true
				if err := w.exec("UPDATE meetings SET root = ? WHERE n = ?", group.root, member); err != nil {
					return err
				}
			}
		}
		roots[group.root] = true
	}
	for _, root := range sorted(roots) {
		if err := w.assembleMeeting(root); err != nil {
			return err
		}
	}
	return nil
}

// A group is the meetings that persons said are one.
type group struct {
	root    int64
	members []int64
}

// mergedGroup follows merges both ways from a meeting. Merges speak of tellings,
// so that they hold whatever joins or parts later.
func (w *writer) mergedGroup(n int64) (group, error) {
	g := group{root: n, members: []int64{n}}
	var any bool
	if _, err := w.one("SELECT EXISTS (SELECT 1 FROM merges WHERE target = 'meeting')", nil, &any); err != nil || !any {
		return g, err
	}
	for i := 0; i < len(g.members); i++ {
		next, err := w.numbers(`SELECT o.meeting FROM meeting_seen s JOIN merges g ON g.target = 'meeting' AND g.from_id = s.id JOIN meeting_seen o ON o.id = g.to_id
			WHERE s.meeting = ?1 AND o.meeting IS NOT NULL UNION SELECT o.meeting FROM meeting_seen s JOIN merges g ON g.target = 'meeting' AND g.to_id = s.id
			JOIN meeting_seen o ON o.id = g.from_id WHERE s.meeting = ?1 AND o.meeting IS NOT NULL ORDER BY 1`, g.members[i])
		if err != nil {
			return g, err
		}
		for _, other := range next {
			if !slices.Contains(g.members, other) {
				g.members = append(g.members, other)
			}
		}
	}
	return g, w.chooseRoot(&g)
}

// chooseRoot makes the meeting that others were merged into the root: the one
// whose tellings are not merged into another's themselves, else the first by ID.
func (w *writer) chooseRoot(g *group) error {
	best, bestID := int64(0), ""
	for _, m := range g.members {
		var id string
		var leaves bool
		_, err := w.one(`SELECT m.id, EXISTS (SELECT 1 FROM meeting_seen s JOIN merges x ON x.target = 'meeting' AND x.from_id = s.id
			JOIN meeting_seen o ON o.id = x.to_id AND o.meeting <> m.n WHERE s.meeting = m.n) FROM meetings m WHERE m.n = ?`, args(m), &id, &leaves)
		if err != nil {
			return err
		}
		rank := "0" + id
		if leaves {
			rank = "1" + id
		}
		if best == 0 || rank < bestID {
			best, bestID = m, rank
		}
	}
	g.root = best
	return nil
}

// told is one telling as assembling looks at it.
type told struct {
	row                                                int64
	published, talks, name, date, until, place, format string
	state                                              string
	value                                              float64
	likely                                             bool
}

func (w *writer) tellingsOfMeeting(root int64) ([]told, error) {
	var out []told
	err := w.each(`SELECT s.n, s.published, ifnull(t.id, ''), s.name, ifnull(s.date, ''), ifnull(s.until, ''), ifnull(s.place, ''), s.format, s.state, s.confidence, s.likely
		FROM meetings m JOIN meeting_seen s ON s.meeting = m.n JOIN articles a ON a.n = s.article LEFT JOIN talks t ON t.n = s.talks
		WHERE m.root = ? ORDER BY s.published, a.id, s.seq`, args(root), func(scan func(...any) error) error {
		var t told
		err := scan(&t.row, &t.published, &t.talks, &t.name, &t.date, &t.until, &t.place, &t.format, &t.state, &t.value, &t.likely)
		out = append(out, t)
		return err
	})
	return out, err
}

// stateRank orders states of equal day: what became of a meeting outweighs what
// was planned.
var stateRank = []string{"planned", "postponed", "refused", "cancelled", "held"}

func (w *writer) assembleMeeting(root int64) error {
	tellings, err := w.tellingsOfMeeting(root)
	if err != nil || len(tellings) == 0 {
		return err
	}
	var names, dates, places, formats, talks []string
	last := tellings[0]
	m := record.Meeting{Confidence: record.Confidence{Likely: true}}
	var until string
	for _, t := range tellings {
		names, places, formats, talks = append(names, t.name), append(places, t.place), append(formats, t.format), append(talks, t.talks)
		if t.published > last.published || t.published == last.published && slices.Index(stateRank, t.state) > slices.Index(stateRank, last.state) {
			last = t
		}
		m.Value = max(m.Value, t.value)
		m.Likely = m.Likely && t.likely
	}
	for _, t := range tellings {
		if t.published == last.published {
			dates = append(dates, t.date)
		}
		if t.date == last.date {
			until = max(until, t.until)
		}
	}
	if date := mostFrequent(dates); date != "" {
		last.date = date
	}
	m.Name, m.Date, m.Until, m.Place, m.Format, m.State = mostFrequent(names), known(last.date), known(until), known(mostFrequent(places)), mostFrequent(formats), last.state
	parties, err := w.partiesOfMeeting(root)
	if err != nil {
		return err
	}
	judged, err := w.judgeMeeting(root, &m)
	if err != nil {
		return err
	}
	if judged.participants != nil {
		parties = *judged.participants
	}
	return w.exec(`UPDATE meetings SET talks = (SELECT n FROM talks WHERE id = ?), name = ?, date = ?, until = ?, place = ?, format = ?, state = ?,
		parties = ?, confidence = ?, likely = ?, decision = ? WHERE n = ?`,
		mostFrequent(talks), m.Name, word(m.Date), word(m.Until), word(m.Place), m.Format, m.State, parties, m.Value, m.Likely, judged.decision, root)
}

// partiesOfMeeting returns the participants of all tellings as JSON: those that
// most tell of first, then by name.
func (w *writer) partiesOfMeeting(root int64) (string, error) {
	rows := []string{}
	err := w.each(`SELECT a.root, min(p.name), count(DISTINCT s.n) AS tellings, coalesce(r.id, '') AS id FROM meetings m JOIN meeting_seen s ON s.meeting = m.n
		JOIN meeting_parties p ON p.meeting_seen = s.n LEFT JOIN actors a ON a.n = p.actor LEFT JOIN actors r ON r.n = a.root
		WHERE m.root = ? GROUP BY coalesce(a.root, p.name) ORDER BY tellings DESC, min(p.seq), coalesce(r.key, p.name)`, args(root),
		func(scan func(...any) error) error {
			var actor *int64
			var name, id string
			var tellings int
			if err := scan(&actor, &name, &tellings, &id); err != nil {
				return err
			}
			number := "null"
			if actor != nil {
				number = strconv.FormatInt(*actor, 10)
			}
			rows = append(rows, "["+number+","+jsonText(name)+"]")
			return nil
		})
	return "[" + strings.Join(rows, ",") + "]", err
}

// A judgement is what persons decided about a meeting.
type judgement struct {
	decision     string
	participants *string // JSON, where a person corrected them
}

// judgeMeeting applies to m what persons decided about any of its tellings, in
// the order in which they did.
func (w *writer) judgeMeeting(root int64, m *record.Meeting) (judgement, error) {
	var j judgement
	var acts, afters []string
	err := w.each(`SELECT d.act, d.after FROM decisions d WHERE d.target = 'meeting' AND d.undone_at = '' AND d.act IN ('confirm', 'reject', 'correct', 'name')
		AND d.entry IN (SELECT s.id FROM meetings m JOIN meeting_seen s ON s.meeting = m.n WHERE m.root = ?) ORDER BY d.id`, args(root),
		func(scan func(...any) error) error {
			var act, after string
			err := scan(&act, &after)
			acts, afters = append(acts, act), append(afters, after)
			return err
		})
	if err != nil {
		return j, err
	}
	for i, act := range acts {
		j.decision = pastTense(act)
		if act != "correct" && act != "name" {
			continue
		}
		m.Participants = nil
		if err := fromJSON(afters[i], m); err != nil {
			return j, err
		}
		if m.Participants != nil {
			rows := make([]string, len(m.Participants))
			for i, name := range m.Participants {
				rows[i] = "[null," + jsonText(name) + "]"
			}
			fixed := "[" + strings.Join(rows, ",") + "]"
			j.participants = &fixed
		}
	}
	return j, nil
}

// pastTense returns what an act makes of an entry.
func pastTense(act string) string {
	switch act {
	case "confirm":
		return "confirmed"
	case "reject":
		return "rejected"
	}
	return "corrected"
}
