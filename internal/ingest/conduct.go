package ingest

import (
	"context"
	"iter"
	"sync"
)

// ahead is how many items for each worker may be under way or wait to be written,
// so that memory does not grow with the number of pages.
const ahead = 4

// conduct lets n workers work on items while one writer takes the results in the
// order of the items. When ctx is cancelled no further item is begun; those under
// way come to their end and are written. The first error of the writer ends the
// run.
func conduct[In, Out any](ctx context.Context, n int, items iter.Seq[In], work func(context.Context, In) Out, write func(context.Context, Out) error) error {
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
	for t := range ordered {
		<-t.done
		if failed != nil {
			continue
		}
		if failed = write(finishing, t.out); failed != nil {
			stop()
		}
	}
	busy.Wait()
	if failed != nil {
		return failed
	}
	return ctx.Err()
}

// Ordered works on items with all processors and hands the results on in the
// order of the items. It ends with the first error of write, or when ctx does.
func Ordered[In, Out any](ctx context.Context, items iter.Seq[In], work func(context.Context, In) Out, write func(Out) error) error {
	return conduct(ctx, workers(0), items, work, func(_ context.Context, out Out) error { return write(out) })
}
