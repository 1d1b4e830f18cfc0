package ingest

import (
	"context"
	"iter"
	"sync"
	"time"
)

// ahead is how many items for each worker may be under way or wait to be written,
// so that memory does not grow with the number of pages.
const ahead = 4

// patience is how long what was read may wait to be stored together with more.
const patience = time.Second

// conduct lets n workers work on items while one writer takes the results in the
// order of the items. When ctx is cancelled no further item is begun; those under
// way come to their end and are written. What write holds back settle stores: it is
// called each second and at the end. The first error of either ends the run.
func conduct[In, Out any](ctx context.Context, n int, items iter.Seq[In], work func(context.Context, In) Out, write func(context.Context, Out) error, settle func(context.Context) error) error {
	type task struct {
		in   In
		out  Out
		done chan struct{}
	}
	handing, stop := context.WithCancel(ctx)
	defer stop()
	finishing := context.WithoutCancel(ctx)
	open, ordered := make(chan *task), make(chan *task, n*ahead)

	var busy sync.WaitGroup
	busy.Go(func() {
		defer close(open)
		defer close(ordered)
		for in := range items {
			t := &task{in: in, done: make(chan struct{})}
			select {
			case <-handing.Done():
				return
			case ordered <- t:
				open <- t
			}
		}
	})
	for range n {
		busy.Go(func() {
			for t := range open {
				t.out = work(finishing, t.in)
				close(t.done)
			}
		})
	}
	var failed error
	try := func(change func(context.Context) error) {
		if failed != nil {
			return
		}
		if failed = change(finishing); failed != nil {
			stop()
		}
	}
	late := time.NewTicker(patience)
	defer late.Stop()
	for {
		t, more := await(ordered, late.C, func() { try(settle) })
		if !more {
			break
		}
		await(t.done, late.C, func() { try(settle) })
		try(func(ctx context.Context) error { return write(ctx, t.out) })
	}
	try(settle)
	busy.Wait()
	if failed != nil {
		return failed
	}
	return ctx.Err()
}

// await receives from a channel, and calls late as often as the clock ticks until
// then.
func await[T any](from <-chan T, clock <-chan time.Time, late func()) (got T, more bool) {
	for {
		select {
		case got, more = <-from:
			return got, more
		case <-clock:
			late()
		}
	}
}

// Ordered works on items with all processors and hands the results on in the
// order of the items. It ends with the first error of write, or when ctx does.
func Ordered[In, Out any](ctx context.Context, items iter.Seq[In], work func(context.Context, In) Out, write func(Out) error) error {
	return conduct(ctx, workers(0), items, work, func(_ context.Context, out Out) error { return write(out) }, func(context.Context) error { return nil })
}
