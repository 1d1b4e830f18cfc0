package position

import (
	"slices"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// takes tells where the words that a stance is about stand.
type takes string

const (
	takesObject     takes = "np"   // "reject the proposal"
	takesInfinitive takes = "to"   // "refuse to sign the treaty"
	takesAsk        takes = "ask"  // "urge Iran to return", "urge that …", "urge restraint"
	takesOf         takes = "of"   // "accuse Iran of delay", "criticise the ministry for its delay"
	takesBare       takes = "vp"   // "must leave the island"
	takesSubject    takes = "subj" // "the blockade is unacceptable"
	takesThat       takes = "that" // "insist that the border stays"
	takesCondition  takes = "cond" // "unless the sanctions end"
)

// A cue is a predicate that tells a stance.
type cue struct {
	words   string
	pos     string
	takes   takes
	stance  document.Stance
	negated document.Stance // "" when the negated predicate tells nothing
	denied  bool            // negated, it tells that this is not the stance
	move    document.MoveKind
}

var stances = []document.Stance{
	document.Demands, document.Proposes, document.Supports, document.Accepts, document.Open, document.Conditional,
	document.Opposes, document.Rejects, document.Threatens, document.Promises,
}

var forms = []takes{takesObject, takesInfinitive, takesAsk, takesOf, takesBare, takesSubject, takesThat, takesCondition}

func (s *Stage) loadCues(lex *lexicon.Lexicon) error {
	table, err := lex.Table("stances")
	if err != nil {
		return err
	}
	s.cues = lexicon.NewPhrases[cue]()
	for _, row := range table.Rows {
		c := cue{
			words: row.Get("cue"), pos: row.Get("pos"), takes: takes(row.Get("takes")),
			stance: document.Stance(row.Get("stance")), move: document.MoveKind(row.Get("move")),
		}
		switch neg := row.Get("negated"); neg {
		case "-":
		case "deny":
			c.denied = true
		default:
			c.negated = document.Stance(neg)
		}
		if !slices.Contains(stances, c.stance) || (c.negated != "" && !slices.Contains(stances, c.negated)) {
			return row.Errorf("cue %q has an unknown stance", c.words)
		}
		if !slices.Contains(forms, c.takes) {
			return row.Errorf("cue %q takes %q, which is no form of complement", c.words, c.takes)
		}
		s.cues.Add(c.words, c)
	}
	return nil
}

// loadTone reads words that judge, for statements without a stance verb, and the
// acts that make a promise a threat.
func (s *Stage) loadTone(lex *lexicon.Lexicon) error {
	table, err := lex.Table("tone")
	if err != nil {
		return err
	}
	s.tone, s.threats = map[string]document.Stance{}, map[string]bool{}
	for _, row := range table.Rows {
		word, tells := row.Get("word"), row.Get("tells")
		switch {
		case tells == "threat":
			s.threats[word] = true
		case slices.Contains(stances, document.Stance(tells)):
			s.tone[word] = document.Stance(tells)
		default:
			return row.Errorf("%q tells %q, which is neither a stance nor a threat", word, tells)
		}
	}
	return nil
}

// loadKinds reads what words do to a matter: see the table.
func (s *Stage) loadKinds(lex *lexicon.Lexicon) error {
	table, err := lex.Table("position_words")
	if err != nil {
		return err
	}
	s.kinds = map[string]string{}
	for _, row := range table.Rows {
		kind := row.Get("kind")
		if !lexicon.OneOf(kind, "bad good turn hurt help") {
			return row.Errorf("%q is no kind of word", kind)
		}
		s.kinds[row.Get("word")] = kind
	}
	return nil
}
