// Package document holds one article under annotation: its text and the layers
// that the stages of reading add to it.
//
// In: an article. Out: the same article with layers of tokens, names, actors,
// statements, meetings, positions. What always holds: each annotation points into
// the text by byte span and to other annotations by ID, never by pointer; the
// lists are in reading order; a layer flag says whether anyone looked, so that an
// empty list means none and a missing layer means unknown.
package document

import (
	"rapporteur/internal/article"
	"rapporteur/internal/text"
)

// Layers is a set of annotation layers.
type Layers uint32

// The layers, in the order in which stages usually add them.
const (
	LayerParagraphs Layers = 1 << iota
	LayerTokens
	LayerSentences
	LayerTags       // parts of speech of tokens
	LayerParse      // head and deprel of tokens
	LayerMarks      // quotation marks paired
	LayerTimes      // expressions of days
	LayerNames      // mentions that name or describe an actor
	LayerActors     // mentions joined to actors
	LayerStatements // source, cue, content
	LayerSpeakers   // statements given speaker, party, addressee, day, venue
	LayerTalks      // negotiations that the article tells of
	LayerMeetings
	LayerInstruments
	LayerPositions // moves and positions
	LayerStatus
	LayerChunks // names and parts of attributions as the learned engine marks them
	LayerLemmas // lemmas of tokens
	LayerExpectations
)

// Has reports whether all layers of want are in l.
func (l Layers) Has(want Layers) bool { return l&want == want }

// A Doc is one article and what the stages have found in it so far.
type Doc struct {
	Article *article.Article
	Layers  Layers

	Paragraphs   []Paragraph
	Sentences    []Sentence
	Tokens       []Token
	Quotations   []Quotation
	Chunks       []Chunk
	Links        []ChunkLink
	Vectors      []float32 // one row a token, with LayerChunks
	Times        []Time
	Mentions     []Mention
	Actors       []Actor
	Statements   []Statement
	Talks        []Talks
	Meetings     []Meeting
	Instruments  []Instrument
	Expectations []Expectation
	Moves        []Move
	Positions    []Position
	Status       []Status // the first is the one that the article as a whole gives
	PartStatus   []Status // of single talks among several: none of them is the article's
	Abstentions  []Abstention
}

// New returns a document without layers.
func New(a *article.Article) *Doc { return &Doc{Article: a} }

// Text returns the article's whole text; all spans of the document point into it.
func (d *Doc) Text() string { return d.Article.Text }

// In returns the words at s.
func (d *Doc) In(s text.Span) string { return s.In(d.Article.Text) }

// Form returns the token's own words.
func (d *Doc) Form(id TokenID) string { return d.In(d.Tokens[id].Span) }

// Abstain notes that a stage looked at an entry and could not decide.
func (d *Doc) Abstain(stage, entry, why string) {
	d.Abstentions = append(d.Abstentions, Abstention{Stage: stage, Entry: entry, Why: why})
}

// An Abstention says which stage could not decide what, and why.
type Abstention struct {
	Stage string
	Entry string // short id as in the annotation format: "s7", "m2"; "" for the article
	Why   string
}

// Made names what produced an annotation: the stage with its version, and the
// rule within it (or the weights). It becomes part of the entry's evidence.
type Made struct {
	Stage   string // "quote"
	Rule    string // "cue-that-clause"
	Version string // "3"
}

// Confidence is a calibrated probability that the entry is right; zero means that
// nobody has judged it. Likely is true below the threshold of the entry's kind.
type Confidence struct {
	Value  float64
	Likely bool
}
