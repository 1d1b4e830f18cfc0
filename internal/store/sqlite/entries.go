package sqlite

import (
	"encoding/hex"
	"fmt"

	"rapporteur/internal/record"
)

// The kinds of evidence and traits, as the schema numbers them.
const (
	kindStatement = 1 + iota
	kindPosition
	kindMove
	kindActor
	kindTalks
	kindMeeting
	kindDocument
	kindStatus
	kindPoint
)

func hexOf(b []byte) string { return hex.EncodeToString(b)[:12] }

// putEvidence stores what proves an entry.
func (w *writer) putEvidence(article int64, kind int, entry int64, ev []record.Evidence) error {
	for seq, e := range ev {
		maker, err := w.maker(e)
		if err != nil {
			return err
		}
		err = w.exec("INSERT INTO evidence(article, kind, entry, seq, start, end, maker) VALUES (?,?,?,?,?,?,?)",
			article, kind, entry, seq, e.Span.Start, e.Span.End, maker)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) maker(e record.Evidence) (int64, error) {
	var n int64
	there, err := w.one("SELECT n FROM makers WHERE stage = ? AND rule = ? AND version = ?", args(e.Stage, e.Rule, e.Version), &n)
	if err != nil || there {
		return n, err
	}
	return w.insert("INSERT INTO makers(stage, rule, version) VALUES (?,?,?)", e.Stage, e.Rule, e.Version)
}

// putEntries replaces all entries of the article at row n.
func (w *writer) putEntries(n int64, r *record.Reading) error {
	if err := w.dropEntries(n); err != nil {
		return err
	}
	for i := range r.Statements {
		if err := w.putStatement(n, i, &r.Statements[i], orEmpty(r.Article.Published)); err != nil {
			return fmt.Errorf("statement %s: %w", r.Statements[i].ID, err)
		}
	}
	return nil
}

func (w *writer) dropEntries(n int64) error {
	if err := w.exec("DELETE FROM evidence WHERE article = ?", n); err != nil {
		return err
	}
	return w.exec("DELETE FROM statements WHERE article = ?", n)
}

func (w *writer) putStatement(article int64, seq int, s *record.Statement, published string) error {
	n, err := w.insert(`INSERT INTO statements(id, article, seq, published, talks_seen, talks, kind, form, speaker, speaker_name, party, party_name,
		addressee, venue, said_on, said_until, source, source_span, cue, cue_span, content, pieces, edits, confidence, likely)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		s.ID, article, seq, published, nil, nil, s.Kind, s.Form, nil, word(s.Speaker), nil, word(s.For),
		word(s.Addressee), word(s.Venue), word(s.SaidOn), word(s.SaidUntil), word(s.Source), toJSON(s.SourceSpan), word(s.Cue), toJSON(s.CueSpan),
		joinPieces(s.Content), jsonText(s.Pieces), toJSON(s.Edits), s.Value, s.Likely)
	if err != nil {
		return err
	}
	return w.putEvidence(article, kindStatement, n, s.Evidence)
}
