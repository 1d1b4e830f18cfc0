package event

import (
	"rapporteur/internal/lexicon"
)

// A meetingWord names a meeting, or tells what became of one.
type meetingWord struct{ tells, format string }

// A talksWord tells of a negotiation or of its subject.
type talksWord struct{ tells, class string }

// An instrumentWord names a kind of document or tells its state.
type instrumentWord struct{ tells, value string }

func (s *Stage) loadMeetings(lex *lexicon.Lexicon) error {
	table, err := lex.Table("meetings")
	if err != nil {
		return err
	}
	s.meetings, s.nouns = lexicon.NewPhrases[meetingWord](), lexicon.NewPhrases[meetingWord]()
	for _, row := range table.Rows {
		w := meetingWord{row.Get("tells"), row.Get("format")}
		if !lexicon.OneOf(w.tells, "noun verb planned postponed cancelled refused unreal not sides") {
			return row.Errorf("%q tells %q, which is no part of a meeting", row.Get("word"), w.tells)
		}
		if (w.tells == "noun" || w.tells == "verb") && w.format == "" {
			return row.Errorf("%q has no format", row.Get("word"))
		}
		s.meetings.Add(row.Get("word"), w)
		if w.tells == "noun" {
			s.nouns.Add(row.Get("word"), w)
		}
	}
	return nil
}

func (s *Stage) loadTalks(lex *lexicon.Lexicon) error {
	table, err := lex.Table("talks")
	if err != nil {
		return err
	}
	s.talks = lexicon.NewPhrases[talksWord]()
	for _, row := range table.Rows {
		w := talksWord{row.Get("tells"), row.Get("class")}
		if !lexicon.OneOf(w.tells, "talks act mediate class") {
			return row.Errorf("%q tells %q, which is no part of talks", row.Get("word"), w.tells)
		}
		s.talks.Add(row.Get("word"), w)
	}
	return nil
}

func (s *Stage) loadInstruments(lex *lexicon.Lexicon) error {
	table, err := lex.Table("instruments")
	if err != nil {
		return err
	}
	s.instruments = lexicon.NewPhrases[instrumentWord]()
	for _, row := range table.Rows {
		w := instrumentWord{row.Get("tells"), row.Get("value")}
		if !lexicon.OneOf(w.tells, "kind state") {
			return row.Errorf("%q tells %q, which is no part of a document", row.Get("word"), w.tells)
		}
		s.instruments.Add(row.Get("word"), w)
	}
	return nil
}
