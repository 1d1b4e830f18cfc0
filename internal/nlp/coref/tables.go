package coref

import (
	"strconv"
	"strings"

	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// tables is what the stage reads from data/actors.
type tables struct {
	roles     map[string]role
	past      map[string]bool
	noNames   map[string]bool   // capitalised words that name nobody
	offices   map[string]string // "home secretary" → key of its state
	portfolio map[string]bool   // words of offices of a state: "foreign"
	bodies    map[string]body
	states    map[string]string // key → name
	leaders   map[string][]leader
	surnames  map[string][]leader
	first     map[string]string
	titles    map[string]bool
	media     map[string]bool     // last words of names of newspapers
	papers    map[string]bool     // nouns of texts: "report"
	orgWords  map[string]bool     // folded words by which a body is known: "league"
	still     map[string]bool     // verbs that tell where something is, not what it does
	making    map[string]bool     // verbs of who makes a text: "issue"
	adjective map[string]string   // key of a state → "Veyran"
	classes   map[string][]string // "diplomat" → roles that are ones

	stateNouns map[string]bool // "kingdom"

	parties map[string]string // folded name of a state or body → its key
	forums  map[string]bool   // head nouns of bodies in which others sit: "council"
}

type role struct {
	kind, voice, gender string
	state               bool
}

type body struct{ of, voice, kind, name string }

type leader struct {
	name, key, role string
	from, until     int
}

func load(lex *lexicon.Lexicon) (*tables, error) {
	t := &tables{roles: map[string]role{}, past: map[string]bool{}, noNames: map[string]bool{}, offices: map[string]string{}, portfolio: map[string]bool{}, bodies: map[string]body{}, states: map[string]string{},
		leaders: map[string][]leader{}, surnames: map[string][]leader{}, first: map[string]string{}, titles: map[string]bool{}, media: map[string]bool{}, papers: map[string]bool{}, orgWords: map[string]bool{}, still: map[string]bool{}, making: map[string]bool{}, adjective: map[string]string{},
		classes: map[string][]string{}, stateNouns: map[string]bool{}, parties: map[string]string{}, forums: map[string]bool{}}
	for _, step := range []struct {
		table string
		add   func(lexicon.Row) error
	}{
		{"actors/roles", func(r lexicon.Row) error {
			t.roles[r.Get("word")] = role{r.Get("kind"), r.Get("voice"), r.Get("gender"), r.Get("body") == "state"}
			return nil
		}},
		{"actors/role_words", func(r lexicon.Row) error {
			t.past[r.Get("word")] = r.Get("use") == "past"
			t.portfolio[r.Get("word")] = r.Get("body") == "state"
			return nil
		}},
		{"actors/bodies", t.addBody},
		{"actors/states", func(r lexicon.Row) error {
			key := "state:" + r.Get("iso3")
			t.states[key] = r.Get("name")
			t.adjective[key], _, _ = strings.Cut(r.Get("adjectives"), "|")
			t.addParty(key, r.Get("name"), append(r.List("aliases"), r.List("adjectives")...))
			return nil
		}},
		{"actors/state_words", func(r lexicon.Row) error {
			key := "state:" + r.Get("iso3")
			t.addParty(key, "", r.List("words"))
			if r.Get("use") == "prefer" {
				t.states[key] = r.Get("words")
			} else if r.Get("use") == "adjective" && t.adjective[key] == "" {
				t.adjective[key], _, _ = strings.Cut(r.Get("words"), "|")
			}
			return nil
		}},
		{"actors/role_classes", func(r lexicon.Row) error {
			if r.Get("fits") == "state:" {
				t.stateNouns[r.Get("word")] = true
				return nil
			}
			t.classes[r.Get("word")] = r.List("fits")
			return nil
		}},
		{"actors/offices", func(r lexicon.Row) error { t.offices[r.Get("office")] = "state:" + r.Get("state"); return nil }},
		{"actors/no_names", func(r lexicon.Row) error { t.noNames[r.Get("word")] = true; return nil }},
		{"actors/documents", func(r lexicon.Row) error { t.papers[r.Get("word")] = true; return nil }},
		{"actors/org_words", func(r lexicon.Row) error {
			k := r.Get("kind")
			t.orgWords[text.Fold(r.Get("word"))] = k != "" && k != "place" && k != "event"
			if k == "media" || k == "study" {
				t.media[strings.ToLower(r.Get("word"))] = true
			}
			return nil
		}},
		{"actors/words", func(r lexicon.Row) error {
			switch r.Get("use") {
			case "still":
				t.still[r.Get("word")] = true
			case "making":
				t.making[r.Get("word")] = true
			case "forum":
				t.forums[r.Get("word")] = true
			}
			return nil
		}},
		{"combining", func(r lexicon.Row) error {
			t.addParty("state:"+r.Get("iso3"), r.Get("form"), nil)
			return nil
		}},
		{"actors/leaders", t.addLeader},
		{"actors/firstnames", func(r lexicon.Row) error { t.first[text.Fold(r.Get("name"))] = r.Get("gender"); return nil }},
		{"actors/titles", func(r lexicon.Row) error { t.titles[text.Fold(r.Get("word"))] = true; return nil }},
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
	return t, nil
}

func (t *tables) addBody(r lexicon.Row) error {
	of := r.Get("of")
	switch {
	case of == "":
	case len(of) == 3 && strings.ToUpper(of) == of:
		of = "state:" + of
	default:
		of = "org:" + text.Fold(of)
	}
	key := "org:" + text.Fold(r.Get("name"))
	t.bodies[key] = body{of, r.Get("voice"), r.Get("kind"), r.Get("name")}
	if k := r.Get("kind"); (k == "organisation" || k == "bloc") && r.Get("voice") == "own" {
		t.addParty(key, r.Get("name"), r.List("aliases"))
	}
	return nil
}

// addParty notes the names of a state or body, the first table's first.
func (t *tables) addParty(key, name string, more []string) {
	for _, n := range append(more, name) {
		if n = text.Fold(n); n != "" && t.parties[n] == "" {
			t.parties[n] = key
		}
	}
}

func (t *tables) addLeader(r lexicon.Row) error {
	from, err := strconv.Atoi(r.Get("from"))
	if err != nil {
		return r.Errorf("year %q: want a number", r.Get("from"))
	}
	until, err := strconv.Atoi(r.Get("until"))
	if err != nil {
		return r.Errorf("year %q: want a number", r.Get("until"))
	}
	name := text.Fold(r.Get("name"))
	words := strings.Fields(name)
	l := leader{name, "state:" + r.Get("state"), r.Get("role"), from, until}
	key := firstAndLast(words)
	t.leaders[key] = append(t.leaders[key], l)
	if l.role != "" {
		last := words[len(words)-1]
		t.surnames[last] = append(t.surnames[last], l)
	}
	return nil
}

func firstAndLast(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0] + " " + words[len(words)-1]
}

// officeOf returns the key of the state for which a person of that name held
// office around the year, "" when none or several did.
func (t *tables) officeOf(name string, year int) (key, role string) {
	words := strings.Fields(text.Fold(name))
	if len(words) == 0 || year == 0 {
		return "", ""
	}
	list := t.leaders[firstAndLast(words)]
	if len(words) == 1 {
		list = t.surnames[words[0]]
	}
	for _, l := range list {
		if year < l.from || year > l.until+1 {
			continue
		}
		if key != "" && key != l.key {
			return "", ""
		}
		key = l.key
		if role == "" {
			role = l.role
		}
	}
	return key, role
}
