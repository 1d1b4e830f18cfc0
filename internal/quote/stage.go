package quote

import (
	"context"
	"slices"
	"sort"
	"strconv"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/text"
)

// A Stage reads statements.
type Stage struct {
	cues       cues
	words      words
	confidence map[string]float64 // by rule
}

// New returns the stage that reads statements, with the tables "cues",
// "clauses" and "statement_rules".
func New(lex *lexicon.Lexicon) (*Stage, error) {
	cues, err := loadCues(lex)
	if err != nil {
		return nil, err
	}
	words, err := loadWords(lex)
	if err != nil {
		return nil, err
	}
	confidence, err := loadConfidence(lex)
	if err != nil {
		return nil, err
	}
	return &Stage{cues: cues, words: words, confidence: confidence}, nil
}

func loadConfidence(lex *lexicon.Lexicon) (map[string]float64, error) {
	table, err := lex.Table("statement_rules")
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for _, row := range table.Rows {
		value, err := strconv.ParseFloat(row.Get("confidence"), 64)
		if err != nil || value <= 0 || value > 1 {
			return nil, row.Errorf("confidence %q is no share", row.Get("confidence"))
		}
		out[row.Get("rule")] = value
	}
	return out, nil
}

// sureFrom is the least confidence of an entry that is shown as sure.
const sureFrom = 0.8

// sure returns the confidence of a statement: that of its rule, or of nested ones.
func (s *Stage) sure(f *found) document.Confidence {
	value := s.confidence[f.rule]
	if f.within != nil {
		value = min(value, s.confidence["nested"])
	}
	return document.Confidence{Value: value, Likely: value < sureFrom}
}

// Name returns "quote".
func (s *Stage) Name() string { return "quote" }

// Version changes whenever the same text may be read differently.
func (s *Stage) Version() string { return "4" }

// Needs returns tokens, sentences, tags, marks, times and names.
func (s *Stage) Needs() document.Layers {
	return document.LayerTokens | document.LayerSentences | document.LayerTags | document.LayerMarks | document.LayerTimes | document.LayerNames
}

// Adds returns statements.
func (s *Stage) Adds() document.Layers { return document.LayerStatements }

// Annotate adds statements to d.
func (s *Stage) Annotate(_ context.Context, d *document.Doc) error {
	sc := &scan{Stage: s, view: look(d, s.words), claimed: make([]bool, len(d.Quotations)),
		bySentence: make([][]*found, len(d.Sentences)), taken: map[run]*found{}}
	sc.findCues()
	sc.readLabels()
	for i := range sc.groups {
		sc.readCue(i)
	}
	sc.readPrepositional()
	sc.readHeadlines()
	sc.readChunks()
	sc.learnSources()
	sc.readBareQuotations()
	sc.keepNamesWhole()
	sc.write()
	return nil
}

// A scan is one document whose statements are being read.
type scan struct {
	*Stage
	view    *view
	groups  []group
	groupOf []int // cue group that begins at this token, or none
	claimed []bool
	labels  []bool // token lies in a labelled turn
	found   []*found

	bySentence [][]*found
	taken      map[run]*found // by extent of the content
}

// found is a statement in terms of tokens.
type found struct {
	rule    string
	kind    document.StatementKind
	source  run
	cue     run
	content []run
	clause  run // the reporting clause: source, cue and what stands between and after
	to      run
	place   run
	label   bool
	bare    bool // no source of its own, and no cue
	follows *found
	within  *found
}

// first returns the first token of the content.
func (f *found) first() int { return f.content[0].first }

// end returns the token after the content.
func (f *found) end() int { return f.content[len(f.content)-1].end }

// add keeps a statement whose content nobody else has, and claims its quotations.
func (sc *scan) add(f *found) *found {
	f.content = sc.clean(f.content)
	if len(f.content) == 0 {
		return nil
	}
	if other, ok := sc.taken[f.extent()]; ok && sameRuns(other.content, f.content) && other.cue != f.cue {
		return nil
	}
	for _, c := range f.content {
		for i := c.first; i < c.end; i++ {
			if q := sc.view.quote[i]; q != none {
				sc.claimed[q] = true
			}
		}
	}
	return sc.keep(f)
}

// keep adds a statement to those found.
func (sc *scan) keep(f *found) *found {
	sc.found = append(sc.found, f)
	sc.taken[f.extent()] = f
	sc.file(f)
	return f
}

// file enters a statement under the sentences of its cue and of its content's ends.
func (sc *scan) file(f *found) {
	d := sc.view.d
	var filed []document.SentenceID
	for _, i := range []int{f.first(), f.end() - 1, f.clause.first, max(f.clause.end-1, f.clause.first)} {
		s := d.Tokens[min(i, len(d.Tokens)-1)].Sentence
		if !slices.Contains(filed, s) {
			filed = append(filed, s)
			sc.bySentence[s] = append(sc.bySentence[s], f)
		}
	}
}

// maxNear is how many statements of one sentence are looked at, latest first, so
// that hostile text takes bounded time.
const maxNear = 64

// inSentence returns the statements that stand in the sentence of token i.
func (sc *scan) inSentence(i int) []*found {
	list := sc.bySentence[sc.view.d.Tokens[i].Sentence]
	return list[max(0, len(list)-maxNear):]
}

// near returns the statements that stand in the sentence of token i and in the three
// before it.
func (sc *scan) near(i int) []*found {
	var out []*found
	s := sc.view.d.Tokens[i].Sentence
	for n := max(0, s-3); n <= s; n++ {
		list := sc.bySentence[n]
		for _, f := range list[max(0, len(list)-maxNear):] {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// extent returns the tokens from the first of the content to its last.
func (f *found) extent() run { return run{f.first(), f.end()} }

func sameRuns(a, b []run) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// clean takes commas and blanks off the edges of pieces, and the marks off a piece
// that is one quotation.
func (sc *scan) clean(pieces []run) []run {
	v := sc.view
	var out []run
	for _, c := range pieces {
		for c.first < c.end && v.is(c.first, ",", ":", "–", "—", "--", ".", ";") && v.free(c.first) {
			c.first++
		}
		for c.end > c.first && v.is(c.end-1, ",", ":", "–", "—", "--", ".", ";") && v.free(c.end-1) {
			c.end--
		}
		if c.isEmpty() {
			continue
		}
		if q := v.opens[c.first]; q != none && (v.closes[c.end-1] == q || v.last[q] == c.end-1) {
			c = run{v.first[q], v.last[q] + 1}
		}
		if !c.isEmpty() {
			out = append(out, c)
		}
	}
	return out
}

// form tells how the words of a statement are given (gold guide: direct when all of
// the content stands inside marks, indirect when none does, else mixed).
func (sc *scan) form(f *found) document.Form {
	if f.label {
		return document.Direct
	}
	inside, outside := false, false
	for _, c := range f.content {
		for i := c.first; i < c.end; i++ {
			if sc.view.quote[i] != none {
				inside = true
			} else {
				outside = true
			}
		}
	}
	switch {
	case inside && !outside:
		return document.Direct
	case inside:
		return document.Mixed
	}
	return document.Indirect
}

// write orders what was found and turns it into statements of the document.
func (sc *scan) write() {
	d := sc.view.d
	sort.SliceStable(sc.found, func(i, j int) bool {
		a, b := sc.found[i], sc.found[j]
		if a.first() != b.first() {
			return a.first() < b.first()
		}
		return a.end() > b.end()
	})
	ids := map[*found]document.StatementID{}
	for i, f := range sc.found {
		ids[f] = document.StatementID(i)
	}
	for _, f := range sc.found {
		st := document.Statement{
			Kind: f.kind, Form: sc.form(f), Source: sc.spanOf(f.source), Cue: sc.spanOf(f.cue), To: sc.spanOf(f.to), Place: sc.spanOf(f.place),
			Within: document.NoStatement, Follows: document.NoStatement, Label: f.label,
			Made:    document.Made{Stage: sc.Name(), Rule: f.rule, Version: sc.Version()},
			Sure:    sc.sure(f),
			Speaker: document.NoActor, For: document.NoActor, Addressee: document.NoActor,
		}
		at := f.first()
		if !f.cue.isEmpty() {
			at = f.cue.first
		}
		st.Sentence = d.Tokens[at].Sentence
		for _, c := range f.content {
			st.Content = append(st.Content, sc.spanOf(c))
		}
		for _, j := range sc.view.jointSpeakers(f.source) {
			st.Joint = append(st.Joint, sc.spanOf(j))
		}
		if f.follows != nil {
			st.Follows = ids[f.follows]
		}
		if f.within != nil {
			st.Within = ids[f.within]
		}
		st.Edits = edits(d.Text(), st.Content, sc.quotedSpans(f))
		d.Statements = append(d.Statements, st)
	}
}

func (sc *scan) spanOf(r run) text.Span {
	if r.isEmpty() {
		return text.Span{}
	}
	return sc.view.span(r.first, r.end)
}

// quotedSpans returns the parts of the content that stand inside quotation marks.
func (sc *scan) quotedSpans(f *found) []text.Span {
	var out []text.Span
	for _, c := range f.content {
		for i := c.first; i < c.end; i++ {
			if sc.view.quote[i] == none && !f.label {
				continue
			}
			j := i
			for j+1 < c.end && (f.label || sc.view.quote[j+1] == sc.view.quote[i]) {
				j++
			}
			out = append(out, sc.view.span(i, j+1))
			i = j
		}
	}
	return out
}
