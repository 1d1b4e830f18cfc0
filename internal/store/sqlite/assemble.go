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
		if err := w.nameMeeting(n); err != nil {
			return err
		}
	}
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

// firstTelling orders the tellings of a meeting, or of a block.
const firstTelling = "published = '', published, id"

// nameMeeting gives a meeting the ID of its first telling.
func (w *writer) nameMeeting(n int64) error {
	return w.exec(`UPDATE meetings SET id = coalesce((SELECT id FROM meeting_seen WHERE meeting = ?1 AND published > '' ORDER BY published, id LIMIT 1),
		(SELECT id FROM meeting_seen WHERE meeting = ?1 ORDER BY published, id LIMIT 1), id) WHERE n = ?1`, n)
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
		// From the merges, which are few, to the tellings, which may be many.
		next, err := w.numbers(`SELECT o.meeting FROM merges g CROSS JOIN meeting_seen s ON s.id = g.from_id CROSS JOIN meeting_seen o ON o.id = g.to_id
			WHERE g.target = 'meeting' AND s.meeting = ?1 AND o.meeting IS NOT NULL
			UNION SELECT o.meeting FROM merges g CROSS JOIN meeting_seen s ON s.id = g.to_id CROSS JOIN meeting_seen o ON o.id = g.from_id
			WHERE g.target = 'meeting' AND s.meeting = ?1 AND o.meeting IS NOT NULL ORDER BY 1`, g.members[i])
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
		_, err := w.one(`SELECT m.id, EXISTS (SELECT 1 FROM merges x CROSS JOIN meeting_seen s ON s.id = x.from_id
			CROSS JOIN meeting_seen o ON o.id = x.to_id WHERE x.target = 'meeting' AND s.meeting = m.n AND o.meeting <> m.n) FROM meetings m WHERE m.n = ?`, args(m), &id, &leaves)
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
	talks                                       int64
	published, name, date, until, place, format string
	state                                       string
	likely                                      bool
}

// between parts the fields of a trait; its successor bounds those that begin alike.
const between, beyond = "|", "}"

// stateRank orders states of equal day: what became of a meeting outweighs what
// was planned.
var stateRank = []string{"planned", "postponed", "refused", "cancelled", "held"}

// traits are what assembling counts of a telling. The greatest of those named
// told is of the latest publication.
func (t *told) traits() []trait {
	rank := strconv.Itoa(1 + slices.Index(stateRank, t.state))
	out := []trait{{"name", t.name}, {"place", t.place}, {"format", t.format},
		{"told", strings.Join([]string{t.published, rank, t.state, t.date}, between)}}
	if t.talks != 0 {
		out = append(out, trait{"talks", strconv.FormatInt(t.talks, 10)})
	}
	if t.until != "" {
		out = append(out, trait{"until", t.date + between + t.until})
	}
	if !t.likely {
		out = append(out, trait{"sure", "1"})
	}
	return out
}

// A party is a participant: the row of an actor, when it is one, and a name.
type party struct {
	actor *int64
	name  string
}

func (p party) json() string { return jsonText([]any{p.actor, p.name}) }

func (w *writer) assembleMeeting(root int64) error {
	var m record.Meeting
	there, err := w.lastTold(root, &m)
	if err != nil || !there {
		return err
	}
	var place string
	for _, f := range []struct {
		trait string
		into  *string
	}{{"name", &m.Name}, {"place", &place}, {"format", &m.Format}} {
		_, err := w.one(`SELECT value FROM traits WHERE kind = 6 AND entry IN (SELECT n FROM meetings WHERE root = ?) AND trait = ?
			GROUP BY value ORDER BY sum(uses) DESC, length(value) DESC, value LIMIT 1`, args(root, f.trait), f.into)
		if err != nil {
			return err
		}
	}
	m.Place = known(place)
	var talks *int64
	if _, err := w.one(`SELECT t.n FROM traits x JOIN talks t ON t.n = CAST(x.value AS INTEGER) WHERE x.kind = 6
		AND x.entry IN (SELECT n FROM meetings WHERE root = ?) AND x.trait = 'talks' GROUP BY t.n ORDER BY sum(x.uses) DESC, t.id LIMIT 1`, args(root), &talks); err != nil {
		return err
	}
	if _, err := w.one(`SELECT ifnull(max((SELECT max(confidence) FROM meeting_seen WHERE meeting = m.n)), 0),
		NOT EXISTS (SELECT 1 FROM meetings g CROSS JOIN traits x ON x.kind = 6 AND x.entry = g.n AND x.trait = 'sure' WHERE g.root = ?1)
		FROM meetings m WHERE m.root = ?1`, args(root), &m.Value, &m.Likely); err != nil {
		return err
	}
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
	return w.exec(`UPDATE meetings SET talks = ?, name = ?, date = ?, until = ?, place = ?, format = ?, state = ?,
		parties = ?, confidence = ?, likely = ?, decision = ? WHERE n = ?`,
		talks, m.Name, word(m.Date), word(m.Until), word(m.Place), m.Format, m.State, parties, m.Value, m.Likely, judged.decision, root)
}

// lastTold fills in state and date as the latest publication tells them: of
// several on its day the furthest state and the date that most give.
func (w *writer) lastTold(root int64, m *record.Meeting) (bool, error) {
	const greatest = "SELECT ifnull(max((SELECT max(value) FROM traits WHERE kind = 6 AND entry = m.n AND trait = ? AND value >= ? AND value < ?)), '') FROM meetings m WHERE m.root = ?"
	var last, until string
	if _, err := w.one(greatest, args("told", "", "~", root), &last); err != nil || last == "" {
		return false, err
	}
	fields := strings.SplitN(last, between, 4)
	m.State = fields[2]
	var tellings []string
	err := w.each(`SELECT value FROM traits WHERE kind = 6 AND entry IN (SELECT n FROM meetings WHERE root = ?) AND trait = 'told' AND value >= ? AND value < ?
		GROUP BY value ORDER BY sum(uses) DESC, value`, args(root, fields[0]+between, fields[0]+beyond), func(scan func(...any) error) error {
		var value string
		err := scan(&value)
		tellings = append(tellings, value)
		return err
	})
	if err != nil {
		return false, err
	}
	date := ""
	for _, value := range tellings {
		if date == "" {
			date = strings.SplitN(value, between, 4)[3]
		}
	}
	m.Date = known(date)
	if _, err := w.one(greatest, args("until", date+between, date+beyond, root), &until); err != nil {
		return false, err
	}
	_, until, _ = strings.Cut(until, between)
	m.Until = known(until)
	return true, nil
}

// partiesOfMeeting returns the participants of all tellings as JSON: those that
// most tell of first, of equal ones as the first telling names them, then by key.
func (w *writer) partiesOfMeeting(root int64) (string, error) {
	rows := []string{}
	err := w.each(`SELECT a.root, min(x.value ->> 1), (SELECT min(p.seq) FROM meeting_seen s JOIN meeting_parties p ON p.meeting_seen = s.n LEFT JOIN actors o ON o.n = p.actor
			WHERE s.n = (SELECT n FROM meeting_seen WHERE id = (SELECT id FROM meetings WHERE n = ?1) AND meeting = ?1) AND coalesce(o.root, p.name) = coalesce(a.root, x.value ->> 1)) AS place
		FROM traits x LEFT JOIN actors a ON a.n = x.value ->> 0 LEFT JOIN actors r ON r.n = a.root
		WHERE x.kind = 6 AND x.entry IN (SELECT n FROM meetings WHERE root = ?1) AND x.trait = 'party'
		GROUP BY coalesce(a.root, x.value ->> 1) ORDER BY sum(x.uses) DESC, place IS NULL, place, coalesce(r.key, x.value ->> 1)`, args(root),
		func(scan func(...any) error) error {
			var p party
			var place *int
			err := scan(&p.actor, &p.name, &place)
			rows = append(rows, p.json())
			return err
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
		AND EXISTS (SELECT 1 FROM meeting_seen s JOIN meetings m ON m.n = s.meeting WHERE s.id = d.entry AND m.root = ?) ORDER BY d.id`, args(root),
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
