package event

import (
	"strconv"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// sureFrom is the confidence from which on a meeting is not only likely: with it six
// of seven sure meetings of gold/train are right.
const sureFrom = 0.67

// prior is how many meetings the share of all formats weighs against those of one
// (a beta prior, so that few cases do not make a format certain).
const prior = 4

// A tally is how many meetings of a kind were found and how many of them were right.
type tally struct{ right, of float64 }

// A told names a kind of meeting for tallies: its format and whether its day is known.
type told struct {
	format string
	dated  bool
}

func (s *Stage) loadSure(lex *lexicon.Lexicon) error {
	table, err := lex.Table("meeting_sure")
	if err != nil {
		return err
	}
	s.sure = map[told]tally{}
	for _, row := range table.Rows {
		right, err := strconv.Atoi(row.Get("right"))
		if err != nil {
			return row.Errorf("%q is no count", row.Get("right"))
		}
		of, err := strconv.Atoi(row.Get("of"))
		if err != nil || of < right || !lexicon.OneOf(row.Get("day"), "known unknown") {
			return row.Errorf("%d of %q on a day that is %q", right, row.Get("of"), row.Get("day"))
		}
		s.sure[told{row.Get("format"), row.Get("day") == "known"}] = tally{float64(right), float64(of)}
	}
	return nil
}

// confidence tells how often such meetings were right: what has a day is told as an
// event, what has none is often talk of talks.
func (s *Stage) confidence(m *document.Meeting) document.Confidence {
	all := s.sure[told{"*", m.When.IsKnown()}]
	one := s.sure[told{m.Format, m.When.IsKnown()}]
	share := 0.5
	if all.of > 0 {
		share = all.right / all.of
	}
	value := (one.right + prior*share) / (one.of + prior)
	return document.Confidence{Value: value, Likely: value < sureFrom}
}
