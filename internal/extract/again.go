package extract

import "rapporteur/internal/article"

// Dateline finds the dateline of an article's body as reading its page did: a
// store keeps its words but not its place, and reading a stored article again
// asks here. It is the zero Dateline when there is none.
func (x *Extractor) Dateline(a *article.Article) article.Dateline {
	line, ok := x.dateline(a.BodyText(), a.Published)
	if !ok {
		return article.Dateline{}
	}
	line.Span.Start += a.Body.Start
	line.Span.End += a.Body.Start
	return line
}
