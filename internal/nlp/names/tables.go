package names

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// use tells how a word of the gazetteer stands for its actor.
type use string

const (
	useName      use = "name"
	useAdjective use = "adjective"
	usePeople    use = "people"
	useMetonym   use = "metonym" // a seat of government: "Moscow"
)

// An entry is what the gazetteer knows of a name.
type entry struct {
	key, name string
	kind      document.ActorKind
	use       use
	of        string // key of the body it belongs to
	place     bool   // no actor: "Facebook", "Downing Street" as a road
}

// A role is a head noun that says what somebody is.
type role struct {
	kind   string // person, organ, body, side, group
	voice  string // of, own, none
	state  bool   // who has one is a state or like one
	to     bool   // "to X" names whose it is: "aide to the minister"
	gender string
}

// tables holds what the stage reads from the data folder.
type tables struct {
	gazetteer map[string][]phrase
	roles     map[string]role
	roleWords map[string]string
	orgWords  map[string]orgWord
	titles    map[string]string
	particles map[string]bool
	noNames   map[string]bool
	uses      map[string]bool // "heads lead"
	tails     []string
	demonyms  []string
	days      map[string]bool   // of noNames: months and weekdays
	first     map[string]string // first names with their gender
	leaders   map[string]bool   // last names of office holders
	speech    map[string]bool   // verbs of speech
}

type orgWord struct {
	first, last bool
	owner       bool // stands before a possessive inside a name: "People's"
	kind        string
}

type phrase struct {
	words []string
	entry entry
}

// load reads all tables that names need.
func load(lex *lexicon.Lexicon) (*tables, error) {
	t := &tables{gazetteer: map[string][]phrase{}, roles: map[string]role{}, roleWords: map[string]string{}, orgWords: map[string]orgWord{},
		titles: map[string]string{}, particles: map[string]bool{}, noNames: map[string]bool{}, uses: map[string]bool{}, days: map[string]bool{}, first: map[string]string{}, leaders: map[string]bool{}, speech: map[string]bool{}}
	for _, step := range []struct {
		table string
		add   func(lexicon.Row) error
	}{
		{"actors/roles", t.addRole},
		{"actors/role_words", func(r lexicon.Row) error { t.roleWords[r.Get("word")] = r.Get("use"); return nil }},
		{"actors/org_words", t.addOrgWord},
		{"actors/titles", func(r lexicon.Row) error { t.titles[r.Get("word")] = r.Get("gender"); return nil }},
		{"actors/particles", func(r lexicon.Row) error { t.particles[r.Get("word")] = true; return nil }},
		{"actors/no_names", t.addNoName},
		{"actors/firstnames", func(r lexicon.Row) error { t.first[r.Get("name")] = r.Get("gender"); return nil }},
		{"actors/words", t.addWord},
		{"actors/leaders", t.addLeader},
		{"cues", func(r lexicon.Row) error { t.speech[r.Get("word")] = r.Get("kind") == "speech"; return nil }},
	} {
		table, err := lex.Table(step.table)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Rows {
			if err := step.add(row); err != nil {
				return nil, err
			}
		}
	}
	return t, t.addGazetteer(lex)
}

func (t *tables) addRole(r lexicon.Row) error {
	switch r.Get("kind") {
	case "person", "organ", "body", "side", "group":
	default:
		return r.Errorf("unknown kind %q", r.Get("kind"))
	}
	t.roles[r.Get("word")] = role{r.Get("kind"), r.Get("voice"), r.Get("body") == "state", r.Get("body") == "to", r.Get("gender")}
	return nil
}

func (t *tables) addNoName(r lexicon.Row) error {
	if word := r.Get("word"); strings.Contains(word, " ") {
		t.addNames(entry{place: true, use: useName}, []string{word})
	} else {
		t.noNames[word] = true
		t.days[word] = r.Get("kind") == "day"
	}
	return nil
}

func (t *tables) addWord(r lexicon.Row) error {
	word, use := r.Get("word"), r.Get("use")
	switch use {
	case "tail":
		t.tails = append(t.tails, word)
	case "demonym":
		t.demonyms = append(t.demonyms, word)
	case "place", "heads", "called", "rank", "still", "making", "forum":
		t.uses[use+" "+word] = true
	default:
		return r.Errorf("unknown use %q", use)
	}
	return nil
}

// is reports whether the table "actors/words" gives a word that use.
func (t *tables) is(use, word string) bool { return t.uses[use+" "+word] }

func (t *tables) addOrgWord(r lexicon.Row) error {
	place := r.Get("place")
	switch w := (orgWord{kind: r.Get("kind")}); place {
	case "first", "last", "both":
		w.first, w.last = place != "last", place != "first"
		w.owner = t.orgWords[r.Get("word")].owner
		t.orgWords[r.Get("word")] = w
	case "owner":
		w = t.orgWords[r.Get("word")]
		w.owner = true
		t.orgWords[r.Get("word")] = w
	default:
		return r.Errorf("unknown place %q", place)
	}
	return nil
}

func (t *tables) addLeader(r lexicon.Row) error {
	words := strings.Fields(r.Get("name"))
	if len(words) > 0 {
		t.leaders[words[len(words)-1]] = true
	}
	return nil
}

func (t *tables) addGazetteer(lex *lexicon.Lexicon) error {
	states, err := lex.Table("actors/states")
	if err != nil {
		return err
	}
	words, err := lex.Table("actors/state_words")
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, r := range words.Rows {
		if r.Get("use") == "prefer" {
			names[r.Get("iso3")] = r.Get("words")
		}
	}
	for _, r := range words.Rows {
		e := entry{key: "state:" + r.Get("iso3"), name: names[r.Get("iso3")], kind: document.State, use: use(r.Get("use"))}
		if e.name == "" {
			e.name = nameOf(states, r.Get("iso3"))
		}
		if e.use == "prefer" {
			e.use = useName
		}
		if e.name == "" {
			return r.Errorf("no state %q", r.Get("iso3"))
		}
		t.addNames(e, r.List("words"))
	}
	for _, r := range states.Rows {
		e := entry{key: "state:" + r.Get("iso3"), name: names[r.Get("iso3")], kind: document.State, use: useName}
		if e.name == "" {
			e.name = r.Get("name")
		}
		t.addNames(e, append([]string{r.Get("name")}, r.List("aliases")...))
		t.addNames(e.as(useAdjective), r.List("adjectives"))
		t.addNames(e.as(usePeople), r.List("people"))
		if r.Get("kind") == "state" {
			t.addNames(e.as(useMetonym), r.List("capitals"))
		}
	}
	return t.addBodies(lex)
}

func nameOf(states *lexicon.Table, iso string) string {
	for _, r := range states.Rows {
		if r.Get("iso3") == iso {
			return r.Get("name")
		}
	}
	return ""
}

func (e entry) as(u use) entry { e.use = u; return e }

var bodyKinds = map[string]document.ActorKind{"organ": document.Organ, "court": document.Organ, "organisation": document.Organisation, "party": document.Organisation,
	"media": document.Organisation, "armed group": document.ArmedGroup, "bloc": document.Bloc, "place": document.Unclear}

func (t *tables) addBodies(lex *lexicon.Lexicon) error {
	bodies, err := lex.Table("actors/bodies")
	if err != nil {
		return err
	}
	for _, r := range bodies.Rows {
		kind, ok := bodyKinds[r.Get("kind")]
		if !ok {
			return r.Errorf("unknown kind %q", r.Get("kind"))
		}
		e := entry{key: "org:" + text.Fold(r.Get("name")), name: r.Get("name"), kind: kind, use: useName, of: r.Get("of"), place: r.Get("kind") == "place"}
		t.addNames(e, append([]string{r.Get("name")}, r.List("aliases")...))
	}
	return nil
}

func (t *tables) addNames(e entry, names []string) {
	for _, name := range names {
		words := split(name)
		if len(words) == 0 {
			continue
		}
		t.gazetteer[words[0]] = append(t.gazetteer[words[0]], phrase{words, e})
	}
}

// split cuts a name of a table as the tokeniser cuts text: apostrophes that end a
// possessive and hyphens are tokens of their own, marks are straight.
func split(name string) []string {
	name = strings.ReplaceAll(name, "’", "'")
	name = strings.NewReplacer("'s", " 's", "s' ", "s ' ", "-", " - ", ",", " ,").Replace(name)
	return strings.Fields(name)
}
