package coref

import (
	"slices"
	"strings"
	"unicode"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// lookBack is how many mentions or actors back a description looks.
const lookBack = 2000

// A resolver works on one article.
type resolver struct {
	t         *tables
	d         *document.Doc
	byKey     map[string]document.ActorID
	byAlias   map[string]document.ActorID      // folded name → actor
	heads     map[text.Span]document.MentionID // head → mention
	ofs       map[document.ActorID][]ofMention // what mentions tell of the body
	roles     map[document.ActorID][]text.Span // words of roles, in reading order
	plural    map[document.ActorID]bool        // groups
	sources   map[document.MentionID]bool      // heads of sources of statements
	targets   map[document.MentionID]bool      // heads of their addressees
	keep      []bool                           // by actor, see prune
	year      int
	toldRoles map[text.Span]roleWords
	words     map[document.ActorID][]string // folded names of persons
	byWord    map[string][]document.ActorID

	main      document.ActorID // see mainState
	mainKnown bool
	home      document.ActorID // see homeState
	homeKnown bool

	lastOf map[document.ActorID]int // offset of the last mention seen so far
}

type ofMention struct {
	span text.Span
	at   document.MentionID
}

func newResolver(t *tables, d *document.Doc) *resolver {
	d.Actors = nil
	r := &resolver{t: t, d: d, byKey: map[string]document.ActorID{}, byAlias: map[string]document.ActorID{}, heads: map[text.Span]document.MentionID{},
		ofs: map[document.ActorID][]ofMention{}, roles: map[document.ActorID][]text.Span{}, plural: map[document.ActorID]bool{},
		sources: map[document.MentionID]bool{}, targets: map[document.MentionID]bool{}, lastOf: map[document.ActorID]int{}, toldRoles: map[text.Span]roleWords{}, words: map[document.ActorID][]string{}, byWord: map[string][]document.ActorID{}, year: d.Article.Published.Year}
	for i := range d.Mentions {
		d.Mentions[i].Actor = document.NoActor
		if _, ok := r.heads[d.Mentions[i].Head]; !ok {
			r.heads[d.Mentions[i].Head] = document.MentionID(i)
		}
	}
	for i := range d.Statements {
		if id := d.HeadMention(d.Statements[i].Source); id != document.NoMention {
			r.sources[id] = true
		}
		if id := d.HeadMention(d.Statements[i].To); id != document.NoMention {
			r.targets[id] = true
		}
	}
	return r
}

func (r *resolver) made(rule string) document.Made {
	return document.Made{Stage: "coref", Rule: rule, Version: Version}
}

// actor returns the actor of that key, made when there is none yet.
func (r *resolver) actor(key, name string, kind document.ActorKind, rule string) document.ActorID {
	if id, ok := r.byKey[key]; ok {
		return id
	}
	id := document.ActorID(len(r.d.Actors))
	r.d.Actors = append(r.d.Actors, document.Actor{Name: name, Key: key, Kind: kind, Of: document.NoActor, Speaks: document.NoActor, Made: r.made(rule)})
	r.byKey[key] = id
	return id
}

// known returns the actor of a key that a table names: "state:RUS", "org:nato".
func (r *resolver) known(key string) document.ActorID {
	if key == "" {
		return document.NoActor
	}
	if name := r.t.states[key]; name != "" {
		return r.actor(key, name, document.State, "table")
	}
	if b, ok := r.t.bodies[key]; ok {
		return r.actor(key, b.name, document.Organisation, "table")
	}
	return document.NoActor
}

// join gives mention i to actor id and takes over what its words tell.
func (r *resolver) join(i document.MentionID, id document.ActorID) {
	if id == document.NoActor {
		return
	}
	m, a := &r.d.Mentions[i], &r.d.Actors[id]
	m.Actor = id
	a.Mentions = append(a.Mentions, i)
	if a.Gender == "" {
		a.Gender = m.Gender
	}
	if m.Plural && m.Form != document.Pronoun {
		r.plural[id] = true
	}
	if !m.Role.IsEmpty() {
		r.roles[id] = append(r.roles[id], m.Role)
	}
	if !m.Of.IsEmpty() {
		r.ofs[id] = append(r.ofs[id], ofMention{m.Of, i})
	}
	if m.Form == document.Named {
		if alias := text.Fold(r.d.In(m.Head)); alias != "" {
			if _, taken := r.byAlias[alias]; !taken {
				r.byAlias[alias] = id
			}
		}
	}
}

// named gives every name to an actor: known ones by key, persons by their full
// names first and their last names then.
func (r *resolver) named() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Form == document.Named && m.Key != "" {
			id := r.actor(m.Key, m.Name, m.Kind, m.Made.Rule)
			if state, ok := strings.CutPrefix(m.Key, "people:"); ok {
				of := r.known("state:" + state)
				r.d.Actors[id].Of = of
			}
			r.join(document.MentionID(i), id)
		}
	}
	for _, long := range []bool{true, false} {
		for i := range r.d.Mentions {
			m := &r.d.Mentions[i]
			if m.Form == document.Named && m.Kind == document.Person && m.Actor == document.NoActor && strings.Contains(r.bare(m.Head), " ") == long {
				r.join(document.MentionID(i), r.person(m, long))
			}
		}
	}
	for _, long := range []bool{true, false} { // "the League" after "the Orsa League"
		for i := range r.d.Mentions {
			m := &r.d.Mentions[i]
			if m.Form == document.Named && m.Actor == document.NoActor && strings.Contains(r.bare(m.Head), " ") == long {
				r.join(document.MentionID(i), r.body(document.MentionID(i)))
			}
		}
	}
}

// bare returns the words of a name without white space around it.
func (r *resolver) bare(s text.Span) string {
	return strings.Join(strings.Fields(r.d.In(s)), " ")
}

// personName returns a person's name; one in capitals throughout, as transcripts
// write it, in small letters with capitals in front.
func (r *resolver) personName(s text.Span) string {
	name := r.bare(s)
	if name != strings.ToUpper(name) || len(name) < 5 {
		return name
	}
	out, start := []rune(strings.ToLower(name)), true
	for i, c := range out {
		if start {
			out[i] = unicode.ToUpper(c)
		}
		start = !unicode.IsLetter(c) && c != '’' && c != '\''
	}
	return string(out)
}

// person returns the actor of a person's name: one with the same last name and no
// conflicting first name, else a new one. "Dale" is Corvin Dale.
func (r *resolver) person(m *document.Mention, long bool) document.ActorID {
	name := r.personName(m.Head)
	words := strings.Fields(text.Fold(name))
	best, bestScore := document.NoActor, 0
	for _, id := range r.personsWith(words) {
		a := &r.d.Actors[id]
		if score := nameScore(words, r.words[id]); score > bestScore && !r.conflicts(m, a) {
			best, bestScore = id, score
		} else if score > 0 && score == bestScore && !long && (r.hasSameRole(m, id) || r.lastBefore(id, m) > r.lastBefore(best, m)) {
			best = id
		}
	}
	if best != document.NoActor {
		if a := &r.d.Actors[best]; len(name) > len(a.Name) {
			a.Name = name
			r.index(best)
		}
		return best
	}
	id := r.actor("person:"+strings.Join(words, " "), name, document.Person, "name")
	r.index(id)
	return id
}

// sharedWord is how many persons one word finds at most; it bounds the time.
const sharedWord = 200

// index lets a person be found by every word of the name.
func (r *resolver) index(id document.ActorID) {
	r.words[id] = strings.Fields(text.Fold(r.d.Actors[id].Name))
	for _, w := range r.words[id] {
		if list := r.byWord[w]; !slices.Contains(list, id) {
			if len(list) >= sharedWord {
				list = list[1:]
			}
			r.byWord[w] = append(list, id)
		}
	}
}

// personsWith returns the persons who share a word with a name, in reading order.
func (r *resolver) personsWith(words []string) []document.ActorID {
	var out []document.ActorID
	for _, w := range words {
		out = append(out, r.byWord[w]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lastBefore returns where an actor was last named before a mention, -1 when it was not.
func (r *resolver) lastBefore(id document.ActorID, m *document.Mention) int {
	last := -1
	for _, i := range r.d.Actors[id].Mentions {
		if at := r.d.Mentions[i].Span.Start; at < m.Span.Start {
			last = max(last, at)
		}
	}
	return last
}

// conflicts reports whether what a mention tells cannot be said of the actor: "Mrs.
// Dole" of a man.
func (r *resolver) conflicts(m *document.Mention, a *document.Actor) bool {
	return m.Made.Rule == "title" && m.Gender != "" && a.Gender != "" && m.Gender != a.Gender
}

func (r *resolver) hasSameRole(m *document.Mention, id document.ActorID) bool {
	if m.Role.IsEmpty() {
		return false
	}
	for _, other := range r.roles[id] {
		if lastWord(r.d.In(other)) == lastWord(r.d.In(m.Role)) {
			return true
		}
	}
	return false
}

// nameScore tells how well two names of a person agree; 0 when they do not.
func nameScore(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	last := a[len(a)-1] == b[len(b)-1]
	switch {
	case strings.Join(a, " ") == strings.Join(b, " "):
		return 10
	case len(a) == 1 && last:
		return 6
	case len(a) == 1 && a[0] == b[0] && len(b) > 1:
		return 3 // family name first: "Kim", "Xi"
	case len(a) == 1 && slices.Contains(b, a[0]):
		return 2
	case len(a) == 1:
		return 0
	case last && sameFirst(a[0], b[0]):
		return 8
	case isRun(a, b):
		return 7
	}
	return 0
}

// sameFirst reports whether two first names can be one: equal, or an initial.
func sameFirst(a, b string) bool {
	return a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b)
}

// isRun reports whether the words of a stand in b in their order.
func isRun(a, b []string) bool {
	i := 0
	for _, w := range b {
		if i < len(a) && a[i] == w {
			i++
		}
	}
	return i == len(a)
}

// body returns the actor of a name that is no person's.
func (r *resolver) body(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	fold := text.Fold(r.d.In(m.Head))
	if same := r.sameOf(m); same != document.NoActor {
		if r.d.Actors[same].Kind == document.Person && len(fold) > 0 && !strings.Contains(r.d.Actors[same].Name, " ") {
			r.d.Actors[same].Name = r.bare(m.Head)
			r.index(same)
		}
		return same
	}
	if id, ok := r.byAlias[fold]; ok && (m.Kind != document.Organ || r.sameBody(m, id)) {
		return id
	}
	switch m.Kind {
	case document.Organ:
		return r.organ(i)
	case document.Unclear:
		if words := strings.Fields(fold); len(words) == 1 {
			if id := r.personOfLast(words[0]); id != document.NoActor {
				return id
			}
		}
	}
	if fold == "" {
		return document.NoActor
	}
	if id := r.acronym(fold); id != document.NoActor {
		return id
	}
	if id := r.shortened(fold); id != document.NoActor {
		return id
	}
	return r.newBody(m, fold)
}

// sameOf returns the actor of the mention that m is in apposition with.
func (r *resolver) sameOf(m *document.Mention) document.ActorID {
	if m.Same.IsEmpty() {
		return document.NoActor
	}
	if id, ok := r.heads[m.Same]; ok {
		return r.d.Mentions[id].Actor
	}
	return document.NoActor
}

func (r *resolver) personOfLast(word string) document.ActorID {
	for _, id := range r.byWord[word] {
		words := r.words[id]
		if len(words) < 2 {
			continue
		}
		_, common := r.t.first[words[0]]
		if words[len(words)-1] == word || words[0] == word && !common || len(words) > 2 && slices.Contains(words[1:], word) {
			return id
		}
	}
	return document.NoActor
}

// acronym returns the body whose initials fold spells: "hrw" for Human Rights
// Watch, "dos" for a Department of State.
func (r *resolver) acronym(fold string) document.ActorID {
	if len(fold) < 3 || strings.Contains(fold, " ") {
		return document.NoActor
	}
	for id := max(0, len(r.d.Actors)-lookBack); id < len(r.d.Actors); id++ {
		a := &r.d.Actors[id]
		if a.Kind == document.Person || a.Kind == document.State {
			continue
		}
		initials, all := "", ""
		for _, w := range strings.Fields(a.Name) {
			if w[0] >= 'A' && w[0] <= 'Z' {
				initials += strings.ToLower(w[:1])
			}
			all += strings.ToLower(w[:1])
		}
		if initials == fold || len(initials) > 1 && all == fold {
			return document.ActorID(id)
		}
	}
	return document.NoActor
}

// organ returns the actor of an organ; organs of two states are two: "the Russian
// Foreign Ministry", "the Veyran Foreign Ministry".
func (r *resolver) organ(i document.MentionID) document.ActorID {
	m := &r.d.Mentions[i]
	fold := text.Fold(r.d.In(m.Head))
	of := r.ofActor(m)
	if of == document.NoActor {
		for id := len(r.d.Actors) - 1; id >= max(0, len(r.d.Actors)-lookBack); id-- {
			a := &r.d.Actors[id]
			if a.Kind == document.Organ && strings.HasSuffix(text.Fold(a.Name), fold) {
				return document.ActorID(id)
			}
		}
		return r.actor("organ:"+fold, trimDet(r.bare(m.Span)), document.Organ, "organ")
	}
	id := r.actor("organ:"+bareKey(r.d.Actors[of].Key)+" "+fold, r.organName(m, of), document.Organ, "organ-of")
	r.d.Actors[id].Of = of
	return id
}

// bareKey takes the kind of a state's name off its key.
func bareKey(key string) string {
	return strings.TrimPrefix(strings.TrimPrefix(key, "state:"), "name:")
}

func (r *resolver) organName(m *document.Mention, of document.ActorID) string {
	name := trimDet(r.bare(m.Span))
	if m.Of.Start > m.Head.End && m.Of.Start-m.Head.End < 12 {
		return r.bare(m.Head.Cover(m.Of)) // "Foreign Ministry of Veyra"
	}
	if text.Fold(name) == text.Fold(r.d.In(m.Head)) {
		return r.d.Actors[of].Name + " " + name
	}
	return name
}

// ofActor returns the actor of the body that a mention names, once it has one.
func (r *resolver) ofActor(m *document.Mention) document.ActorID {
	if m.Of.IsEmpty() {
		return document.NoActor
	}
	if id, ok := r.heads[m.Of]; ok {
		return r.d.Mentions[id].Actor
	}
	return document.NoActor
}

func (r *resolver) sameBody(m *document.Mention, id document.ActorID) bool {
	of := r.ofActor(m)
	return of == document.NoActor || r.d.Actors[id].Of == of || r.d.Actors[id].Of == document.NoActor
}

// trimDet takes the determiner off a phrase.
func trimDet(phrase string) string {
	first, rest, found := strings.Cut(phrase, " ")
	switch strings.ToLower(first) {
	case "the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "these", "those", "some", "many", "several", "other", "another":
		if found {
			return rest
		}
	}
	return phrase
}

func lastWord(phrase string) string {
	fields := strings.Fields(strings.ToLower(phrase))
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}
