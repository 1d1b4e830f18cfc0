package sqlite

import (
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
	n, err := w.insert(`INSERT INTO meeting_seen(id, article, seq, published, talks_seen, talks, block, name, date, until, place, format, state,
		confidence, likely, kept) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		m.ID, p.article, seq, p.published, seen, talks, block, m.Name, word(m.Date), word(m.Until), word(m.Place), m.Format, m.State,
		m.Value, m.Likely, kept)
	if err != nil {
		return err
	}
	w.touched.tellings[n] = true
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
	type seen struct {
		row int64
		parted
	}
	var rows []seen
	err := w.each("SELECT n, ifnull(meeting, 0), block, ifnull(shape, 0) FROM meeting_seen WHERE article = ?", args(article), func(scan func(...any) error) error {
		var s seen
		err := scan(&s.row, &s.meeting, &s.block, &s.shape)
		rows = append(rows, s)
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range rows {
		w.touched.parted[s.parted] = true
		if err := w.countMeeting(s.row, s.meeting, -1); err != nil {
			return err
		}
	}
	if err := w.touchActorsOf("meetings", article); err != nil {
		return err
	}
	if err := w.exec("DELETE FROM meeting_parties WHERE meeting_seen IN (SELECT n FROM meeting_seen WHERE article = ?)", article); err != nil {
		return err
	}
	return w.exec("DELETE FROM meeting_seen WHERE article = ?", article)
}

// countMeeting adds or takes away one telling of a meeting.
func (w *writer) countMeeting(row, meeting int64, by int) error {
	if err := w.exec("UPDATE meetings SET seen = seen + ? WHERE n = ?", by, meeting); err != nil {
		return err
	}
	var t told
	if _, err := w.one(`SELECT published, ifnull(talks, 0), name, ifnull(date, ''), ifnull(until, ''), ifnull(place, ''), format, state, likely
		FROM meeting_seen WHERE n = ?`, args(row), &t.published, &t.talks, &t.name, &t.date, &t.until, &t.place, &t.format, &t.state, &t.likely); err != nil {
		return err
	}
	traits := t.traits()
	err := w.each("SELECT DISTINCT actor, name FROM meeting_parties WHERE meeting_seen = ?", args(row), func(scan func(...any) error) error {
		var p party
		err := scan(&p.actor, &p.name)
		traits = append(traits, trait{"party", p.json()})
		return err
	})
	if err != nil {
		return err
	}
	return w.count(kindMeeting, meeting, traits, by)
}
