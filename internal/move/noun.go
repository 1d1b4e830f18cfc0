package move

import (
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A noun is a predicate that stands as a noun: "Sund's rejection of the draft".
type noun struct {
	polarity Polarity
	takes    []string
}

func loadNouns(lex *lexicon.Lexicon) (map[string]noun, error) {
	table, err := lex.Table("move_nouns")
	if err != nil {
		return nil, err
	}
	out := map[string]noun{}
	for _, row := range table.Rows {
		n := noun{Polarity(row.Get("polarity")), row.List("takes")}
		if n.polarity != Support && n.polarity != Oppose && n.polarity != Report {
			return nil, row.Errorf("%q is no polarity", n.polarity)
		}
		out[row.Get("noun")] = n
	}
	return out, nil
}

// nominal reads nouns that somebody named owns and whose matter follows: NomBank
// (Meyers et al. 2004) gives them the arguments of their verbs. "Jordan's offer to
// host the talks", "the rejection of the draft by Sund".
func (s *sentence) nominal() []*predicate {
	var out []*predicate
	for i := s.Lo; i < s.Hi; i++ {
		n, ok := s.r.nouns[s.Form(i)]
		if !ok || s.UPOS(i) != document.NOUN || s.inName(i) || s.inQuotes(i) || !s.takes(n, i+1) {
			continue
		}
		p := &predicate{verb: form{verb: verb{polarity: n.polarity}}, at: i, from: i}
		end := s.nounEnd(i)
		if owner := s.owner(i); owner != nil {
			p.who.with = owner
		} else if by := s.byBehind(i, end); by > 0 {
			p.who.with, end = s.agents(by+1).with, by
		}
		if p.point = s.trim(i+1, end); len(p.who.with) > 0 && !p.point.IsEmpty() {
			out = append(out, p)
		}
	}
	return out
}

func (s *sentence) takes(n noun, i int) bool {
	for _, t := range n.takes {
		if s.Form(i) == t {
			return true
		}
	}
	return false
}

// owner returns the names of who owns the noun at i: with a possessive mark, and
// adjectives between them.
func (s *sentence) owner(i int) []string {
	k := i - 1
	for s.UPOS(k) == document.ADJ && !s.endsName(k) {
		k--
	}
	if f := s.Form(k); f != "'s" && f != "'" {
		return nil
	}
	if from, ok := s.starts[k-1]; ok {
		return s.names[from]
	}
	return nil
}

// nounEnd returns where what hangs on the noun at i ends.
func (s *sentence) nounEnd(i int) int {
	end := i + 1
	for k := i + 1; k < s.Hi; k++ {
		if s.isBelow(k, i) && s.Doc.Tokens[k].DepRel != "punct" && !s.startsClause(k) {
			end = k + 1
		} else if s.startsClause(k) {
			break
		}
	}
	return end
}

// startsClause reports whether a joined or relative clause begins at k.
func (s *sentence) startsClause(k int) bool {
	f := s.Form(k)
	return f == ";" || f == ":" || f == "which" || f == "who" || f == "while"
}

// byBehind returns the token of "by" before a name between tokens i and end, or 0.
func (s *sentence) byBehind(i, end int) int {
	for k := i + 1; k < end; k++ {
		if s.Form(k) == "by" && (s.names[k+1] != nil || s.names[k+2] != nil) && s.UPOS(k-1) != document.VERB {
			return k
		}
	}
	return 0
}
