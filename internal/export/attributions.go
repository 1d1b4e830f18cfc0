package export

import (
	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// Attributions are the statements of one file by the conventions of PolNeAR's
// guidelines: speech and attitudes, nested ones too, with the quotation marks as
// part of the content; offsets are bytes of the file as it was given.
type Attributions struct {
	File         string        `json:"file"`
	Line         int           `json:"line,omitempty"` // of the file, where each line is a text of its own
	Attributions []Attribution `json:"attributions"`
}

// Attribution is one source, cue and content, each in pieces.
type Attribution struct {
	Source  []text.Span `json:"source"`
	Cue     []text.Span `json:"cue"`
	Content []text.Span `json:"content"`
}

// AsAttributions returns the document's statements as attributions in the file
// that its text came from.
func AsAttributions(d *document.Doc, file string) Attributions {
	out := Attributions{File: file, Attributions: []Attribution{}}
	back := d.Article.Map
	for _, s := range d.Statements {
		a := Attribution{Source: []text.Span{}, Cue: []text.Span{}, Content: []text.Span{}}
		if !s.Source.IsEmpty() {
			a.Source = append(a.Source, back.Back(s.Source))
		}
		for _, joint := range s.Joint {
			a.Source = append(a.Source, back.Back(joint))
		}
		if !s.Cue.IsEmpty() {
			a.Cue = append(a.Cue, back.Back(s.Cue))
		}
		for _, piece := range s.Content {
			a.Content = append(a.Content, back.Back(withMarks(d, piece)))
		}
		out.Attributions = append(out.Attributions, a)
	}
	return out
}

// withMarks widens a piece of content by the quotation marks that stand
// directly around it. PolNeAR guidelines, "Content": quotation marks are part of
// the content span. “We are ready,” said the envoy. → “We are ready,”
func withMarks(d *document.Doc, piece text.Span) text.Span {
	out := piece
	for _, q := range d.Quotations {
		if !q.Open.IsEmpty() && q.Open.End == piece.Start {
			out.Start = q.Open.Start
		}
		if !q.Close.IsEmpty() && q.Close.Start == piece.End {
			out.End = q.Close.End
		}
	}
	return out
}
