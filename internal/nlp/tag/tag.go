// Package tag gives each token its part of speech and its lemma.
//
// In: a document with sentences. Out: UPOS, XPOS (Penn Treebank) and lemma of every
// token. What always holds: the best sequence of tags under a trigram model whose
// counts stand in the tables of data/tag; the time is linear in the text.
//
// The model is that of Brants (2000), "TnT: a statistical part-of-speech tagger":
// steps from tag to tag, tags of known words, tags of endings for unknown ones.
package tag

import (
	"context"
	"math"
	"sort"
	"strconv"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// A Stage adds LayerTags.
type Stage struct {
	tags   []label
	ids    map[string]int
	prior  []float64          // share of each tag
	words  map[string][]share // known words
	ends   map[string][]share // shape and ending
	pairs  map[int][]float64  // tag before → share of each next tag
	triple map[[2]int][]share // two tags before → share of next tags
	rows   [][]float64        // log shares of steps, by two tags before
	lemmas map[[2]string]string
	verbs  map[string]bool // forms that are a bare verb
}

// A label is a tag of the model: an XPOS and the UPOS that goes with it.
type label struct {
	name string
	xpos string
	upos document.UPOS
}

type share struct {
	tag int
	p   float64
}

// New returns a stage that reads the tables "tag/words", "tag/endings", "tag/steps"
// and "tag/lemmas".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{
		ids: map[string]int{}, words: map[string][]share{}, ends: map[string][]share{},
		pairs: map[int][]float64{}, triple: map[[2]int][]share{}, lemmas: map[[2]string]string{}, verbs: map[string]bool{},
	}
	for _, load := range []struct {
		name string
		add  func(lexicon.Row) error
	}{
		{"tag/steps", s.addStep}, {"tag/words", s.addWord}, {"tag/endings", s.addEnding}, {"tag/lemmas", s.addLemma},
	} {
		table, err := lex.Table(load.name)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Rows {
			if err := load.add(row); err != nil {
				return nil, err
			}
		}
	}
	s.count()
	s.mix()
	return s, nil
}

// Name returns "tag".
func (s *Stage) Name() string { return "tag" }

// Version changes whenever the same text may be tagged differently.
func (s *Stage) Version() string { return "1" }

// Needs returns tokens and sentences.
func (s *Stage) Needs() document.Layers { return document.LayerTokens | document.LayerSentences }

// Adds returns tags.
func (s *Stage) Adds() document.Layers { return document.LayerTags }

// Annotate adds UPOS, XPOS and lemma to the tokens of d.
func (s *Stage) Annotate(_ context.Context, d *document.Doc) error {
	for _, sentence := range d.Sentences {
		tokens := d.Tokens[sentence.Tokens.First:sentence.Tokens.End]
		forms := make([]string, len(tokens))
		for i := range tokens {
			forms[i] = d.In(tokens[i].Span)
		}
		for i, l := range s.Tag(forms) {
			tokens[i].UPOS, tokens[i].XPOS, tokens[i].Lemma = l.UPOS, l.XPOS, l.Lemma
		}
	}
	return nil
}

// A Word is what the stage says of one token.
type Word struct {
	UPOS  document.UPOS
	XPOS  string
	Lemma string
}

// Tag returns the parts of speech and lemmas of the tokens of one sentence.
func (s *Stage) Tag(forms []string) []Word {
	candidates := make([][]share, len(forms))
	allCaps := isTitleCase(forms)
	for i, form := range forms {
		candidates[i] = s.candidates(form, startsSentence(forms, i), allCaps)
	}
	out := make([]Word, len(forms))
	for i, t := range s.best(candidates) {
		l := s.tags[t]
		out[i] = Word{UPOS: l.upos, XPOS: l.xpos, Lemma: s.lemma(forms[i], l)}
	}
	return out
}

func (s *Stage) id(name string) int {
	if id, ok := s.ids[name]; ok {
		return id
	}
	l := label{name: name, xpos: name, upos: document.PUNCT}
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && dot+1 < len(name) {
		l.xpos, l.upos = name[:dot], document.UPOS(name[dot+1:])
	} else if upos, ok := usual[name]; ok {
		l.upos = upos
	}
	s.ids[name] = len(s.tags)
	s.tags = append(s.tags, l)
	return s.ids[name]
}

// usual is the UPOS that an XPOS has unless the tag of the table says another.
var usual = map[string]document.UPOS{
	"NN": document.NOUN, "NNS": document.NOUN, "NNP": document.PROPN, "NNPS": document.PROPN, "JJ": document.ADJ, "JJR": document.ADJ,
	"JJS": document.ADJ, "RB": document.ADV, "RBR": document.ADV, "RBS": document.ADV, "WRB": document.ADV, "IN": document.ADP,
	"RP": document.ADP, "DT": document.DET, "PDT": document.DET, "WDT": document.PRON, "PRP": document.PRON, "PRP$": document.PRON,
	"WP": document.PRON, "WP$": document.PRON, "EX": document.PRON, "VB": document.VERB, "VBD": document.VERB, "VBG": document.VERB,
	"VBN": document.VERB, "VBP": document.VERB, "VBZ": document.VERB, "MD": document.AUX, "TO": document.PART, "POS": document.PART,
	"CC": document.CCONJ, "CD": document.NUM, "UH": document.INTJ, "FW": document.X, "LS": document.X, "ADD": document.X,
	"GW": document.X, "XX": document.X, "$": document.SYM, "SYM": document.SYM, "AFX": document.X, "NFP": document.PUNCT,
}

// counts reads "NN:6|JJ:1" as tags with their counts.
func (s *Stage) counts(row lexicon.Row, column string) ([]share, error) {
	var out []share
	for _, item := range row.List(column) {
		colon := strings.LastIndexByte(item, ':')
		if colon <= 0 {
			return nil, row.Errorf("%q is not TAG:COUNT", item)
		}
		n, err := strconv.ParseFloat(item[colon+1:], 64)
		if err != nil || n <= 0 {
			return nil, row.Errorf("%q has no count", item)
		}
		out = append(out, share{s.id(item[:colon]), n})
	}
	if out == nil {
		return nil, row.Errorf("no tags")
	}
	return out, nil
}

func (s *Stage) addWord(row lexicon.Row) error {
	counts, err := s.counts(row, "tags")
	if err != nil {
		return err
	}
	s.words[row.Get("word")] = counts
	for _, c := range counts {
		if x := s.tags[c.tag].xpos; x == "VB" || x == "VBP" {
			s.verbs[row.Get("word")] = true
		}
	}
	return nil
}

func (s *Stage) addEnding(row lexicon.Row) error {
	counts, err := s.counts(row, "tags")
	if err == nil {
		s.ends[row.Get("shape")+row.Get("ending")] = counts
	}
	return err
}

func (s *Stage) addLemma(row lexicon.Row) error {
	s.lemmas[[2]string{row.Get("word"), row.Get("xpos")}] = row.Get("lemma")
	return nil
}

func (s *Stage) addStep(row lexicon.Row) error {
	counts, err := s.counts(row, "next")
	if err != nil {
		return err
	}
	before := row.Get("before")
	key := [2]int{s.id(row.Get("tag")), 0}
	if before != "*" {
		key = [2]int{s.id(before), s.id(row.Get("tag"))}
		s.triple[key] = normal(counts)
		return nil
	}
	for _, c := range counts {
		row := s.pairs[key[0]]
		for len(row) <= c.tag {
			row = append(row, 0)
		}
		row[c.tag] = c.p
		s.pairs[key[0]] = row
	}
	return nil
}

// count turns the counts of steps into shares and fills the prior.
func (s *Stage) count() {
	s.prior = make([]float64, len(s.tags))
	all := 0.0
	for _, id := range s.sortedPairs() {
		row := s.pairs[id]
		sum := 0.0
		for next, n := range row {
			sum += n
			s.prior[next] += n
		}
		for next := range row {
			row[next] /= sum
		}
		all += sum
	}
	for t := range s.prior {
		s.prior[t] = math.Max(s.prior[t], 1) / all
	}
}

func (s *Stage) sortedPairs() []int {
	ids := make([]int, 0, len(s.pairs))
	for id := range s.pairs {
		ids = append(ids, id)
	}
	sort.Ints(ids)
	return ids
}

func normal(counts []share) []share {
	sum := 0.0
	for _, c := range counts {
		sum += c.p
	}
	out := make([]share, len(counts))
	for i, c := range counts {
		out[i] = share{c.tag, c.p / sum}
	}
	return out
}
