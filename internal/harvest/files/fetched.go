package files

import (
	"context"
	"iter"
	"strings"

	"rapporteur/internal/article"
)

// Fetched makes pages of what a server gave: p holds the bytes, the address as Path
// and what is told of it; media is its media type, "" when the server says none.
func (h *Harvester) Fetched(ctx context.Context, p article.Page, media string) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		if p.Type == article.UnknownType {
			p.Type = typeOfMedia(media, p.Bytes)
		}
		h.expand(ctx, p, 0, yield)
	}
}

// typeOfMedia believes the server as far as the bytes do not say otherwise.
func typeOfMedia(media string, content []byte) article.Type {
	told := sniff(content[:min(len(content), 4096)])
	switch told {
	case article.PDF, article.Feed, article.HTML, article.Zip, article.Tar, article.WARC:
		return told
	}
	switch {
	case media == "text/html", media == "application/xhtml+xml":
		return article.HTML
	case told == article.JSONLine && strings.Contains(media, "json"):
		return told
	}
	if head := strings.ToLower(string(content[:min(len(content), 1024)])); strings.Contains(head, "<html") || strings.Contains(head, "<body") {
		return article.HTML
	}
	return article.Plain
}
