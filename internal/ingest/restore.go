package ingest

import (
	"time"

	"rapporteur/internal/article"
	"rapporteur/internal/calendar"
	"rapporteur/internal/record"
)

// restore makes of a stored article the one that was read, as far as the stages
// of reading ask for it.
func restore(stored record.Article) *article.Article {
	a := &article.Article{
		ID: stored.ID, Title: stored.Title, Text: stored.Text, Body: stored.Body, Outlet: stored.Outlet, Language: stored.Language,
		URL: value(stored.URL), Author: stored.Author, Section: stored.Section, Topics: stored.Topics, Meta: stored.Meta,
		Origin: article.Origin{Path: stored.Source, Line: stored.Line, Bytes: int64(len(stored.Text))},
		Map:    stored.OffsetMap,
	}
	if stored.State != read && stored.State != waits {
		a.Kind = article.Shape(stored.State)
	}
	if day, err := calendar.ParseDay(value(stored.Published)); err == nil {
		a.Published = day
	}
	if at, err := time.Parse(time.RFC3339, value(stored.PublishedAt)); err == nil {
		a.PublishedAt = at
	}
	return a
}
