package extract

import (
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/decode"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/text"
)

// A block is one paragraph of an article to be. Tight ones follow the block
// before them after one line feed, others after an empty line.
type block struct {
	pieces []markup.Piece
	tight  bool
}

func (b block) text() string { return markup.Paragraph{Pieces: b.pieces}.Text() }

// A draft is an article whose text is chosen but not yet written.
type draft struct {
	article *article.Article
	back    text.Map // from the text that the pieces point into to the page's bytes
	title   []markup.Piece
	body    []block
	fetched string // address that a list led to, "" when none did
}

// write makes the article's Text, Title, Body and Map.
func (d *draft) write() {
	if title, _ := decode.Clean((block{pieces: d.title}).text()); strings.TrimSpace(title) == "" {
		d.title = nil // nothing of it is left once invisible characters are off
	}
	var b text.Builder
	end := 0 // where the last piece ended in the text that pieces point into
	add := func(pieces []markup.Piece) {
		for _, p := range pieces {
			if p.Same {
				b.Copy(p.Text, p.File)
			} else {
				b.Replace(p.Text, p.File, p.Length)
			}
			end = p.File + p.Length
		}
	}
	add(d.title)
	titleEnd := b.Len()
	for _, block := range d.body {
		between := "\n\n"
		if block.tight {
			between = "\n"
		}
		if b.Len() > 0 {
			next := end
			if len(block.pieces) > 0 && block.pieces[0].File > end {
				next = block.pieces[0].File
			}
			b.Replace(between, end, next-end)
		}
		add(block.pieces)
	}
	a := d.article
	clean, step := decode.Clean(b.String())
	a.Text = clean
	a.Map = step.Then(b.Map(), len(clean)).Then(d.back, len(clean))
	a.Title, _ = decode.Clean(b.String()[:titleEnd])
	a.Body = text.Span{Start: len(a.Title), End: len(a.Text)}
	if titleEnd > 0 {
		a.Body.Start += len(a.Text[a.Body.Start:]) - len(strings.TrimLeft(a.Text[a.Body.Start:], "\n"))
	}
}

// retitle gives the text of a file the title that a sidecar names. The file's own
// headline stays: as the title where it says the same, else as the first paragraph.
func (d *draft) retitle(given string) {
	if given == "" || squeeze(given) == squeeze(block{pieces: d.title}.text()) {
		return
	}
	if len(d.title) > 0 {
		d.body = append([]block{{pieces: d.title}}, d.body...)
	}
	d.title = []markup.Piece{{Text: strings.Join(strings.Fields(given), " ")}}
}

// samePiece returns the piece that stands at [start, end) of s.
func samePiece(s string, start, end int) markup.Piece {
	return markup.Piece{Text: s[start:end], File: start, Length: end - start, Same: true}
}
