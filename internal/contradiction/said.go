package contradiction

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/internal/lexicon"
	"rapporteur/internal/record"
)

// A said is a statement with its words.
type said struct {
	*record.Statement
	words   []word
	matter  []string
	cue     []word
	not     []int    // where negators stand
	wish    int      // see wishOf
	named   []string // IDs of the parties that the content names
	anxious bool     // its content leaves open whether it is so, or tells what is missing
}

// A scene is what one negotiation holds, made ready.
type scene struct {
	*Finder
	Material
	said  []*said
	names map[string]bool   // stems of all names of parties
	by    map[string][]name // by the first letters of their first stem
}

// A name is the stems of a name of a party.
type name struct {
	party string
	stems []string
}

func (f *Finder) sceneOf(m Material) *scene {
	s := &scene{Finder: f, Material: m, names: map[string]bool{}, by: map[string][]name{}}
	s.learnNames()
	for i := range m.Statements {
		st := &m.Statements[i]
		if st.Kind == "attitude" {
			continue
		}
		one := &said{Statement: st, words: wordsOf(strings.Join(st.Content, " "))}
		if st.Cue != nil {
			one.cue = wordsOf(*st.Cue)
		}
		one.matter, one.not = matter(one.words, s.names), negators(one.words)
		one.anxious = s.has("open", one.words) || s.has("lack", one.words)
		one.named, one.wish = s.namedIn(one.words), s.wishOf(one)
		s.said = append(s.said, one)
	}
	slices.SortFunc(s.said, func(a, b *said) int {
		return cmp.Or(cmp.Compare(deref(a.Published), deref(b.Published)), cmp.Compare(a.Article, b.Article), cmp.Compare(a.ID, b.ID))
	})
	return s
}

// learnNames takes the names of parties, their aliases and, of names of one word, the
// words made of them ("Veyra", "Veyran").
func (s *scene) learnNames() {
	add := func(id, words string) {
		stems := stemsOf(words)
		if len(stems) == 0 {
			return
		}
		first := begins(stems[0])
		if !slices.ContainsFunc(s.by[first], func(o name) bool { return o.party == id && slices.Equal(o.stems, stems) }) {
			s.by[first] = append(s.by[first], name{id, stems})
		}
		for _, stem := range stems {
			s.names[stem] = true
		}
	}
	for i := range s.Statements {
		if st := &s.Statements[i]; st.ForID != nil && st.For != nil {
			add(*st.ForID, *st.For)
		}
	}
	for _, id := range sortedKeys(s.Names) {
		for _, words := range s.Names[id] {
			add(id, words)
		}
	}
}

// namedIn returns the parties that the words name, or with a word that is made of a
// name.
func (s *scene) namedIn(words []word) []string {
	var out []string
	for i := range words {
		for _, n := range s.by[begins(words[i].stem)] {
			first := n.stems[0]
			made := len(n.stems) == 1 && len(first) > letters && strings.HasPrefix(words[i].stem, first[:len(first)-1])
			if (made || startsWith(words[i:], n.stems)) && !slices.Contains(out, n.party) {
				out = append(out, n.party)
			}
		}
	}
	slices.Sort(out)
	return out
}

// letters of a stem by which names are looked up.
const letters = 3

func begins(stem string) string { return stem[:min(letters, len(stem))] }

// party returns the party that the statement is made for, else its speaker.
func (s *said) party() string {
	if s.ForID != nil {
		return *s.ForID
	}
	if s.SpeakerID != nil {
		return *s.SpeakerID
	}
	return deref(s.Speaker)
}

// start returns where the content begins, -1 where nobody knows.
func (s *said) start() int {
	if len(s.Pieces) == 0 {
		return -1
	}
	return s.Pieces[0].Start
}

// days of one matter.
const (
	denialDays = 14 // after a claim may come its denial
	factDays   = 3  // within which two tell of one event
	blameDays  = 14 // within which blame is answered with blame
)

// denials pairs each statement that denies something with the newest statement of
// somebody else that says it, in the same article or not long before (PolNeAR
// guidelines: the content of "deny" is what the source holds to be false): "Orsa
// denies that its boats crossed the line".
func (s *scene) denials() []record.Contradiction {
	var out []record.Contradiction
	told := map[string]bool{}
	for _, no := range s.said {
		if !s.isDenial(no) || no.Speaker == nil || len(no.not) > 0 {
			continue
		}
		what := s.denied(no)
		yes := s.newest(no, func(yes *said) bool {
			return s.isWhoTold(no, yes) && !s.isDenial(yes) && !s.has("refuse", yes.cue) && !yes.anxious && len(yes.not) == 0 && alike(what, yes.matter, 3, 0.4) &&
				leads(what, yes.matter) && float64(len(common(what, yes.matter))) >= 0.4*float64(len(what)) && apart(yes.Published, no.Published) <= denialDays
		})
		if yes == nil {
			continue
		}
		if key := yes.ID + "\x00" + strings.Join(no.matter, " "); !told[key] {
			told[key] = true
			out = append(out, s.pair("denied", record.TwoAccounts, strings.Join(no.Content, " "), yes, no))
		}
	}
	return out
}

// isDenial reports whether the statement denies its content: by its cue, or by one
// that refuses what is told ("rejects claims that").
func (s *scene) isDenial(a *said) bool {
	return s.has("deny", a.cue) || s.has("refuse", a.cue) && s.has("told", a.words[:min(len(a.words), 4)])
}

// isWhoTold reports whether yes is by the one whose telling is denied, where the
// denial says whose it is: "rejects Orsa's claims that".
func (s *scene) isWhoTold(no, yes *said) bool {
	at, _ := s.find("told", no.words[:min(len(no.words), 5)])
	if at <= 0 || !slices.ContainsFunc(no.words[:at], func(w word) bool { return !lexicon.OneOf(w.form, "the a an any all these those such media press") }) {
		return true
	}
	teller := wordsOf(deref(yes.Speaker) + " " + deref(yes.For))
	return slices.ContainsFunc(no.words[:at], func(w word) bool {
		return len(w.stem) > 3 && slices.ContainsFunc(teller, func(o word) bool { return strings.HasPrefix(o.stem, w.stem[:4]) })
	})
}

// denied returns the matter of a denial without the noun that names a telling.
func (s *scene) denied(no *said) []string {
	return slices.DeleteFunc(slices.Clone(no.matter), func(stem string) bool { return s.has("told", []word{{stem: stem}}) })
}

// newest returns the newest statement of another side, not after this one, that fits.
func (s *scene) newest(no *said, fits func(*said) bool) *said {
	var best *said
	for _, yes := range s.said {
		if yes != no && yes.Speaker != nil && yes.party() != no.party() && deref(yes.Speaker) != deref(no.Speaker) && deref(yes.Published) <= deref(no.Published) &&
			(yes.Article != no.Article || !inside(yes, no)) && fits(yes) {
			best = yes
		}
	}
	return best
}

// inside reports whether one of two statements of an article stands in the other.
func inside(a, b *said) bool {
	for _, x := range a.Pieces {
		for _, y := range b.Pieces {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// oneClaim is how many words a content has that tells one thing.
const oneClaim = 30

// opposites pairs statements with the same words of which one is turned by "not":
// told by two sides of one time, or by one speaker at any (FactBank: polarity).
func (s *scene) opposites() []record.Contradiction {
	var out []record.Contradiction
	told := map[string]bool{}
	for i, no := range s.said {
		if len(no.not) != 1 || len(no.words) > oneClaim || no.anxious || no.Speaker == nil || no.wish != 0 && s.has("want", no.cue) || s.isDenial(no) || s.has("refuse", no.cue) {
			continue
		}
		for j := range s.said {
			yes := s.said[len(s.said)-1-j]
			if yes == s.said[i] || len(yes.words) > oneClaim || len(yes.not) > 0 || yes.anxious || yes.Speaker == nil || s.isDenial(yes) || s.has("refuse", yes.cue) || s.has("want", yes.cue) {
				continue
			}
			himself := *yes.Speaker == *no.Speaker
			if !himself && (yes.party() == no.party() || apart(yes.Published, no.Published) > factDays) || yes.Article == no.Article && inside(yes, no) {
				continue
			}
			if next := no.not[0] + 1; next < len(no.words) && no.words[next].form == "to" || !turned(no, yes) {
				continue
			}
			first, second := yes, no
			if deref(no.Published) < deref(yes.Published) || no.Article == yes.Article && no.start() < yes.start() {
				first, second = no, yes
			}
			kind, rule := record.TwoAccounts, "opposite"
			if himself {
				kind, rule = record.AgainstHimself, "himself"
			}
			about := shared(first, second)
			if key := yes.party() + "\x00" + no.party() + "\x00" + strings.Join(slices.Sorted(slices.Values(common(no.matter, yes.matter))), " "); !told[key] {
				told[key] = true
				out = append(out, s.pair(rule, kind, about, first, second))
			}
			break
		}
	}
	return out
}

// turned reports whether no says that what yes says is not so: the word after the
// negator and nearly all others are in both.
func turned(no, yes *said) bool {
	if !alike(no.matter, yes.matter, 3, 0.75) || 10*len(common(no.matter, yes.matter)) < 3*max(len(no.matter), len(yes.matter)) {
		return false
	}
	for _, w := range no.words[no.not[0]+1:] {
		if slices.Contains(no.matter, w.stem) {
			return slices.Contains(yes.matter, w.stem)
		}
	}
	return false
}

// shared returns the words of the second statement that both have, in small letters.
func shared(a, b *said) string {
	var out []string
	for _, w := range b.words {
		if slices.Contains(a.matter, w.stem) && slices.Contains(b.matter, w.stem) && !slices.Contains(out, w.form) {
			out = append(out, w.form)
		}
	}
	return strings.Join(out, " ")
}

// answers pairs, of one speaker in one article, a quoted "no" or "yes" that was said
// with one that was not: "They are telling us 'no'" beside "'No' was not said".
func (s *scene) answers() []record.Contradiction {
	var out []record.Contradiction
	for _, no := range s.said {
		for _, answer := range []string{"no", "yes"} {
			if at := answered(no, answer); at < 0 || !isTurned(no, at) {
				continue
			}
			for _, yes := range s.said {
				at := answered(yes, answer)
				if at < 0 || isTurned(yes, at) || yes.Article != no.Article || yes.Speaker == nil || no.Speaker == nil || *yes.Speaker != *no.Speaker {
					continue
				}
				first, second := yes, no
				if no.start() < yes.start() {
					first, second = no, yes
				}
				out = append(out, s.pair("answer", record.AgainstHimself, answer, first, second))
				break
			}
		}
	}
	return out
}

// answered returns where the answer stands in quotation marks, -1 where it does not.
func answered(s *said, answer string) int {
	return slices.IndexFunc(s.words, func(w word) bool { return w.quoted && w.form == answer })
}

// isTurned reports whether the answer at that word was not given: "'No' was not said".
func isTurned(s *said, at int) bool {
	for _, i := range s.not {
		if i > at-5 && i < at+4 && slices.ContainsFunc(s.words[max(0, at-5):min(len(s.words), at+5)], func(w word) bool {
			return lexicon.OneOf(w.stem, "said say told tell hear heard answer repli")
		}) {
			return true
		}
	}
	return false
}

// pair makes an entry of two statements.
func (s *scene) pair(rule, kind, about string, a, b *said) record.Contradiction {
	v := s.rule(rule)
	for _, side := range []*said{a, b} {
		if side.Likely {
			v *= doubtful
		}
	}
	return entryOf(s.Talks, kind, about, sideOfStatement(a.Statement), sideOfStatement(b.Statement), record.Confidence{Value: v, Likely: v < sureFrom})
}

// doubtful is what a statement that is only likely takes from its pair.
const doubtful = 0.75
