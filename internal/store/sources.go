package store

import (
	"context"
	"iter"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
)

// A SourceReader tells what is looked at for new articles, and how that went.
type SourceReader interface {
	// Sources lists the sources by address. Of the filter it heeds ID (an
	// address), Search (words of address, name or reason), Limit and Offset, and
	// Until: those whose next look is due by then (RFC 3339).
	Sources(ctx context.Context, f Filter) iter.Seq2[record.Source, error]
	// DueItems lists the items that wait and are due by now (RFC 3339): at most
	// limit, and of one host (items without one aside) at most perHost, those that
	// are due longest first.
	DueItems(ctx context.Context, now string, limit, perHost int) iter.Seq2[record.Item, error]
	// NextDue is when the next source or item is due; "" when none will ever be.
	NextDue(ctx context.Context) (string, error)
	// HostTroubles lists the servers in trouble by name.
	HostTroubles(ctx context.Context) ([]record.HostTrouble, error)
	// RefusalKinds counts refusals by kind, most first.
	RefusalKinds(ctx context.Context) ([]Count, error)
	// RefusedContent returns the bytes that were refused, nil when they were not
	// small enough to be kept.
	RefusedContent(ctx context.Context, r article.Refusal) ([]byte, error)
}

// A SourceWriter keeps the sources and their items.
type SourceWriter interface {
	// AddSource adds a source; record.ErrConflict when the address is there.
	AddSource(ctx context.Context, s record.Source) error
	// RemoveSource removes a source and its items, not the articles they gave.
	RemoveSource(ctx context.Context, address string) error
	// Looked keeps, in one transaction, how a look at a source went and what it
	// lists. An item that is there already is left as it is, unless its mark
	// differs: then it waits again. It returns how many items wait that did not.
	Looked(ctx context.Context, s record.Source, items []record.Item) (int, error)
	// SettleItem keeps what became of an item, and of all items of the same URL in
	// other sources that still wait.
	SettleItem(ctx context.Context, i record.Item) error
	// RetrySources makes due, by record.Asked, what was refused: the source or item
	// of the address, or all those refused for a reason of the kind. It returns how
	// many.
	RetrySources(ctx context.Context, address string, kind article.Kind) (int, error)
	// KeepHostTroubles replaces the list of servers in trouble.
	KeepHostTroubles(ctx context.Context, troubles []record.HostTrouble) error
	// Unrefuse removes the refusals of a source and line; with a reason, that one.
	Unrefuse(ctx context.Context, source string, line int, reason string) error
}
