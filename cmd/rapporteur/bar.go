package main

import (
	"os"
	"sync/atomic"

	"github.com/schollz/progressbar/v3"
)

// A bar shows rate and time left on a terminal, and nothing in a pipe.
type bar struct {
	total atomic.Int64 // of units, known once the first page comes
	shown *progressbar.ProgressBar
	done  int64
}

// newBar returns a bar that counts what add is told.
func (c *console) newBar(what string) *bar {
	b := &bar{}
	if c.terminal {
		b.shown = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(c.stderr), progressbar.OptionSetDescription(what), progressbar.OptionShowBytes(what == "reading"),
			progressbar.OptionSetPredictTime(true), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
			progressbar.OptionEnableColorCodes(os.Getenv("NO_COLOR") == ""), progressbar.OptionThrottle(100e6),
		)
	}
	return b
}

// add moves the bar on. The units of packed files are more than their bytes on
// disk: the bar then waits at its end.
func (b *bar) add(n int64) {
	if b.shown == nil {
		return
	}
	if total := b.total.Load(); total > 0 && b.shown.GetMax64() != total {
		b.shown.ChangeMax64(total)
	}
	if total := b.total.Load(); total > 0 {
		n = max(0, min(n, total-1-b.done))
	}
	b.done += n
	_ = b.shown.Add64(n)
}

// clear takes the bar off its line, so that another line can be written.
func (b *bar) clear() {
	if b.shown != nil {
		_ = b.shown.Clear()
	}
}

func (b *bar) finish() {
	if b.shown != nil {
		_ = b.shown.Finish()
	}
}
