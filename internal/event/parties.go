package event

import (
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// blocs tells, by keys of actors, which parties each alliance or group of states
// stands for, and which groups have no seat of their own.
type blocs struct {
	members  map[string]map[string]bool
	seatless map[string]bool
}

func (s *Stage) loadBlocs(lex *lexicon.Lexicon) error {
	table, err := lex.Table("actors/members")
	if err != nil {
		return err
	}
	s.blocs = blocs{map[string]map[string]bool{}, map[string]bool{}}
	for _, row := range table.Rows {
		members := map[string]bool{}
		for _, m := range row.List("members") {
			if len(m) == 3 && strings.ToUpper(m) == m {
				members["state:"+m] = true
			} else {
				members["org:"+text.Fold(m)] = true
			}
		}
		if row.Get("body") == "" || len(members) == 0 {
			return row.Errorf("%q has no members", row.Get("body"))
		}
		key := "org:" + text.Fold(row.Get("body"))
		s.blocs.members[key], s.blocs.seatless[key] = members, row.Get("seat") == "none"
	}
	return nil
}

// stand reports whether one of two parties is a bloc that stands for the other.
func (b blocs) stand(d *document.Doc, one, other document.ActorID) bool {
	x, y := d.Actors[one].Key, d.Actors[other].Key
	return b.members[x][y] || b.members[y][x]
}

// quiet tells which bodies judge, report or study, and so are no side of talks.
type quiet struct {
	keys  map[string]bool
	words map[string]bool // what their names begin or end with
}

func (s *Stage) loadQuiet(lex *lexicon.Lexicon) error {
	s.quiet = quiet{map[string]bool{}, map[string]bool{}}
	bodies, err := lex.Table("actors/bodies")
	if err != nil {
		return err
	}
	for _, row := range bodies.Rows {
		if lexicon.OneOf(row.Get("kind"), "court media place") {
			s.quiet.keys["org:"+text.Fold(row.Get("name"))] = true
		}
	}
	words, err := lex.Table("actors/org_words")
	if err != nil {
		return err
	}
	for _, row := range words.Rows {
		if lexicon.OneOf(row.Get("kind"), "court media study") {
			s.quiet.words[text.Fold(row.Get("word"))] = true
		}
	}
	return nil
}

// reports reports whether an organisation judges, reports or studies: a court, an
// outlet, this article's own too, an institute.
// Guideline: CAMEO manual 1.1b3, chapter 4, media and courts are coded as such and
// not as the state.
func (q quiet) reports(d *document.Doc, a document.ActorID) bool {
	actor := &d.Actors[a]
	words := strings.Fields(text.Fold(actor.Name))
	if outlet := text.Fold(d.Article.Outlet); outlet != "" && outlet == strings.Join(words, " ") {
		return true
	}
	return q.keys[actor.Key] || len(words) > 0 && (q.words[words[0]] || q.words[words[len(words)-1]])
}

// without takes off the parties a bloc that has no seat of its own ("the West"), or
// that the words for the talks do not name, where one for which it stands is a party.
func (b blocs) without(d *document.Doc, parties, named []document.ActorID) []document.ActorID {
	return slices.DeleteFunc(slices.Clone(parties), func(p document.ActorID) bool {
		a := &d.Actors[p]
		return a.Kind == document.Bloc && (b.seatless[a.Key] || !slices.Contains(named, p)) &&
			slices.ContainsFunc(parties, func(o document.ActorID) bool { return b.members[a.Key][d.Actors[o].Key] })
	})
}
