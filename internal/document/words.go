package document

import "rapporteur/internal/text"

// IDs are indexes into the lists of a Doc. The No… values mean "none".
type (
	TokenID      int
	SentenceID   int
	ParagraphID  int
	QuotationID  int
	MentionID    int
	ActorID      int
	StatementID  int
	TalksID      int
	MeetingID    int
	InstrumentID int
	MoveID       int
)

// Absent values of the IDs.
const (
	NoToken      TokenID      = -1
	NoSentence   SentenceID   = -1
	NoParagraph  ParagraphID  = -1
	NoQuotation  QuotationID  = -1
	NoMention    MentionID    = -1
	NoActor      ActorID      = -1
	NoStatement  StatementID  = -1
	NoTalks      TalksID      = -1
	NoMeeting    MeetingID    = -1
	NoInstrument InstrumentID = -1
	NoMove       MoveID       = -1
)

// A Range is a half-open range of tokens.
type Range struct{ First, End TokenID }

// A Paragraph is a block of text; the title is the first paragraph where there
// is one.
type Paragraph struct {
	Span  text.Span
	Kind  ParagraphKind
	First SentenceID // sentences [First, End), once the Doc has LayerSentences
	End   SentenceID
}

// ParagraphKind tells a title from body text.
type ParagraphKind uint8

// The kinds of paragraph.
const (
	Body ParagraphKind = iota
	Title
	Heading // a heading between paragraphs
)

// A Sentence belongs to one paragraph and holds a range of tokens.
type Sentence struct {
	Span      text.Span
	Paragraph ParagraphID
	Tokens    Range
}

// A Token is one syntactic word in the Universal Dependencies sense. It says
// where it stands, not what it says: see [Doc.Form].
type Token struct {
	Span     text.Span
	Sentence SentenceID
	Lemma    string // lower case; meaningful once the Doc has LayerLemmas
	UPOS     UPOS
	XPOS     string
	Feats    string  // those Universal Dependencies features that rules read, "Number=Sing|Person=3"; "" when none
	Head     TokenID // NoToken at a root; meaningful once the Doc has LayerParse
	DepRel   string
}

// UPOS is a universal part of speech, "" when not known.
type UPOS string

// The universal parts of speech.
const (
	ADJ   UPOS = "ADJ"
	ADP   UPOS = "ADP"
	ADV   UPOS = "ADV"
	AUX   UPOS = "AUX"
	CCONJ UPOS = "CCONJ"
	DET   UPOS = "DET"
	INTJ  UPOS = "INTJ"
	NOUN  UPOS = "NOUN"
	NUM   UPOS = "NUM"
	PART  UPOS = "PART"
	PRON  UPOS = "PRON"
	PROPN UPOS = "PROPN"
	PUNCT UPOS = "PUNCT"
	SCONJ UPOS = "SCONJ"
	SYM   UPOS = "SYM"
	VERB  UPOS = "VERB"
	X     UPOS = "X"
)

// A Quotation is a stretch between quotation marks, within one paragraph.
type Quotation struct {
	Open    text.Span   // the opening mark; empty where the quotation goes on without one
	Close   text.Span   // the closing mark; empty where it never closes in this paragraph
	Content text.Span   // what stands between, without marks
	Outer   QuotationID // the quotation around this one, or NoQuotation
	Goes    bool        // goes on from the paragraph before: the same speaker
}

// A Chunk is a run of tokens that the learned engine marks as one thing.
type Chunk struct {
	Kind   ChunkKind
	Tokens Range
	Layer  ChunkLayer
	Speech bool // of a cue: reports speech, not an attitude
}

// ChunkKind says what a chunk is.
type ChunkKind string

// The kinds of chunk: names, then the parts of an attribution.
const (
	PersonName       ChunkKind = "person"
	OrganisationName ChunkKind = "organisation"
	PlaceName        ChunkKind = "place"
	GroupName        ChunkKind = "group"
	EventName        ChunkKind = "event"
	OtherName        ChunkKind = "misc"
	SourceChunk      ChunkKind = "source"
	CueChunk         ChunkKind = "cue"
	ContentChunk     ChunkKind = "content"
)

// ChunkLayer says which tagger marked a chunk; chunks of one layer do not overlap.
type ChunkLayer string

// The layers of chunks.
const (
	NameLayer      ChunkLayer = "names"
	PolNeARLayer   ChunkLayer = "attr" // attributions by the habits of PolNeAR: attitudes too
	StatementLayer ChunkLayer = "gold" // statements by the habits of our own records
	NestedLayer    ChunkLayer = "nest" // statements inside the content of another
)

// A ChunkLink says that a source or a content belongs to a cue, with the margin by
// which it won over the next best.
type ChunkLink struct {
	Cue, Other int // places in Doc.Chunks
	Margin     float32
}

// PlaceSentences fills, from spans and token ranges of the sentences in reading
// order, their paragraphs, the paragraphs' sentences and the tokens' sentences.
func (d *Doc) PlaceSentences() {
	p := 0
	for i := range d.Paragraphs {
		d.Paragraphs[i].First, d.Paragraphs[i].End = 0, 0
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for p < len(d.Paragraphs)-1 && d.Paragraphs[p].Span.End <= s.Span.Start {
			p++
		}
		s.Paragraph = ParagraphID(p)
		if p < len(d.Paragraphs) {
			if d.Paragraphs[p].End == 0 {
				d.Paragraphs[p].First = SentenceID(i)
			}
			d.Paragraphs[p].End = SentenceID(i + 1)
		}
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			d.Tokens[t].Sentence = SentenceID(i)
		}
	}
}
