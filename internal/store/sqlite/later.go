package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

func unready[T any](yield func(T, error) bool) {
	var zero T
	yield(zero, record.ErrUnavailable)
}

// Positions is not there yet.
func (db *DB) Positions(ctx context.Context, f store.Filter) iter.Seq2[record.Position, error] {
	return unready[record.Position]
}

// Moves is not there yet.
func (db *DB) Moves(ctx context.Context, f store.Filter) iter.Seq2[record.Move, error] {
	return unready[record.Move]
}

// Meetings is not there yet.
func (db *DB) Meetings(ctx context.Context, f store.Filter) iter.Seq2[record.Meeting, error] {
	return unready[record.Meeting]
}

// Documents is not there yet.
func (db *DB) Documents(ctx context.Context, f store.Filter) iter.Seq2[record.Document, error] {
	return unready[record.Document]
}

// Actors is not there yet.
func (db *DB) Actors(ctx context.Context, f store.Filter) iter.Seq2[record.Actor, error] {
	return unready[record.Actor]
}

// Talks is not there yet.
func (db *DB) Talks(ctx context.Context, f store.Filter) iter.Seq2[record.Talks, error] {
	return unready[record.Talks]
}

// Stories is not there yet.
func (db *DB) Stories(ctx context.Context, f store.Filter) iter.Seq2[record.Story, error] {
	return unready[record.Story]
}

// Refusals is not there yet.
func (db *DB) Refusals(ctx context.Context, f store.Filter) iter.Seq2[article.Refusal, error] {
	return unready[article.Refusal]
}

// Decisions is not there yet.
func (db *DB) Decisions(ctx context.Context, f store.Filter) iter.Seq2[record.Decision, error] {
	return unready[record.Decision]
}

// Versions is not there yet.
func (db *DB) Versions(ctx context.Context, id string) ([]record.Article, error) {
	return nil, record.ErrUnavailable
}

// Reading is not there yet.
func (db *DB) Reading(ctx context.Context, id string) (*record.Reading, error) {
	return nil, record.ErrUnavailable
}

// Quote is not there yet.
func (db *DB) Quote(ctx context.Context, words string) (store.Quote, error) {
	return store.Quote{}, record.ErrUnavailable
}

// Facets is not there yet.
func (db *DB) Facets(ctx context.Context, f store.Filter) (store.Facets, error) {
	return store.Facets{}, record.ErrUnavailable
}

// Forget is not there yet.
func (db *DB) Forget(ctx context.Context, id string) error { return record.ErrUnavailable }

// Refuse is not there yet.
func (db *DB) Refuse(ctx context.Context, r article.Refusal) error { return record.ErrUnavailable }

// Decide is not there yet.
func (db *DB) Decide(ctx context.Context, d record.Decision) (record.Decision, error) {
	return d, record.ErrUnavailable
}

// Undo is not there yet.
func (db *DB) Undo(ctx context.Context, author string) (record.Decision, error) {
	return record.Decision{}, record.ErrUnavailable
}

// Counts is not there yet.
func (db *DB) Counts(ctx context.Context) (store.Counts, error) {
	return store.Counts{}, record.ErrUnavailable
}

// Outlets is not there yet.
func (db *DB) Outlets(ctx context.Context) ([]store.Outlet, error) { return nil, record.ErrUnavailable }
