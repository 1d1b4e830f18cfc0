package move

import (
	"strings"
	"unicode"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// longest is how many tokens a name of the tables may have.
const longest = 14

// A nameTable knows states, bodies and groups by their names in any case of
// letters: bulletins write "SAUDI ARABIA" and "Saudi Arabia".
type nameTable struct {
	names   map[string][]string // by key
	persons map[string]bool     // words of offices and titles, in small letters
}

func loadNames(lex *lexicon.Lexicon) (*nameTable, error) {
	t := &nameTable{names: map[string][]string{}, persons: map[string]bool{}}
	for _, load := range []func(*lexicon.Lexicon) error{t.addGroups, t.addStates, t.addBodies, t.addOffices} {
		if err := load(lex); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// add puts words into the table; what is there stays.
func (t *nameTable) add(words string, names ...string) {
	if k := key(words); t.names[k] == nil {
		t.names[k] = names
	}
}

func (t *nameTable) addGroups(lex *lexicon.Lexicon) error {
	table, err := lex.Table("actors/groups")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		for _, w := range row.List("words") {
			t.add(w, row.List("names")...)
		}
	}
	return nil
}

func (t *nameTable) addStates(lex *lexicon.Lexicon) error {
	words, err := lex.Table("actors/state_words")
	if err != nil {
		return err
	}
	states, err := lex.Table("actors/states")
	if err != nil {
		return err
	}
	shown := map[string]string{}
	for _, row := range states.Rows {
		shown[row.Get("iso3")] = row.Get("name")
	}
	for _, row := range words.Rows {
		if row.Get("use") == "prefer" {
			shown[row.Get("iso3")] = row.Get("words")
		}
	}
	for _, row := range words.Rows {
		if use, name := row.Get("use"), shown[row.Get("iso3")]; name != "" && (use == "name" || use == "metonym" || use == "prefer") {
			for _, w := range row.List("words") {
				t.add(w, name)
			}
		}
	}
	for _, row := range states.Rows {
		for _, w := range append(row.List("aliases"), row.Get("name")) {
			t.add(w, shown[row.Get("iso3")])
		}
	}
	return nil
}

func (t *nameTable) addBodies(lex *lexicon.Lexicon) error {
	table, err := lex.Table("actors/bodies")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		if row.Get("kind") == "place" {
			continue
		}
		for _, w := range append(row.List("aliases"), row.Get("name")) {
			t.add(w, row.Get("name"))
		}
	}
	return nil
}

// addOffices reads the words by which an office is known: who holds one chairs the
// talks or has a party named beside it.
func (t *nameTable) addOffices(lex *lexicon.Lexicon) error {
	for name, column := range map[string]string{"actors/roles": "word", "actors/titles": "word"} {
		table, err := lex.Table(name)
		if err != nil {
			return err
		}
		for _, row := range table.Rows {
			if column == "word" && name == "actors/roles" && row.Get("kind") != "person" {
				continue
			}
			t.persons[strings.ToLower(row.Get(column))] = true
		}
	}
	return nil
}

// key joins the words of a name in small letters, without article and without
// space around hyphens and strokes: "G- 77/CHINA" gives "g-77/china".
func key(words string) string {
	k := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(words, "’", "'")), " "))
	for _, mark := range []string{"-", "/"} {
		k = strings.ReplaceAll(strings.ReplaceAll(k, mark+" ", mark), " "+mark, mark)
	}
	return strings.TrimPrefix(k, "the ")
}

// at returns the names of the longest known name that begins at token i, and the
// token behind it.
func (t *nameTable) at(v *document.View, i int) (names []string, end int) {
	if !isCapital(v, i) {
		return nil, i
	}
	for j := min(i+longest, v.Hi); j > i; j-- {
		if found := t.names[key(v.Doc.In(v.Span(i, j)))]; found != nil && isCapital(v, i) {
			return found, j
		}
	}
	return nil, i
}

// isCapital reports whether token i begins with a capital letter.
func isCapital(v *document.View, i int) bool {
	if !v.Has(i) {
		return false
	}
	for _, r := range v.Doc.Form(document.TokenID(i)) {
		return unicode.IsUpper(r)
	}
	return false
}
