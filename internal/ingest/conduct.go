package ingest

import (
	"context"
	"sync"
)

// ahead is how many tasks for each worker may be under way or wait to be written,
// so that memory does not grow with the number of pages.
const ahead = 4

// conduct lets n workers do tasks while one writer takes their results in the
// order in which they were handed out. When ctx is cancelled no further task is
// handed out; those under way come to their end and are written. The first error
// of the writer ends the run.
func conduct(ctx context.Context, n int, produce func(context.Context, func(*task) bool), work func(context.Context, *task), write func(context.Context, *task) error) error {
	handing, stop := context.WithCancel(ctx)
	defer stop()
	finishing := context.WithoutCancel(ctx)
	open, ordered := make(chan *task), make(chan *task, n*ahead)

	var busy sync.WaitGroup
	busy.Go(func() {
		defer close(open)
		defer close(ordered)
		produce(handing, func(t *task) bool {
			select {
			case ordered <- t:
			case <-handing.Done():
				return false
			}
			open <- t
			return true
		})
	})
	for range n {
		busy.Go(func() {
			for t := range open {
				work(finishing, t)
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
		if failed = write(finishing, t); failed != nil {
			stop()
		}
	}
	busy.Wait()
	if failed != nil {
		return failed
	}
	return ctx.Err()
}
